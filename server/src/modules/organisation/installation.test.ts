import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareCounty } from '../../commands/prepare-county.ts'
import { vaultOf } from '../../platform/personal-data/vault.ts'
import { processActor } from '../../platform/permissions/actor.ts'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'
import { DEMO_PASSWORD, demoAccounts } from './index.ts'

let county: TestApp
beforeAll(async () => {
  county = await startTestApp()
})
afterAll(() => county.close())

const countBy = async (app: TestApp, table: 'units' | 'areas', column: 'kind' | 'level') => {
  const { rows } = await app.db.pool.query<{ name: string; n: number }>(
    `SELECT ${column} AS name, count(*) AS n FROM ${table} GROUP BY 1`,
  )
  return Object.fromEntries(rows.map((row) => [row.name, row.n]))
}

test('the pack brings the divisions and a unit for each body of the county', async () => {
  expect(await countBy(county, 'areas', 'level')).toEqual({
    province: 1,
    prefecture: 1,
    county: 1,
    township: 26,
    village: 460,
  })
  expect(await countBy(county, 'units', 'kind')).toEqual({
    leading_group: 1,
    office: 1,
    working_group: 6,
    department: 52,
    township: 26,
    village: 460,
  })
})

test('the demo office has its first batch: over sixty cadres from over thirty units, in place within a week', async () => {
  const { rows } = await county.db.pool.query(`
    SELECT count(DISTINCT h.person_id) AS cadres, count(DISTINCT s.home_unit_id) AS homes,
           max(h.held_from) - min(h.held_from) AS days
    FROM post_holdings h JOIN posts p ON p.id = h.post_id JOIN units u ON u.id = p.unit_id
    JOIN persons s ON s.id = h.person_id WHERE u.kind = 'working_group' AND h.held_from < '2017-01-01'`)
  expect(rows[0].cadres).toBeGreaterThanOrEqual(60)
  expect(rows[0].homes).toBeGreaterThanOrEqual(30)
  expect(rows[0].days).toBeLessThanOrEqual(7)
})

test('no post of the demo county has more holders than it may have', async () => {
  const { rows } = await county.db.pool.query(`
    SELECT k.code FROM post_holdings h JOIN posts p ON p.id = h.post_id JOIN post_kinds k ON k.code = p.post_kind
    WHERE h.held_until IS NULL GROUP BY k.code, p.id, k.holders_maximum HAVING count(*) > k.holders_maximum`)
  expect(rows).toEqual([])
})

test('every demo account signs in with the one password, and its posts give what they say', async () => {
  for (const { username, administrator } of demoAccounts().slice(0, 8)) {
    const client = await county.signIn(username, DEMO_PASSWORD)
    const { body } = await client.get('/session')
    expect(administrator).toBeNull()
    expect(body.posts.length, username).toBeGreaterThan(0)
    expect(body.actions, username).toContain('areas.view')
  }
  const { body } = await (await county.as('township')).get('/session')
  expect(body.posts).toEqual([
    { id: expect.any(String), title: '乡镇扶贫专干', unitName: '黄埠镇', areaName: '黄埠镇' },
  ])
  expect(body.actions).toContain('households.edit')
})

const start = (app: TestApp, kind: 'demo' | 'empty') => prepareCounty(app, kind, () => undefined)

test('an empty county gets three administrators with passwords that must be changed, and no demo accounts', async () => {
  const empty = await startTestApp('empty')
  try {
    const { demo, newAdministrators } = await start(empty, 'empty')
    expect(demo).toBe(false)
    expect(newAdministrators.map((one) => one.username)).toEqual([
      'system-admin',
      'security-admin',
      'audit-admin',
    ])
    const first = newAdministrators[0]!
    const { body } = await (await empty.signIn(first.username, first.password)).get('/session')
    expect(body).toMatchObject({ administrator: 'system', duty: 'change_password' })
    const { rows } = await empty.db.pool.query('SELECT count(*) AS n FROM persons')
    expect(rows[0].n).toBe(0)
  } finally {
    await empty.close()
  }
})

test('several processes that start at once install the county once; later starts change nothing', async () => {
  const empty = await startTestApp('empty')
  try {
    const results = await Promise.all([start(empty, 'demo'), start(empty, 'demo'), start(empty, 'empty')])
    const later = await start(empty, 'empty')
    const isDemo = results[0]?.demo
    expect([...results, later].map((one) => one.demo)).toEqual([isDemo, isDemo, isDemo, isDemo])
    const { rows } = await empty.db.pool.query(
      `SELECT count(*) AS n FROM audit_entries WHERE action = 'county.installed'`,
    )
    expect(rows[0].n).toBe(1)
  } finally {
    await empty.close()
  }
})

test('data sealed with another key is not opened', async () => {
  const empty = await startTestApp('empty')
  try {
    await start(empty, 'empty')
    const other = { ...empty, vault: vaultOf(Buffer.alloc(32, 8)) }
    await expect(prepareCounty(other, 'demo', () => undefined)).rejects.toThrow('KEY_FILE')
  } finally {
    await empty.close()
  }
})

test('reach of posts: the county, a township, a village, one unit, one’s own households', async () => {
  const { readPosts } = await import('./index.ts')
  const reachOf = (username: string) =>
    county.db.asActor(processActor('test'), 'test', async (tx) => {
      const { person_id } = await tx
        .selectFrom('accounts')
        .select('person_id')
        .where('username', '=', username)
        .executeTakeFirstOrThrow()
      const { grants } = await readPosts(tx, person_id ?? '')
      return grants.find((grant) => grant.action === 'areas.view')
    })
  expect(await reachOf('director')).toMatchObject({
    areas: [{ from: '411722000000', to: '411722999999' }],
    units: 'all',
    own: false,
  })
  const township = await reachOf('township')
  expect(township).toMatchObject({ areas: [{ from: '411722101000', to: '411722101999' }], own: false })
  expect(township?.units.length).toBeGreaterThan(10)
  const village = await reachOf('village')
  expect(village?.areas[0]?.from).toBe(village?.areas[0]?.to)
  expect(await reachOf('liaison')).toMatchObject({ areas: [], units: [expect.any(String)] })
  expect(await reachOf('helper')).toMatchObject({ areas: [], units: [], own: true })
})
