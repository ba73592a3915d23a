import type { ImportEntity } from '@tiejun/contract/households/import.ts'
import { CARD_FIELDS } from '@tiejun/contract/households/fields.ts'
import { CompiledQuery } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import {
  comparable,
  differencesJson,
  differsCondition,
  newCondition,
  STAGED,
} from './staged-records.rules.ts'
import type { StagedEntity } from './staged-records.rules.ts'

/** SQL made of column names of the contract; values only as parameters. */
export async function run<Row>(
  tx: Tx,
  text: string,
  values: unknown[],
): Promise<{ rows: Row[]; affected: number }> {
  const { rows, numAffectedRows } = await tx.executeQuery<Row>(CompiledQuery.raw(text, values))
  return { rows, affected: Number(numAffectedRows ?? 0) }
}

/** Columns that must not be NULL in the registry, with what a blank cell of a new record means. */
const DEFAULTS: Record<string, string> = {
  other_causes: `coalesce(s.other_causes, '{}')`,
  industry_support_types: `coalesce(s.industry_support_types, '{}')`,
  health: `coalesce(s.health, '{}')`,
  id_type: `coalesce(s.id_type, 'none')`,
}

const KEY_COLUMNS: Record<ImportEntity, { columns: string; values: string }> = {
  household: {
    columns: 'id, household_no, village_code, created_at',
    values: 's.id, s.household_no, s.village_code, $2',
  },
  livingConditions: { columns: 'household_id, village_code', values: 's.household_id, s.village_code' },
  member: { columns: 'id, household_id, village_code', values: 's.id, s.household_id, s.village_code' },
  incomeYear: {
    columns: 'id, household_id, village_code, year',
    values: 's.id, s.household_id, s.village_code, s.year',
  },
}

/** Inserts the new records among the staged rows [from, to]. */
export async function insertNew(
  tx: Tx,
  importId: string,
  entity: ImportEntity,
  at: Date,
  [from, to]: readonly [number, number],
): Promise<number> {
  const staged = STAGED[entity]
  const key = KEY_COLUMNS[entity]
  const columns = staged.columns.map(({ column }) => column)
  const { affected } = await run(
    tx,
    `INSERT INTO ${staged.table} (${key.columns}, ${columns.join(', ')}, import_id, changed_at)
     SELECT ${key.values}, ${columns.map((column) => DEFAULTS[column] ?? `s.${column}`).join(', ')}, s.import_id, $2::timestamptz
     ${comparable(staged)} AND s.row_no BETWEEN $3 AND $4 AND ${newCondition(entity)}`,
    [importId, at, from, to],
  )
  return affected
}

/** Counts the households anew, those of this transaction included; see the migration for the reason. */
export async function refreshStatistics(tx: Tx): Promise<void> {
  await run(tx, 'SELECT refresh_household_statistics()', [])
}

/** Notes what is about to change in the records of an entity, before and after. */
export async function noteChanges(tx: Tx, importId: string, entity: ImportEntity): Promise<number> {
  const staged = STAGED[entity]
  const id = entity === 'livingConditions' ? 'r.household_id' : 'r.id'
  const household = entity === 'household' ? 'r.id' : 'r.household_id'
  const { affected } = await run(
    tx,
    `INSERT INTO import_changes
       (import_id, entity, record_id, household_id, before, after, version_before, version_after)
     SELECT $1::uuid, '${entity}', ${id}, ${household}, ${differencesJson(staged, 'r')}, ${differencesJson(staged, 's')},
       r.version, r.version + 1
     ${comparable(staged)} AND ${id} IS NOT NULL AND (${differsCondition(staged)}${entity === 'household' ? ` OR ${TOUCHED}` : ''})`,
    [importId],
  )
  return affected
}

/** Every change of the card makes its household a version newer. */
const TOUCHED = `r.id IN (SELECT household_id FROM import_changes WHERE import_id = $1
    UNION ALL SELECT household_id FROM living_conditions WHERE import_id = $1
    UNION ALL SELECT household_id FROM members WHERE import_id = $1
    UNION ALL SELECT household_id FROM income_years WHERE import_id = $1)`

