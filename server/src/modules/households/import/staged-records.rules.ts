import type { CardEntity } from '@tiejun/contract/households/fields.ts'
import { listColumnFields } from '@tiejun/contract/households/fields.ts'
import type { ImportEntity } from '@tiejun/contract/households/import.ts'

/**
 * How the staged rows of an entity lie against the registry. `s` is the staged row, `r` the record it is about, `f`
 * its household when that is faulty. All SQL here is made of column names of the contract, never of what somebody sent.
 */
export interface StagedEntity {
  entity: ImportEntity
  staging: string
  table: string
  /** Joins `r`; gives NULLs for a new record. */
  join: string
  columns: StagedColumn[]
}

export interface StagedColumn {
  column: string
  /** The field of the contract; null for the columns that only accompany a sealed one. */
  field: string | null
  /** True when the file says something else than the registry. A blank cell says nothing. */
  differs: string
}

const SEALED: Record<string, { columns: string[]; differs: string }> = {
  'household.bankAccount': {
    columns: ['bank_account_sealed', 'bank_account_hash'],
    differs: 's.bank_account_hash IS NOT NULL AND s.bank_account_hash IS DISTINCT FROM r.bank_account_hash',
  },
  'member.idNo': {
    columns: ['id_no_sealed', 'id_no_hash', 'id_no_tail_hash'],
    // ID and disability card of one person share the hash; the length of the seal tells them apart.
    differs:
      's.id_no_hash IS NOT NULL AND (s.id_no_hash IS DISTINCT FROM r.id_no_hash ' +
      'OR octet_length(s.id_no_sealed) IS DISTINCT FROM octet_length(r.id_no_sealed))',
  },
}

/** Kept by the join, never changed by an import. */
const KEYS = new Set(['household.householdNo', 'household.villageCode', 'incomeYear.year'])

function columnsOf(entity: CardEntity): StagedColumn[] {
  return listColumnFields(entity).flatMap(({ name, column }): StagedColumn[] => {
    const field = `${entity}.${name}`
    if (KEYS.has(field)) return []
    const sealed = SEALED[field]
    if (sealed)
      return sealed.columns.map((own, at) => ({
        column: own,
        field: at === 0 ? field : null,
        differs: sealed.differs,
      }))
    return [
      { column, field, differs: `s.${column} IS NOT NULL AND s.${column} IS DISTINCT FROM r.${column}` },
    ]
  })
}

export const STAGED: Record<ImportEntity, StagedEntity> = {
  household: {
    entity: 'household',
    staging: 'import_households',
    table: 'households',
    join: 'LEFT JOIN households r ON r.id = s.id AND s.version_seen IS NOT NULL',
    columns: columnsOf('household'),
  },
  livingConditions: {
    entity: 'livingConditions',
    staging: 'import_living_conditions',
    table: 'living_conditions',
    join: 'LEFT JOIN living_conditions r ON r.household_id = s.household_id',
    columns: columnsOf('livingConditions'),
  },
  member: {
    entity: 'member',
    staging: 'import_members',
    table: 'members',
    join:
      'LEFT JOIN import_member_matches x ON x.import_id = s.import_id AND x.row_no = s.row_no ' +
      'LEFT JOIN members r ON r.id = x.member_id',
    columns: columnsOf('member'),
  },
  incomeYear: {
    entity: 'incomeYear',
    staging: 'import_income_years',
    table: 'income_years',
    join: 'LEFT JOIN income_years r ON r.household_id = s.household_id AND r.year = s.year',
    columns: columnsOf('incomeYear'),
  },
}

/** Orders children behind their household. */
export const ENTITIES: readonly ImportEntity[] = ['household', 'livingConditions', 'member', 'incomeYear']

export const newCondition = (entity: ImportEntity): string =>
  entity === 'household' ? 'r.id IS NULL' : 'r.household_id IS NULL'

/** True when any column differs. */
export const differsCondition = ({ columns }: StagedEntity): string =>
  [...new Set(columns.map(({ differs }) => `(${differs})`))].join(' OR ')

/** Functions take at most 100 arguments. */
const PAIRS = 45

/** The differing columns of one side, as jsonb. */
export function differencesJson({ columns }: StagedEntity, side: 's' | 'r'): string {
  const pairs = columns.map(
    ({ column, differs }) => `'${column}', CASE WHEN ${differs} THEN to_jsonb(${side}.${column}) END`,
  )
  const objects: string[] = []
  for (let at = 0; at < pairs.length; at += PAIRS)
    objects.push(`jsonb_build_object(${pairs.slice(at, at + PAIRS).join(', ')})`)
  return `jsonb_strip_nulls(${objects.join(' || ')})`
}

/** Staged rows of households without errors, against the registry. */
export const comparable = ({ staging, join }: StagedEntity): string =>
  `FROM ${staging} s ${join}
   WHERE s.import_id = $1
     AND NOT EXISTS (SELECT 1 FROM import_faulty_households f
       WHERE f.import_id = s.import_id AND f.household_no = s.household_no)`

/** Problem codes of records that contradict the registry. */
export const CONFLICT_CODES: readonly string[] = [
  'household_in_other_village',
  'household_no_taken',
  'person_in_other_household',
  'person_no_taken',
  'person_no_differs',
  'id_number_in_other_household',
]
