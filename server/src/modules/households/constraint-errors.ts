import type { CardProblemCode } from '@tiejun/contract/households/card-problems.ts'
import { AppError } from '../../platform/http/errors.ts'

const UNIQUE_VIOLATION = '23505'

const FIELD_FAULTS: Record<string, { path: string; code: CardProblemCode }> = {
  members_one_head: { path: 'values.relation', code: 'several_heads' },
  members_person_no: { path: 'values.personNo', code: 'person_no_taken' },
}

interface DatabaseError {
  code: string
  constraint: string
}

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error && 'code' in error && 'constraint' in error

/**
 * Runs a command; what the named constraints of the card refuse becomes the refusal the rules would have given.
 * They matter when two clerks click at once, or when the other record lies outside reach.
 */
export async function withConstraintsNamed<Result>(command: () => Promise<Result>): Promise<Result> {
  try {
    return await command()
  } catch (error) {
    if (!isDatabaseError(error) || error.code !== UNIQUE_VIOLATION) throw error
    if (error.constraint === 'households_no_unique') {
      throw new AppError('already_exists', { field: 'household.householdNo' })
    }
    if (error.constraint === 'income_years_one_a_year')
      throw new AppError('already_exists', { field: 'incomeYear.year' })
    const fault = FIELD_FAULTS[error.constraint]
    throw fault ? new AppError('invalid_fields', undefined, [fault]) : error
  }
}
