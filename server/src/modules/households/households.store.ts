import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { CardRow } from './card-values.ts'

/** Tables of which a household has rows with a version each. */
export type RowTable = 'members' | 'income_years' | 'helpers' | 'measures'

/** The household, locked until the transaction ends; undefined when absent or outside the reach of the action. */
export function findHouseholdForUpdate(tx: Tx, id: string) {
  return tx.selectFrom('households').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}
export type LockedHousehold = NonNullable<Awaited<ReturnType<typeof findHouseholdForUpdate>>>

export function findLivingConditions(tx: Tx, householdId: string) {
  return tx
    .selectFrom('living_conditions')
    .selectAll()
    .where('household_id', '=', householdId)
    .executeTakeFirst()
}

export function listMembers(tx: Tx, householdId: string) {
  return tx.selectFrom('members').selectAll().where('household_id', '=', householdId).orderBy('id').execute()
}

export function findIncomeYear(tx: Tx, householdId: string, year: number) {
  return tx
    .selectFrom('income_years')
    .selectAll()
    .where('household_id', '=', householdId)
    .where('year', '=', year)
    .executeTakeFirst()
}

export function findHelper(tx: Tx, householdId: string, id: string) {
  return tx
    .selectFrom('helpers')
    .selectAll()
    .where('household_id', '=', householdId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findMeasure(tx: Tx, householdId: string, id: string) {
  return tx
    .selectFrom('measures')
    .selectAll()
    .where('household_id', '=', householdId)
    .where('id', '=', id)
    .executeTakeFirst()
}

// Columns come from CARD_FIELDS, which a test compares with the tables, so these two write by name.

/** Inserts one row of a card table. */
export async function insertRow(tx: Tx, table: string, columns: CardRow): Promise<void> {
  const names = Object.keys(columns)
  await sql`INSERT INTO ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    VALUES (${sql.join(Object.values(columns))})`.execute(tx)
}

/** Changes columns of one row and makes it a version newer. */
export async function updateRow(
  tx: Tx,
  table: RowTable,
  id: string,
  columns: CardRow,
  at: Date,
): Promise<void> {
  await sql`UPDATE ${sql.table(table)} SET ${assignments({ ...columns, changed_at: at })}, version = version + 1
    WHERE id = ${id}`.execute(tx)
}

export async function updateLivingConditions(
  tx: Tx,
  householdId: string,
  columns: CardRow,
  at: Date,
): Promise<void> {
  await sql`UPDATE living_conditions SET ${assignments({ ...columns, changed_at: at })}, version = version + 1
    WHERE household_id = ${householdId}`.execute(tx)
}

const assignments = (columns: CardRow): RawBuilder<unknown> =>
  sql.join(Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`))

/** Columns of the household itself that a change writes; the versions it makes newer. */
export interface HouseholdTouch {
  columns?: CardRow
  section?: 'identity' | 'status'
  correctedFields: number
}

/** Every change of the card makes the household a version newer. */
export async function touchHousehold(
  tx: Tx,
  id: string,
  { columns = {}, section, correctedFields }: HouseholdTouch,
  at: Date,
): Promise<void> {
  const newer = section
    ? sql`, ${sql.ref(`${section}_version`)} = ${sql.ref(`${section}_version`)} + 1`
    : sql``
  await sql`UPDATE households SET ${assignments({ ...columns, changed_at: at })}, version = version + 1${newer},
    corrected_field_count = corrected_field_count + ${correctedFields} WHERE id = ${id}`.execute(tx)
}

/** The village, when it is one today; undefined for other codes. */
export function findVillage(tx: Tx, code: string) {
  return tx
    .selectFrom('areas as village')
    .innerJoin('areas as township', 'township.code', 'village.parent_code')
    .select(['village.code', 'village.name', 'township.name as township_name'])
    .where('village.code', '=', code)
    .where('village.level', '=', 'village')
    .executeTakeFirst()
}

/**
 * Another household with a present member of this number: its number when within reach, null when somewhere else,
 * undefined when there is none. Two commands that give one number to two households wait for each other here.
 */
export async function findElsewhere(
  tx: Tx,
  idNumberHash: Buffer,
  householdId: string,
): Promise<{ householdNo: string | null } | undefined> {
  await sql`SELECT pg_advisory_xact_lock(${idNumberHash.readBigInt64BE(0).toString()}::bigint)`.execute(tx)
  const { rows } = await sql<{ is_elsewhere: boolean; household_no: string | null }>`
    SELECT id_number_is_elsewhere(${idNumberHash}, ${householdId}) AS is_elsewhere,
      (SELECT h.household_no FROM members m JOIN households h ON h.id = m.household_id
       WHERE m.id_no_hash = ${idNumberHash} AND m.household_id <> ${householdId} AND m.decrease_reason IS NULL
       LIMIT 1) AS household_no`.execute(tx)
  return rows[0]?.is_elsewhere ? { householdNo: rows[0].household_no } : undefined
}
