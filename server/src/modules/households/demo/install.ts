import type { CardEntity } from '@tiejun/contract/households/fields.ts'
import { ENTITY_TABLES, listColumnFields } from '@tiejun/contract/households/fields.ts'
import { sql } from 'kysely'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { Vault } from '../../../platform/personal-data/vault.ts'
import { type CardRow, columnsOf } from '../card-values.ts'
import { type InventedHousehold, inventHouseholds } from './households.ts'

export interface DemoCounty {
  households: number
  villages: readonly [string, ...string[]]
  years: readonly number[]
  today: string
}

const DEMO_SEED = 0
const BATCH = 500

// Object.fromEntries forgets the keys; they are those of ENTITY_TABLES.
const COLUMN_FIELDS = Object.fromEntries(
  Object.keys(ENTITY_TABLES).map((entity) => [entity, listColumnFields(entity as CardEntity)]),
) as Record<CardEntity, ReturnType<typeof listColumnFields>>

type CardRows = Record<(typeof ENTITY_TABLES)[CardEntity], CardRow[]>

const noRows = (): CardRows => ({
  households: [],
  living_conditions: [],
  members: [],
  income_years: [],
  helpers: [],
  measures: [],
  village_profiles: [],
})

// Bytes travel in JSON as PostgreSQL writes them.
const bytesAsText = (row: CardRow): CardRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
    ]),
  )

async function insertRows(tx: Tx, table: string, rows: CardRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)))
  await sql`INSERT INTO ${sql.table(table)} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows.map(bytesAsText))}::jsonb)`.execute(
    tx,
  )
}

/** The rows of one household, ready for the tables. */
function addRows(rows: CardRows, invented: InventedHousehold, vault: Vault, at: Date): void {
  const householdId = newId()
  const village = { village_code: invented.household.villageCode }
  const rowOf = (entity: CardEntity, values: object): CardRow =>
    columnsOf(vault, { ...values }, COLUMN_FIELDS[entity])
  const childOf = (entity: CardEntity, values: object): CardRow => ({
    id: newId(),
    household_id: householdId,
    ...village,
    ...rowOf(entity, values),
    version: 1,
    changed_at: at,
  })
  rows.households.push({
    id: householdId,
    ...rowOf('household', invented.household),
    version: 1,
    identity_version: 1,
    status_version: 1,
    created_at: at,
    changed_at: at,
  })
  rows.living_conditions.push({
    household_id: householdId,
    ...village,
    ...rowOf('livingConditions', invented.livingConditions),
    version: 1,
    changed_at: at,
  })
  rows.members.push(...invented.members.map((member) => childOf('member', member)))
  rows.income_years.push(...invented.incomeYears.map((year) => childOf('incomeYear', year)))
  rows.helpers.push(...invented.helpers.map((helper) => childOf('helper', helper)))
  rows.measures.push(...invented.measures.map((measure) => childOf('measure', measure)))
}

/** Fills the registry of the demo county with invented households over all its villages. */
export async function installDemoHouseholds(
  tx: Tx,
  parts: { vault: Vault; clock: Clock },
  county: DemoCounty,
): Promise<number> {
  let rows = noRows()
  const write = async (): Promise<void> => {
    // Parents first: households before everything that belongs to them.
    for (const [table, ofTable] of Object.entries(rows)) await insertRows(tx, table, ofTable)
    rows = noRows()
  }
  for (const invented of inventHouseholds({ ...county, seed: DEMO_SEED, birthDays: 'even' })) {
    addRows(rows, invented, parts.vault, parts.clock.now())
    if (rows.households.length >= BATCH) await write()
  }
  await write()
  return county.households
}

const HOUSEHOLDS_OF_ONE_HELPER = 6

/**
 * Makes the demo person a helper of a few households of that village (half a dozen is what one cadre answers for),
 * so that the account that reaches only its own households has some.
 */
export async function assignDemoHelper(
  tx: Tx,
  helper: { personId: string; name: string; villageCode: string },
): Promise<void> {
  await sql`
    UPDATE helpers SET person_id = ${helper.personId}, helper_name = ${helper.name}, unit = '上蔡县扶贫开发办公室'
    WHERE household_id IN (
      SELECT id FROM households WHERE village_code = ${helper.villageCode}
      ORDER BY household_no LIMIT ${HOUSEHOLDS_OF_ONE_HELPER})`.execute(tx)
}
