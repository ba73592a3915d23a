import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFolder, backUp, restoreFrom, TEST_KEY } from '../../testing/backups.ts'
import { aHousehold, aMember } from '../../testing/builders.ts'
import { createTestDatabase } from '../../testing/databases.ts'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'
import { recordAudit } from '../audit/record.ts'
import { sealPending } from '../audit/seal.ts'
import { verifyAudit } from '../audit/verify.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { openPool } from '../database/pool.ts'
import { processActor, SELF } from '../permissions/actor.ts'

const ACTOR = processActor('test')
/** Values that COPY has to write with care. */
const AWKWARD = [
  '\\.',
  '\\N',
  'a\\b\tc',
  '第一行\n第二行\r\n',
  '',
  ' ',
  '𠮷野家',
  '"{a,b}"',
  "'; DROP TABLE x",
]

let county: TestApp
let settings: { pool: pg.PoolConfig }
let folder: Awaited<ReturnType<typeof aFolder>>
let keyFile: string

beforeAll(async () => {
  county = await startTestApp()
  settings = { pool: { ...county.db.pool.options } }
  folder = await aFolder()
  keyFile = join(folder.folder, 'secret.key')
  await writeFile(keyFile, TEST_KEY.toString('base64'))
  const director = await county.as('director')
  for (let made = 0; made < 5; made += 1) {
    const members = [aMember(), aMember({ name: '李四', relation: 'spouse' })]
    await aHousehold(director, { members, livingConditions: { farmlandMu: 3.25 } })
  }
  for (const [index, text] of AWKWARD.entries()) {
    await county.db.asActor(ACTOR, SELF, (tx) =>
      recordAudit(tx, county.clock, ACTOR, {
        action: 'test.awkward',
        recordType: 'test',
        recordLabel: text,
        reason: text,
        after: { text, index, nothing: null, list: [text] },
      }),
    )
  }
  await county.db.pool.query(`UPDATE households SET other_causes = ARRAY['a,b', NULL], natural_village = '',
    address = '\\N'`)
  // What a trigger once did and somebody undid is not done again by loading the rows.
  await county.db.pool.query(`DELETE FROM member_name_grams WHERE gram = '李四'`)
  await sealAll(county.db)
  await county.db.asActor(ACTOR, SELF, (tx) =>
    recordAudit(tx, county.clock, ACTOR, { action: 'test.unsealed', recordType: 'test' }),
  )
})
afterAll(async () => {
  await county.close()
  await folder.remove()
})

/** Seals until nothing waits: a transaction of another test on the same server holds sealing back while it runs. */
async function sealAll(db: Database): Promise<void> {
  for (let unsealed = 1; unsealed > 0;) {
    await sealPending(db, county.clock)
    unsealed = (await verifyAudit(db.pool)).unsealed
  }
}

const fileNamed = (name: string) => join(folder.folder, name)

