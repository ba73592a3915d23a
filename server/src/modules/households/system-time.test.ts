import { ENTITY_TABLES } from '@tiejun/contract/households/fields.ts'
import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Tx } from '../../platform/database/database.ts'
import { openPool } from '../../platform/database/pool.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { stoppedClock } from '../../platform/clock/clock.ts'
import { momentOf } from '../../platform/clock/moment.ts'
import { processActor } from '../../platform/permissions/actor.ts'
import { createTestDatabase } from '../../testing/databases.ts'
import { aHousehold, aMember, anIdNumber, HERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { aSheet, aWorkbook, checked, settled } from './import/testing.ts'

const TABLES = Object.values(ENTITY_TABLES)
const MINUTE = 60

let app: TestApp
let director: Client

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
// Every test has its own minutes, one after the other, so that instants of two tests are never the same.
beforeEach(async () => {
  app.clock.advanceSeconds(MINUTE)
  director = await app.as('director')
})

const now = (): string => app.clock.now().toISOString()

/** Moves the clock on; answers the new instant. */
function aMinuteLater(): string {
  app.clock.advanceSeconds(MINUTE)
  return now()
}

interface Version {
  from: string
  until: string | null
  shown: unknown
}

/** All versions of the rows of a table that match, the present one last. */
async function versionsOf(table: string, condition: string, shown: string): Promise<Version[]> {
  const { rows } = await app.db.pool.query(
    `SELECT known_from, known_until, ${shown} AS shown FROM ${table}_history WHERE ${condition}
     UNION ALL SELECT known_from, NULL, ${shown} FROM ${table} WHERE ${condition} ORDER BY known_from`,
  )
  return rows.map((row) => ({
    from: row.known_from.toISOString(),
    until: row.known_until?.toISOString() ?? null,
    shown: row.shown,
  }))
}

const asProcess = <Result>(command: (tx: Tx) => Promise<Result>): Promise<Result> =>
  app.db.asActor(processActor('test'), 'test', command)

const setAddress = (tx: Tx, card: HouseholdCard, address: string) =>
  sql`UPDATE households SET address = ${address} WHERE id = ${card.id}`.execute(tx)

describe('a version of a row', () => {
  test('is known from the instant of its transaction until the next one', async () => {
    const entered = now()
    const card = await aHousehold(director, { identity: { address: '一号' } })
    const changed = aMinuteLater()
    await director.put(`/households/${card.id}/identity`, {
      expectedVersion: card.identity.version,
      values: { address: '二号' },
    })
    expect(await versionsOf('households', `id = '${card.id}'`, 'address')).toEqual([
      { from: entered, until: changed, shown: '一号' },
      { from: changed, until: null, shown: '二号' },
    ])
  })

  test('that was replaced in its own transaction leaves nothing behind', async () => {
    const entered = now()
    const card = await aHousehold(director)
    const changed = aMinuteLater()
    await asProcess(async (tx) => {
      await setAddress(tx, card, '三号')
      await setAddress(tx, card, '四号')
    })
    expect(await versionsOf('households', `id = '${card.id}'`, 'address')).toEqual([
      { from: entered, until: changed, shown: null },
      { from: changed, until: null, shown: '四号' },
    ])
  })

  test('that was created and removed in one transaction was never known', async () => {
    const card = await aHousehold(director)
    await asProcess(async (tx) => {
      await sql`INSERT INTO measures (id, household_id, village_code, category, changed_at)
        VALUES (gen_random_uuid(), ${card.id}, ${HERE.village}, 'industry', now())`.execute(tx)
      await sql`DELETE FROM measures WHERE household_id = ${card.id}`.execute(tx)
    })
    expect(await versionsOf('measures', `household_id = '${card.id}'`, 'category')).toEqual([])
  })

  test('ends when the row is removed', async () => {
    const card = await aHousehold(director)
    const entered = now()
    await director.post(`/households/${card.id}/measures`, { values: { category: 'industry' } })
    const removed = aMinuteLater()
    await asProcess((tx) => sql`DELETE FROM measures WHERE household_id = ${card.id}`.execute(tx))
    expect(await versionsOf('measures', `household_id = '${card.id}'`, 'category')).toEqual([
      { from: entered, until: removed, shown: 'industry' },
    ])
  })

  test('follows one of a later instant, when the transaction began earlier and waited', async () => {
    const card = await aHousehold(director)
    const slow = stoppedClock(now())
    const slowDb = await openDatabase(app.db.pool, slow)
    const entered = now()
    const overtaking = aMinuteLater()
    slow.advanceSeconds(MINUTE / 2)
    await asProcess((tx) => setAddress(tx, card, '先到'))
    await slowDb.asActor(processActor('slow'), 'test', (tx) => setAddress(tx, card, '后到'))
    const versions = await versionsOf('households', `id = '${card.id}'`, 'address')
    expect(versions.map(({ shown }) => shown)).toEqual([null, '先到', '后到'])
    expect(versions.slice(0, 2).map(({ from }) => from)).toEqual([entered, overtaking])
    expect(await gapsAndOverlaps()).toEqual([])
  })

  test('keeps what the database computed, as it was', async () => {
    const card = await aHousehold(director)
    const income = (expectedVersion: number | null, wageOtherFen: number) =>
      director.put(`/households/${card.id}/income-years/2016`, {
        expectedVersion,
        values: { wageOtherFen, yearMemberCount: 2 },
      })
    const first = await income(null, 500_000)
    aMinuteLater()
    await income(first.body.incomeYears[0].version, 700_000)
    const versions = await versionsOf('income_years', `household_id = '${card.id}'`, 'net_per_capita_fen')
    expect(versions.map(({ shown }) => shown)).toEqual([250_000, 350_000])
  })
})

test('a card that moves to another village leaves the past of all its rows in the old one', async () => {
  const card = await aHousehold(director, { members: [aMember(), aMember({ relation: 'spouse' })] })
  await director.post(`/households/${card.id}/helpers`, { values: { helperName: '李援助' } })
  await director.put(`/households/${card.id}/living-conditions`, {
    expectedVersion: null,
    values: { farmlandMu: 3.5 },
  })
  const moved = aMinuteLater()
  await director.put(`/households/${card.id}/identity`, {
    expectedVersion: card.identity.version,
    values: { villageCode: HERE.otherVillage },
  })
  for (const [table, rows] of [
    ['members', 2],
    ['helpers', 1],
    ['living_conditions', 1],
  ] as const) {
    const versions = await versionsOf(table, `household_id = '${card.id}'`, 'village_code')
    const ended = versions.filter(({ until }) => until === moved)
    expect(
      ended.map(({ shown }) => shown),
      table,
    ).toEqual(Array(rows).fill(HERE.village))
    const standing = versions.filter(({ until }) => until === null)
    expect(
      standing.map(({ shown }) => shown),
      table,
    ).toEqual(Array(rows).fill(HERE.otherVillage))
  }
})

test('an import and its undoing are both remembered', async () => {
  const clerk = await app.as('clerk')
  const row = {
    户编号: '41172200700002',
    '县(市、区、旗)': '上蔡县',
    '乡(镇)': '黄埠镇',
    行政村: '黄埠社区',
    贫困户属性: '一般贫困户',
    主要致贫原因: '因病',
    '人编号(人口编号)': '411722007000021',
    姓名: '张三',
    证件类型: '居民身份证',
    证件号码: anIdNumber('1949-03-04'),
    与户主关系: '户主',
    民族: '汉族',
    健康状况: '健康',
  }
  const sheet = aSheet('人员信息', [row], ['建档立卡人口信息表（2017年度）'])
  const made = await checked(clerk, await aWorkbook(sheet))
  expect(made.status, JSON.stringify(made.problemGroups)).toBe('checked')
  const committed = aMinuteLater()
  const commit = await clerk.post(`/household-imports/${made.id}/commit`, { withoutFaulty: false })
  expect(commit.status, JSON.stringify(commit.body)).toBeLessThan(300)
  expect((await settled(clerk, made.id)).body).toMatchObject({ status: 'committed', failure: null })
  const undone = aMinuteLater()
  await clerk.post(`/household-imports/${made.id}/undo`, { reason: '传错了文件' })
  expect((await settled(clerk, made.id)).body).toMatchObject({ status: 'undone' })
  const versions = await versionsOf('households', `household_no = '41172200700002'`, 'household_no')
  expect(versions).toEqual([{ from: committed, until: undone, shown: '41172200700002' }])
})

/** Rows with two versions at a time, or none between two. */
async function gapsAndOverlaps(): Promise<string[]> {
  const found: string[] = []
  for (const table of TABLES) {
    const key =
      { living_conditions: 'household_id', village_profiles: 'village_code' }[table as string] ?? 'id'
    const { rows } = await app.db.pool.query(
      `SELECT key FROM (
         SELECT ${key}::text AS key, known_until, lead(known_from) OVER (PARTITION BY ${key} ORDER BY known_from) AS next
         FROM (SELECT ${key}, known_from, known_until FROM ${table}_history
               UNION ALL SELECT ${key}, known_from, NULL FROM ${table}) versions) beside
       WHERE next IS NOT NULL AND known_until IS DISTINCT FROM next`,
    )
    found.push(...rows.map((row) => `${table} ${row.key}`))
  }
  return found
}

test('the versions of a row meet without gap or overlap', async () => {
  expect(await gapsAndOverlaps()).toEqual([])
})

test('the application may read history and never write it', async () => {
  for (const statement of [
    `INSERT INTO households_history SELECT h.*, now() FROM households h`,
    `UPDATE households_history SET address = ''`,
    `DELETE FROM members_history`,
    `UPDATE history_beginnings SET began_at = now()`,
  ]) {
    await expect(
      asProcess((tx) => sql.raw(statement).execute(tx)),
      statement,
    ).rejects.toThrow(/permission denied/)
  }
  await expect(asProcess((tx) => sql`SELECT keep_history('households', 'id')`.execute(tx))).rejects.toThrow(
    /permission denied/,
  )
})

test('every registry table keeps history with all its columns, and reach on both', async () => {
  for (const table of TABLES) {
    const { rows } = await app.db.pool.query(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1
       EXCEPT SELECT column_name FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name = $2`,
      [table, `${table}_history`],
    )
    expect(rows, table).toEqual([])
    const policies = await app.db.pool.query(
      `SELECT DISTINCT qual FROM pg_policies WHERE tablename = ANY($1)`,
      [[table, `${table}_history`]],
    )
    expect(new Set(policies.rows.map((row) => row.qual.replaceAll(/[()]/g, ''))).size, table).toBe(1)
  }
})

describe('a county in a schema of its own', () => {
  test('reads its own past, and columns added, changed and dropped later are followed', async () => {
    const database = await createTestDatabase()
    const clock = stoppedClock('2017-06-01T09:00:00+08:00')
    const pool = openPool({ ...database.settings, schema: 'county_of_history' }, 2)
    await migrate(pool, 'county_of_history')
    const db = await openDatabase(pool, clock)
    const run = (text: string) => db.asActor(processActor('test'), 'test', (tx) => sql.raw(text).execute(tx))
    await run(`INSERT INTO areas (code, name, level) VALUES ('411722101201', '陈庄', 'village')`)
    await run(`INSERT INTO households (id, household_no, village_code, address, created_at, changed_at)
      VALUES (gen_random_uuid(), '1', '411722101201', '旧', now(), now())`)
    await pool.query('ALTER TABLE households ADD COLUMN pet_count integer')
    await pool.query(`SELECT keep_history('households', 'id')`)
    clock.moveTo('2017-07-01T09:00:00+08:00')
    await run(`UPDATE households SET address = '新', pet_count = 1`)
    clock.moveTo('2017-08-01T09:00:00+08:00')
    await run(`UPDATE households SET pet_count = 2`)
    const readOn = (day: string) =>
      db.asReader(
        processActor('test'),
        'households.view',
        async (tx) => (await sql`SELECT address, pet_count FROM households`.execute(tx)).rows,
        momentOf(day, clock),
      )
    expect(await readOn('2017-06-30')).toEqual([{ address: '旧', pet_count: null }])
    expect(await readOn('2017-07-31')).toEqual([{ address: '新', pet_count: 1 }])
    expect(await readOn('2017-08-01')).toEqual([{ address: '新', pet_count: 2 }])
    await pool.query(`SELECT release_history('households')`)
    await pool.query('ALTER TABLE households ALTER pet_count TYPE bigint, DROP COLUMN handbook_no')
    await pool.query(`SELECT keep_history('households', 'id')`)
    clock.moveTo('2017-09-01T09:00:00+08:00')
    await run(`UPDATE households SET pet_count = 9876543210`)
    clock.moveTo('2017-10-01T09:00:00+08:00')
    await run(`UPDATE households SET pet_count = 3`)
    expect(await readOn('2017-07-31')).toEqual([{ address: '新', pet_count: 1 }])
    expect(await readOn('2017-09-30')).toEqual([{ address: '新', pet_count: 9_876_543_210 }])
    await pool.query('DROP SCHEMA county_of_history CASCADE')
    const { rows } = await pool.query(
      `SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text LIKE '%as_of%' AND
       relnamespace::regnamespace::text LIKE '%county_of_history%'`,
    )
    expect(rows).toEqual([])
    // A county dropped leaves an empty schema behind, which is no obstacle to the next one of that name.
    expect(await migrate(pool, 'county_of_history')).toContain('0010_keep_history.sql')
    await db.close()
    await database.drop()
  })
})
