import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACTIONS } from '../../actions.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { countyPack } from '../packs/index.ts'

let county: TestApp
let security: Client
beforeAll(async () => {
  county = await startTestApp()
  security = await county.as('security-admin')
})
afterAll(() => county.close())

const kindOf = async (postKind: string) =>
  (await security.get('/permissions')).body.postKinds.find(
    (kind: { postKind: string }) => kind.postKind === postKind,
  )

test('the table shows every kind of post with its actions and how many hold one', async () => {
  const { body } = await security.get('/permissions')
  expect(body.actions).toEqual(ACTIONS)
  expect(body.postKinds.map((kind: { postKind: string }) => kind.postKind)).toEqual(
    countyPack().posts.map(({ code }) => code),
  )
  expect(await kindOf('office_director')).toMatchObject({ title: '脱贫办主任', holders: 1 })
})

test('no action is declared twice, and the pack gives only declared ones', () => {
  const names = ACTIONS.map(({ action }) => action)
  expect(new Set(names).size).toBe(names.length)
  for (const { action, module } of ACTIONS)
    expect(action === 'figures.view' || action.startsWith(`${module}.`), action).toBe(true)
  for (const { code, actions } of countyPack().posts) {
    for (const action of actions) expect(names, code).toContain(action)
  }
})

test('a change is in force with the next request of those who hold such a post', async () => {
  const liaison = await county.as('liaison')
  expect((await liaison.get('/households')).status).toBe(403)
  const { actions } = await kindOf('department_liaison')
  const request = {
    actions: [...actions, 'households.view'],
    expectedActions: actions,
    reason: '核对行业数据',
  }
  const { status, body } = await security.put('/permissions/department_liaison', request)
  expect(status).toBe(200)
  expect(body.actions).toContain('households.view')
  expect((await liaison.get('/households')).status).toBe(200)
  await security.put('/permissions/department_liaison', { actions })
  expect((await liaison.get('/households')).status).toBe(403)
})

test('a change is audited with before, after and reason', async () => {
  const { actions } = await kindOf('publicity_group_head')
  const wanted = [...actions, 'households.export'].sort()
  await security.put('/permissions/publicity_group_head', { actions: wanted, reason: '宣传材料' })
  const { rows } = await county.db.pool.query(
    "SELECT action, username, before, after, reason FROM audit_entries WHERE record_id = 'publicity_group_head'",
  )
  expect(rows).toEqual([
    {
      action: 'permissions.changed',
      username: 'security-admin',
      before: { actions },
      after: { actions: wanted },
      reason: '宣传材料',
    },
  ])
})

test('of two who change the same kind at once the second is told what the first did', async () => {
  const { actions: seen } = await kindOf('supervision_group_officer')
  const put = (actions: string[]) =>
    security.put('/permissions/supervision_group_officer', { actions, expectedActions: seen })
  const answers = await Promise.all([
    put([...seen, 'households.export']),
    put([...seen, 'households.unmask']),
  ])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const refused = answers.find(({ status }) => status === 409)
  expect(refused?.body).toMatchObject({ code: 'changed_meanwhile' })
  expect(refused?.body.detail.actions).toEqual((await kindOf('supervision_group_officer')).actions)
})

test('an action no module declares is refused by its place; an unknown kind is not found', async () => {
  const unknown = await security.put('/permissions/office_director', {
    actions: ['areas.view', 'areas.paint'],
  })
  expect(unknown.status).toBe(422)
  expect(unknown.body.fields).toEqual([
    { path: 'actions.1', code: 'unknown_action', params: { action: 'areas.paint' } },
  ])
  expect((await security.put('/permissions/king', { actions: [] })).status).toBe(404)
})
