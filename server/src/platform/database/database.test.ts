import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateTableTypes } from '../../../../scripts/table-types.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/databases.ts'
import { stoppedClock } from '../clock/clock.ts'
import { type Actor, EVERYWHERE, processActor, type Reach } from '../permissions/actor.ts'
import { newId } from '../ids.ts'
import { type Database, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { openPool } from './pool.ts'

const clock = stoppedClock('2018-04-02T09:00:00+08:00')
const START = processActor('test')
let database: TestDatabase
let db: Database

const VILLAGES = ['411722101201', '411722101202', '411722102201', '411722103201']

const official = (reach: Partial<Reach>, personId: string | null = null): Actor => {
  const grant = { action: 'households.view', areas: [], units: [], own: false, ...reach }
  return {
    ...START,
    administrator: null,
    personId,
    accountId: newId(),
    grants: new Map([[grant.action, grant]]),
  }
}

/** The villages whose households an official sees. */
const seen = async (actor: Actor): Promise<string[]> =>
  db.asReader(actor, 'households.view', async (tx) => {
    const rows = await tx.selectFrom('households').select('village_code').orderBy('village_code').execute()
    return rows.map((row) => row.village_code)
  })

beforeAll(async () => {
  database = await createTestDatabase()
  db = await openDatabase(openPool(database.settings, 4), clock)
  await db.asActor(START, 'self', async () => undefined)
  await db.pool.query(
    `INSERT INTO areas (code, name, level) SELECT unnest($1::text[]), '陈庄', 'village' ON CONFLICT DO NOTHING`,
    [VILLAGES],
  )
  await db.pool.query(
    `INSERT INTO households (id, household_no, village_code, created_at, changed_at)
     SELECT gen_random_uuid(), 'reach ' || code, code, now(), now() FROM unnest($1::text[]) AS code`,
    [VILLAGES],
  )
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

test('an official sees the households of the township, of several villages, or of the whole county', async () => {
  const township = { from: '411722101000', to: '411722101999' }
  expect(await seen(official({ areas: [township] }))).toEqual(['411722101201', '411722101202'])
  const twoVillages = ['411722101202', '411722103201'].map((code) => ({ from: code, to: code }))
  expect(await seen(official({ areas: twoVillages }))).toEqual(['411722101202', '411722103201'])
  expect(await seen(official(EVERYWHERE))).toEqual(VILLAGES)
})

test('an official without any area sees nothing', async () => {
  expect(await seen(official({}))).toEqual([])
})

test('a helper sees the households helped and no other, until the help ends', async () => {
  const personId = newId()
  await db.pool.query(
    `INSERT INTO units (id, code, kind, name, area_code) VALUES ($1, 'T1', 'department', '测试单位', '411722101201')`,
    [personId],
  )
  await db.pool.query(
    `INSERT INTO persons (id, name, home_unit_id, created_at) VALUES ($1, '甲', $1, now())`,
    [personId],
  )
  await db.pool.query(
    `INSERT INTO helpers (id, household_id, village_code, person_id, helper_name, changed_at)
     SELECT gen_random_uuid(), id, village_code, $1, '甲', now() FROM households WHERE village_code = '411722102201'`,
    [personId],
  )
  const helper = official({ own: true }, personId)
  expect(await seen(helper)).toEqual(['411722102201'])
  const alsoVillage = official({ own: true, areas: [{ from: '411722101201', to: '411722101201' }] }, personId)
  expect(await seen(alsoVillage)).toEqual(['411722101201', '411722102201'])
  await db.pool.query(`UPDATE helpers SET ended_on = '2018-04-01' WHERE person_id = $1`, [personId])
  expect(await seen(helper)).toEqual([])
})

test('a connection that named no actor sees nothing', async () => {
  const client = await db.pool.connect()
  try {
    await client.query(`BEGIN; SET LOCAL ROLE ${db.roles.app}`)
    for (const table of ['households', 'persons', 'accounts', 'audit_entries', 'areas']) {
      const { rowCount } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`)
      expect(rowCount, table).toBe(0)
    }
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('two officials at once do not see with each other’s eyes', async () => {
  const eyes = VILLAGES.map((code) => official({ areas: [{ from: code, to: code }] }))
  const rounds = Array.from({ length: 40 }, (_, index) => eyes[index % eyes.length] ?? START)
  const results = await Promise.all(rounds.map((actor) => seen(actor)))
  results.forEach((codes, index) => expect(codes).toEqual([VILLAGES[index % eyes.length]]))
})

test('reading cannot write, and writing outside of reach is refused', async () => {
  const village = official({ areas: [{ from: '411722101201', to: '411722101201' }] })
  const rename = (from: string) => `UPDATE households SET address = '一号' WHERE village_code = '${from}'`
  await expect(
    db.asReader(village, 'households.view', (tx) => sql.raw(rename('411722101201')).execute(tx)),
  ).rejects.toThrow(/read-only|permission denied/)
  const outside = await db.asActor(village, 'households.view', (tx) =>
    sql.raw(rename('411722102201')).execute(tx),
  )
  expect(outside.numAffectedRows).toBe(0n)
  await expect(
    db.asActor(village, 'households.view', (tx) =>
      sql`UPDATE households SET village_code = '411722102201' WHERE village_code = '411722101201'`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow(/row-level security/)
})

test('a command that fails half-way leaves nothing behind', async () => {
  const failing = db.asActor(official(EVERYWHERE), 'households.view', async (tx) => {
    await sql`UPDATE households SET address = '半途'`.execute(tx)
    throw new Error('half-way')
  })
  await expect(failing).rejects.toThrow('half-way')
  const { rowCount } = await db.pool.query(`SELECT 1 FROM households WHERE address = '半途'`)
  expect(rowCount).toBe(0)
})

test('two counties share a database, each in its own schema', async () => {
  const schemas = ['county_a', 'county_b']
  const counties = await Promise.all(
    schemas.map(async (schema) => {
      const settings = { ...database.settings, schema }
      const pool = openPool(settings, 2)
      await migrate(pool, schema)
      return openDatabase(pool, clock)
    }),
  )
  const [a, b] = counties
  await a?.pool.query(`INSERT INTO areas (code, name, level) VALUES ('411722101201', '甲县', 'village')`)
  const { rowCount } = (await b?.pool.query('SELECT 1 FROM areas')) ?? { rowCount: null }
  expect(rowCount).toBe(0)
  const crossing = b?.asActor(START, 'self', (tx) => sql`SELECT 1 FROM county_a.areas`.execute(tx))
  await expect(crossing).rejects.toThrow(/permission denied/)
  await Promise.all(counties.map((county) => county.close()))
})

test('several processes migrate at once: one works, the others wait', async () => {
  const settings = { ...database.settings, schema: 'county_c' }
  const pools = [1, 2, 3].map(() => openPool(settings, 2))
  const applied = await Promise.all(pools.map((pool) => migrate(pool, 'county_c')))
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
  await Promise.all(pools.map((pool) => pool.end()))
})

test('the table types are those of the database', async () => {
  // A database of its own: other tests of this file add schemas.
  const fresh = await createTestDatabase()
  const { host, port, user, database: name, connectionString } = fresh.settings.pool
  const url =
    connectionString ??
    `postgres://${user ?? ''}@localhost/${name ?? ''}?host=${host ?? ''}&port=${port ?? ''}`
  const { status, output } = generateTableTypes(url, true)
  await fresh.drop()
  expect(status, output).toBe(0)
})
