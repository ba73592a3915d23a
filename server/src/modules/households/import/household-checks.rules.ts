import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { checkLivingConditions, checkStatus } from '../sections.rules.ts'
import { COPY_NULL } from './cell-text.rules.ts'
import type { ImportField } from './import-fields.rules.ts'

/** One cell's text by the key of its field, e.g. household.exitYear; NULL when there is none. */
export type TextOf = (key: string) => string

const NUMBERS = new Set(['year', 'integer', 'decimal', 'money'])

/** A value in COPY's form as the rules of entry take it. */
export function valueOf(text: string, type: ImportField['type']): unknown {
  if (text === COPY_NULL) return null
  if (type === 'boolean') return text === 't'
  if (type === 'enumerations') return text.slice(1, -1).split(',')
  return NUMBERS.has(type) ? Number(text) : text
}

export interface HouseholdFault {
  field: string
  code: ImportProblemCode
  params: Record<string, unknown>
}

/** Name and type of each field with the key it is found by, put together once. */
const keyed = (entity: string, fields: readonly (readonly [string, ImportField['type']])[]) =>
  fields.map(([name, type]) => ({ key: `${entity}.${name}`, name, type }))

const STATUS_FIELDS = keyed('household', [
  ['povertyStatus', 'enumeration'],
  ['exitYear', 'year'],
  ['returnYear', 'year'],
  ['mainCause', 'enumeration'],
  ['otherCauses', 'enumerations'],
  ['firstIdentifiedInMonth', 'month'],
  ['isRelocated', 'boolean'],
  ['relocationWay', 'enumeration'],
  ['relocationAddress', 'text'],
])

const LIVING_FIELDS = keyed('livingConditions', [
  ['isDangerousHouse', 'boolean'],
  ['dangerLevel', 'enumeration'],
  ['farmlandMu', 'decimal'],
  ['irrigatedMu', 'decimal'],
  ['renovationYear', 'year'],
])

function valuesOf(fields: ReturnType<typeof keyed>, textOf: TextOf): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { key, name, type } of fields) values[name] = valueOf(textOf(key), type)
  return values
}

/** The fields each rule leans on: when the file lacks one, the registry may know it, so nothing is said. */
const LEANS_ON: Partial<Record<ImportProblemCode, string>> = {
  exit_year_missing: 'household.exitYear',
  relocation_way_missing: 'household.relocationWay',
  relocation_unexpected: 'household.isRelocated',
}

/**
 * What contradicts itself within one household, by the rules of entry (sections.rules.ts).
 * @param hasColumn whether the file has a column for the field
 */
export function householdFaults(
  textOf: TextOf,
  hasColumn: (key: string) => boolean,
  today: string,
): HouseholdFault[] {
  const status = checkStatus(valuesOf(STATUS_FIELDS, textOf), today)
  const living = checkLivingConditions(valuesOf(LIVING_FIELDS, textOf), today)
  if (status.length === 0 && living.length === 0) return []
  const named = [
    ...status.map((one) => ({ ...one, entity: 'household' })),
    ...living.map((one) => ({ ...one, entity: 'livingConditions' })),
  ]
  return named
    .filter(({ code }) => {
      const needed = LEANS_ON[code]
      return needed === undefined || hasColumn(needed)
    })
    .map(({ entity, path, code, params }) => ({ field: `${entity}.${path}`, code, params: params ?? {} }))
}

/** Totals of the national export and the part each goes to when the file has no parts of it (income-year.ts). */
export const INCOME_TOTALS = [
  {
    total: 'incomeYear.wageFen',
    other: 'incomeYear.wageOtherFen',
    parts: ['wagePublicPostFen', 'wageOtherFen'],
  },
  {
    total: 'incomeYear.propertyFen',
    other: 'incomeYear.propertyOtherFen',
    parts: ['propertyDividendFen', 'propertyOtherFen'],
  },
  {
    total: 'incomeYear.transferFen',
    other: 'incomeYear.transferOtherFen',
    parts: [
      'familyPlanningFen',
      'dibaoFen',
      'tekunFen',
      'pensionFen',
      'ecoCompensationFen',
      'transferOtherFen',
      'employmentRewardFen',
      'industryRewardFen',
    ],
  },
] as const