/** What belongs in a backup: every table that survives a crash, but the sessions and the list of migrations. */
async function tablesOf(pool: pg.Pool, schema: string): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relpersistence = 'p'
     AND relname NOT IN ('sessions', 'migrations') ORDER BY 1`,
    [schema],
  )
  return rows.map((row) => row.relname)
}

async function rowsOf(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query(`SELECT t::text AS line FROM ${table} AS t ORDER BY t::text COLLATE "C"`)
  return rows.map((row) => row.line)
}

/** Everything of a schema but its rows, in words that do not name it. */
async function shapeOf(pool: pg.Pool, schema: string): Promise<string[]> {
  const { rows } = await pool.query(
    `WITH ours AS (SELECT oid, relname, relkind, relrowsecurity, relforcerowsecurity, relacl FROM pg_class
                   WHERE relnamespace = ($1::text)::regnamespace)
     SELECT 'constraint ' || c.relname || ' ' || conname || ' ' || pg_get_constraintdef(k.oid) || convalidated || condeferrable AS line
       FROM pg_constraint k JOIN ours c ON c.oid = conrelid
     UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = $1::text
     UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) || tgenabled::text
       FROM pg_trigger t JOIN ours c ON c.oid = tgrelid WHERE NOT tgisinternal
     UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || coalesce(qual, '') || coalesce(with_check, '') || roles::text
       FROM pg_policies WHERE schemaname = $1::text
     UNION ALL SELECT 'column ' || c.relname || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || attnotnull
       || attidentity::text || attgenerated::text || coalesce(pg_get_expr(adbin, adrelid), '')
       FROM pg_attribute a JOIN ours c ON c.oid = attrelid LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
       WHERE attnum > 0 AND NOT attisdropped
     UNION ALL SELECT 'relation ' || relname || ' ' || relkind::text || relrowsecurity || relforcerowsecurity
       || coalesce(relacl::text, '') || coalesce(obj_description(oid, 'pg_class'), '') FROM ours`,
    [schema],
  )
  const nameless = (line: string) =>
    line.replaceAll(`tiejun_${schema}_`, 'tiejun_').replaceAll(`${schema}.`, '')
  return rows.map((row) => nameless(String(row.line))).toSorted()
}

/** The shape that all migrations give. */
async function freshShape(): Promise<string[]> {
  const fresh = openPool(placeOf('fresh'), 2)
  await migrate(fresh, 'fresh')
  const shape = await shapeOf(fresh, 'fresh')
  await fresh.end()
  expect(shape.length).toBeGreaterThan(500)
  return shape
}

const placeOf = (schema: string) => ({ pool: settings.pool, schema })
const restoreInto = (schema: string, file: string) =>
  restoreFrom(file, placeOf(schema), county.clock, { keyFile })

test('every row of every table comes back, in a schema that is as if newly migrated', async () => {
  const file = fileNamed('whole.tiejun')
  const written = await backUp({ pool: county.db.pool, clock: county.clock, file })
  await restoreInto('restored', file)
  const there = openPool(placeOf('restored'), 2)

  const tables = await tablesOf(county.db.pool, 'public')
  expect(tables.length).toBeGreaterThan(20)
  expect(written.manifest.tables.map(({ name }) => name)).toEqual(tables)
  for (const table of tables.filter((name) => !name.startsWith('audit_'))) {
    expect(await rowsOf(there, table), table).toEqual(await rowsOf(county.db.pool, table))
  }
  // The audit has the restore in addition.
  for (const table of ['audit_entries', 'audit_blocks', 'audit_seals']) {
    expect(await rowsOf(there, table), table).toEqual(
      expect.arrayContaining(await rowsOf(county.db.pool, table)),
    )
  }
  expect((await there.query(`SELECT action FROM audit_entries ORDER BY sequence DESC LIMIT 1`)).rows).toEqual(
    [{ action: 'county.restored' }],
  )
  expect(await shapeOf(there, 'restored')).toEqual(await freshShape())
  await there.end()
})

test('nobody is signed in after a restore', async () => {
  await county.as('clerk')
  const file = fileNamed('sessions.tiejun')
  await backUp({ pool: county.db.pool, clock: county.clock, file })
  await restoreInto('no_sessions', file)
  const there = openPool(placeOf('no_sessions'), 1)
  expect((await county.db.pool.query('SELECT FROM sessions')).rowCount).toBeGreaterThan(0)
  expect((await there.query('SELECT FROM sessions')).rowCount).toBe(0)
  await there.end()
})

test('numbers go on behind those in the backup, and the audit stays whole while it grows', async () => {
  const file = fileNamed('audit.tiejun')
  await backUp({ pool: county.db.pool, clock: county.clock, file })
  await restoreInto('grows', file)
  const db = await openDatabase(openPool(placeOf('grows'), 2), county.clock)
  const { rows } = await db.pool.query('SELECT max(sequence) AS last FROM audit_entries')
  await db.asActor(ACTOR, SELF, (tx) =>
    recordAudit(tx, county.clock, ACTOR, { action: 'test.later', recordType: 'test' }),
  )
  const later = await db.pool.query(`SELECT sequence FROM audit_entries WHERE action = 'test.later'`)
  expect(later.rows[0].sequence).toBeGreaterThan(rows[0].last)
  expect(await verifyAudit(db.pool)).toMatchObject({ isWhole: true, unsealed: 1 })
  await sealAll(db)
  expect(await verifyAudit(db.pool)).toMatchObject({ isWhole: true })
  await db.close()
})

test('an audit from a server that had counted further stays whole', async () => {
  const far = await createTestDatabase('demo')
  const db = await openDatabase(openPool(far.settings, 2), county.clock)
  const note = () =>
    db.asActor(ACTOR, SELF, (tx) =>
      recordAudit(tx, county.clock, ACTOR, { action: 'test.far', recordType: 'test' }),
    )
  await note()
  await sealAll(db)
  await note()
  // As if a billion transactions had gone by there before the last, unsealed entry.
  await db.pool.query(`UPDATE audit_entries SET transaction_id = '1000000000'
    WHERE sequence = (SELECT max(sequence) FROM audit_entries)`)
  const file = fileNamed('far.tiejun')
  await backUp({ pool: db.pool, clock: county.clock, file })
  const place = { pool: far.settings.pool, schema: 'near' }
  await restoreFrom(file, place, county.clock, { keyFile })
  const near = await openDatabase(openPool(place, 2), county.clock)
  for (let round = 0; round < 2; round += 1) {
    await near.asActor(ACTOR, SELF, (tx) =>
      recordAudit(tx, county.clock, ACTOR, { action: 'test.near', recordType: 'test' }),
    )
    expect(await verifyAudit(near.pool)).toMatchObject({ isWhole: true, first: null })
    await sealAll(near)
  }
  expect(await verifyAudit(near.pool)).toMatchObject({ isWhole: true, first: null })
  await near.close()
  await db.close()
  await far.drop()
})

test('an audit that was broken when the backup was made is restored as it was, and still said to be broken', async () => {
  const broken = await createTestDatabase('demo')
  const db = await openDatabase(openPool(broken.settings, 2), county.clock)
  await db.asActor(ACTOR, SELF, (tx) =>
    recordAudit(tx, county.clock, ACTOR, { action: 'test.forged', recordType: 'test' }),
  )
  await sealAll(db)
  await db.pool.query(`UPDATE audit_entries SET reason = 'forged' WHERE action = 'test.forged'`)
  // Sealing this one after the restore would make it look like any other.
  await db.pool.query(`INSERT INTO audit_entries (transaction_id, occurred_at, action, record_type)
    VALUES ('3', now(), 'test.inserted', 'test')`)
  const before = await verifyAudit(db.pool)
  expect(before).toMatchObject({ isWhole: false, faults: 2 })
  const file = fileNamed('broken.tiejun')
  await backUp({ pool: db.pool, clock: county.clock, file })
  const place = { pool: broken.settings.pool, schema: 'as_found' }
  await restoreFrom(file, place, county.clock, { keyFile })
  const there = openPool(place, 2)
  expect(await verifyAudit(there)).toMatchObject({
    isWhole: false,
    first: before.first,
    faults: before.faults,
  })
  await there.end()
  await db.close()
  await broken.drop()
})

test('a backup of an older version is restored as it was and then upgraded', async () => {
  const old = openPool(placeOf('old_version'), 2)
  await migrate(old, 'old_version', '0007_create_imports.sql')
  await old.query(`INSERT INTO county_settings VALUES ('demo', 'true')`)
  const file = fileNamed('old.tiejun')
  const written = await backUp({ pool: old, clock: county.clock, file })
  expect(written.summary.figures).toBeNull()
  const { upgraded } = await restoreInto('upgraded', file)
  expect(upgraded[0]).toBe('0008_index_present_members.sql')
  const there = openPool(placeOf('upgraded'), 2)
  expect(await rowsOf(there, 'county_settings')).toEqual(['(demo,true)'])
  expect(await shapeOf(there, 'upgraded')).toEqual(await freshShape())
  await there.end()
  await old.end()
})

/** Moves money between two villages, and enters a household with its conditions: sums and pairs always agree. */
async function write(pool: pg.Pool): Promise<void> {
  await pool.query(`WITH two AS (SELECT village_code, row_number() OVER () AS place
      FROM (SELECT village_code FROM village_profiles ORDER BY random() LIMIT 2) AS chosen), moved AS (
      UPDATE village_profiles p SET collective_income_fen = collective_income_fen + CASE place WHEN 1 THEN 7 ELSE -7 END
      FROM two WHERE p.village_code = two.village_code), new AS (
      INSERT INTO households (id, household_no, village_code, created_at, changed_at)
      VALUES (gen_random_uuid(), gen_random_uuid()::text, '411722101001', now(), now()) RETURNING id, village_code)
    INSERT INTO living_conditions (household_id, village_code, changed_at) SELECT id, village_code, now() FROM new`)
}

test('a backup made while others write is of one instant', async () => {
  const { pool } = county.db
  await pool.query(`INSERT INTO village_profiles (village_code, collective_income_fen, changed_at)
    SELECT code, 1000000, now() FROM areas WHERE level = 'village' ON CONFLICT DO NOTHING`)
  const state = `SELECT (SELECT count(*) FROM households) AS households,
    (SELECT count(*) FROM households h WHERE NOT EXISTS
      (SELECT FROM living_conditions l WHERE l.household_id = h.id)) AS alone,
    (SELECT sum(collective_income_fen) FROM village_profiles) AS money`
  const before = (await pool.query(state)).rows[0]
  // The backup waits here, with some tables written and others not, while the writing goes on.
  const blocker = await pool.connect()
  await blocker.query('BEGIN; LOCK TABLE imports IN ACCESS EXCLUSIVE MODE')
  const reached = Promise.withResolvers<void>()
  const onProgress = (text: string) => text.includes('（imports）') && reached.resolve()
  const file = fileNamed('busy.tiejun')
  const running = backUp({ pool, clock: county.clock, file, onProgress })
  await Promise.race([reached.promise, running])
  for (let writes = 0; writes < 20; writes += 1) await write(pool)
  await blocker.query('COMMIT')
  blocker.release()
  await running

  await restoreInto('busy', file)
  const there = openPool(placeOf('busy'), 1)
  expect((await there.query(state)).rows[0]).toEqual(before)
  expect((await pool.query(state)).rows[0].households).toBe(before.households + 20)
  await there.end()
})

test('an owner who is no superuser can back up and restore', async () => {
  const name = `tiejun_owner_${process.pid}`
  const password = 'invented'
  await county.db.pool.query(
    `CREATE ROLE ${name} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '${password}'`,
  )
  const { rows } = await county.db.pool.query('SELECT current_database() AS name')
  await county.db.pool.query(`GRANT CREATE ON DATABASE ${rows[0].name} TO ${name}`)
  const pool: pg.PoolConfig = { ...settings.pool, user: name, password }
  if (settings.pool.connectionString) {
    const url = new URL(settings.pool.connectionString)
    url.username = name
    url.password = password
    pool.connectionString = url.toString()
  }
  const own = openPool({ pool, schema: 'owned' }, 2)
  try {
    await migrate(own, 'owned')
    const db = await openDatabase(own, county.clock)
    await db.asActor(ACTOR, 'county.install', async (tx) => {
      await tx.insertInto('county_settings').values({ name: 'demo', value: 'true' }).execute()
      await recordAudit(tx, county.clock, ACTOR, { action: 'test.owned', recordType: 'test' })
    })
    const file = fileNamed('owned.tiejun')
    await backUp({ pool: own, clock: county.clock, file })
    const place = { pool, schema: 'owned_again' }
    await restoreFrom(file, place, county.clock, { keyFile })
    const there = openPool(place, 1)
    expect(await rowsOf(there, 'county_settings')).toEqual(['(demo,true)'])
    expect((await there.query('SELECT FROM audit_entries')).rowCount).toBe(2)
    await there.end()
  } finally {
    await own.end()
    await county.db.pool.query(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`).catch(() => undefined)
  }
})