const sectionColumns = (section: string): string =>
  CARD_FIELDS.filter((field) => field.entity === 'household' && field.section === section)
    .flatMap(({ column }) =>
      column === null ? [] : [`'${column === 'bank_account' ? 'bank_account_hash' : column}'`],
    )
    .join(', ')

const SECTION_VERSIONS = ['identity', 'status']
  .map(
    (section) =>
      `${section}_version = r.${section}_version + (c.after ?| array[${sectionColumns(section)}])::integer`,
  )
  .join(', ')

/** How the changed records are found again by their staged row. */
const LINKS: Record<ImportEntity, string> = {
  household: 'JOIN import_households s ON s.import_id = c.import_id AND s.id = c.record_id',
  livingConditions:
    'JOIN import_living_conditions s ON s.import_id = c.import_id AND s.household_id = c.record_id',
  member:
    'JOIN import_member_matches x ON x.import_id = c.import_id AND x.member_id = c.record_id ' +
    'JOIN import_members s ON s.import_id = c.import_id AND s.row_no = x.row_no',
  incomeYear:
    'JOIN import_income_years s ON s.import_id = c.import_id AND s.household_id = c.household_id ' +
    'AND s.year = (SELECT year FROM income_years y WHERE y.id = c.record_id)',
}

/** Writes the staged values over the noted records. `condition` picks some of them. */
async function update(
  tx: Tx,
  importId: string,
  staged: StagedEntity,
  at: Date,
  condition: string,
): Promise<void> {
  const { entity, table, columns } = staged
  const id = entity === 'livingConditions' ? 'household_id' : 'id'
  const sections = entity === 'household' ? `, ${SECTION_VERSIONS}` : ''
  await run(
    tx,
    `UPDATE ${table} r SET ${columns.map(({ column }) => `${column} = coalesce(s.${column}, r.${column})`).join(', ')},
       version = r.version + 1, changed_at = $2::timestamptz${sections}
     FROM import_changes c ${LINKS[entity]}
     WHERE c.import_id = $1 AND c.entity = '${entity}' AND r.${id} = c.record_id AND ${condition}`,
    [importId, at],
  )
}

export async function updateChanged(tx: Tx, importId: string, entity: ImportEntity, at: Date): Promise<void> {
  const staged = STAGED[entity]
  if (entity !== 'member') return update(tx, importId, staged, at, 'true')
  // The old head steps down before the new one takes over: the index allows no moment with two.
  await update(tx, importId, staged, at, "coalesce(s.relation, '') <> 'head'")
  return update(tx, importId, staged, at, "s.relation = 'head'")
}

export interface StagedNumbers {
  rows: number
  lastRow: number
  firstRow: number
}

export async function countStaged(tx: Tx, importId: string, entity: ImportEntity): Promise<StagedNumbers> {
  const { rows } = await run<StagedNumbers>(
    tx,
    `SELECT count(*) AS rows, coalesce(min(s.row_no), 0) AS "firstRow", coalesce(max(s.row_no), 0) AS "lastRow"
     ${comparable(STAGED[entity])}`,
    [importId],
  )
  return rows[0] ?? { rows: 0, firstRow: 0, lastRow: 0 }
}

/** Locks the households the import knows; false when one of them has changed since the check. */
export async function lockKnownHouseholds(tx: Tx, importId: string): Promise<boolean> {
  const { rows } = await run<{ wanted: number; found: number }>(
    tx,
    `WITH wanted AS (
       SELECT s.id, s.version_seen FROM import_households s WHERE s.import_id = $1 AND s.version_seen IS NOT NULL
     ), locked AS (
       SELECT h.id, h.version FROM households h WHERE h.id IN (SELECT id FROM wanted) ORDER BY h.id FOR UPDATE
     )
     SELECT (SELECT count(*) FROM wanted) AS wanted,
       (SELECT count(*) FROM wanted w JOIN locked l ON l.id = w.id AND l.version = w.version_seen) AS found`,
    [importId],
  )
  const row = rows[0]
  return row !== undefined && row.wanted === row.found
}
