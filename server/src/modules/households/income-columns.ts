import { columnName } from '@tiejun/contract/households/fields.ts'
import { incomeYearDerived } from '@tiejun/contract/households/income-year.ts'
import type { CardRow } from './card-values.ts'

const COMPUTED = Object.keys(incomeYearDerived).map((name) => ({ name, column: columnName(name) }))

/** The totals of a year as the database computed them. */
export const incomeColumnsOf = (row: CardRow): Record<string, unknown> =>
  Object.fromEntries(COMPUTED.map(({ name, column }) => [name, row[column] ?? null]))
