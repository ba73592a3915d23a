import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAccount, signInAdministrator, TEST_PASSWORD } from '../../testing/accounts.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'

let county: TestApp
let system: Client
beforeAll(async () => {
  county = await startTestApp()
  system = await signInAdministrator(county, 'system')
})
afterAll(() => county.close())

const create = (wanted: object, by = system) =>
  by.post('/accounts', { personId: null, displayName: '王芳', administrator: null, ...wanted })
const find = async (username: string) => (await system.get(`/accounts?q=${username}`)).body.rows[0]

describe('making accounts', () => {
  test('gives a password for the first sign-in, which must be changed', async () => {
    const { status, body } = await create({ username: 'wang.fang' })
    expect(status).toBe(201)
    const client = await county.signIn('wang.fang', body.password)
    expect((await client.get('/session')).body).toMatchObject({
      displayName: '王芳',
      duty: 'change_password',
    })
  })

  test('refuses a name that is taken, also when two ask at once', async () => {
    const answers = await Promise.all([
      create({ username: 'two-at-once' }),
      create({ username: 'two-at-once' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await create({ username: 'two-at-once' })).body).toMatchObject({
      code: 'already_exists',
      detail: { field: 'username' },
    })
  })

  test('an administrator is nobody of the organisation', async () => {
    const personId = '019a0000-0000-7000-8000-000000000001'
    const refused = await create({ username: 'both-roles', administrator: 'audit', personId })
    expect(refused.body.code).toBe('roles_exclude_each_other')
  })

  test('for a person who does not exist is refused, naming the field', async () => {
    const personId = '019a0000-0000-7000-8000-000000000001'
    const { body } = await create({ username: 'for-nobody', personId })
    expect(body).toMatchObject({
      code: 'invalid_fields',
      fields: [{ path: 'personId', code: 'unknown_person' }],
    })
  })

  test('is audited without the password', async () => {
    const { body } = await create({ username: 'audited-one' })
    const { rows } = await county.db.pool.query(
      "SELECT * FROM audit_entries WHERE record_label = 'audited-one'",
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ action: 'account.created', username: 'test-system' })
    expect(JSON.stringify(rows)).not.toContain(body.password)
  })
})

describe('acting on accounts', () => {
  test('unlock opens a locked account at once', async () => {
    const id = await makeAccount(county, { username: 'locked-one' })
    const wrong = { username: 'locked-one', password: 'Wrong@2018x' }
    for (let failure = 0; failure < 5; failure += 1) await county.nobody.post('/session', wrong)
    expect(await find('locked-one')).toMatchObject({ isLocked: true })
    const { body } = await system.post(`/accounts/${id}/unlock`)
    expect(body.account).toMatchObject({ isLocked: false })
    expect((await county.nobody.post('/session', { ...wrong, password: TEST_PASSWORD })).status).toBe(201)
  })

  test('disable ends the sessions, enable lets sign in again', async () => {
    const id = await makeAccount(county, { username: 'leaving' })
    const client = await county.signIn('leaving', TEST_PASSWORD)
    await system.post(`/accounts/${id}/disable`)
    expect((await client.get('/session')).status).toBe(401)
    const again = await system.post(`/accounts/${id}/disable`)
    expect(again.body).toMatchObject({ code: 'action_not_allowed', detail: { allowed: ['enable'] } })
    await system.post(`/accounts/${id}/enable`)
    expect(
      (await county.nobody.post('/session', { username: 'leaving', password: TEST_PASSWORD })).status,
    ).toBe(201)
  })

  test('reset_password gives a new one for the first sign-in and ends the sessions', async () => {
    const id = await makeAccount(county, { username: 'forgetful' })
    const client = await county.signIn('forgetful', TEST_PASSWORD)
    const { body } = await system.post(`/accounts/${id}/reset_password`)
    expect((await client.get('/session')).status).toBe(401)
    const again = await county.signIn('forgetful', body.password)
    expect((await again.get('/session')).body.duty).toBe('change_password')
  })

  test('reset_second_factor makes the administrator bind a new one', async () => {
    await signInAdministrator(county, 'audit', 'lost-phone')
    const { id, hasSecondFactor } = await find('lost-phone')
    expect(hasSecondFactor).toBe(true)
    await system.post(`/accounts/${id}/reset_second_factor`)
    const client = await county.signIn('lost-phone', TEST_PASSWORD)
    expect((await client.get('/session')).body.duty).toBe('enrol_second_factor')
  })

  test('end_sessions ends them all', async () => {
    const id = await makeAccount(county, { username: 'everywhere' })
    const clients = [
      await county.signIn('everywhere', TEST_PASSWORD),
      await county.signIn('everywhere', TEST_PASSWORD),
    ]
    await system.post(`/accounts/${id}/end_sessions`)
    for (const client of clients) expect((await client.get('/session')).status).toBe(401)
  })

  test('one cannot disable oneself', async () => {
    const own = await find('test-system')
    expect(own.allowedActions).toEqual(['end_sessions'])
    expect((await system.post(`/accounts/${own.id}/disable`)).status).toBe(409)
  })

  test('of two administrators who disable each other at once one remains', async () => {
    const one = await signInAdministrator(county, 'system', 'rival-one')
    const other = await signInAdministrator(county, 'system', 'rival-other')
    await county.db.pool.query(
      "UPDATE accounts SET disabled_at = now() WHERE administrator = 'system' AND username NOT LIKE 'rival-%'",
    )
    const ids = {
      one: (await other.get('/accounts?q=rival-one')).body.rows[0].id,
      other: (await one.get('/accounts?q=rival-other')).body.rows[0].id,
    }
    const answers = await Promise.all([
      one.post(`/accounts/${ids.other}/disable`),
      other.post(`/accounts/${ids.one}/disable`),
    ])
    await county.db.pool.query(
      "UPDATE accounts SET disabled_at = NULL WHERE administrator = 'system' AND username NOT LIKE 'rival-%'",
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const { rows } = await county.db.pool.query(
      "SELECT 1 FROM accounts WHERE username IN ('rival-one', 'rival-other') AND disabled_at IS NULL",
    )
    expect(rows).toHaveLength(1)
  })
})

describe('the list', () => {
  test('pages through every account once, with the exact number, in both orders', async () => {
    for (let index = 0; index < 7; index += 1) {
      await makeAccount(county, { username: `paged-${index}` })
      if (index % 2 === 0) await county.signIn(`paged-${index}`, TEST_PASSWORD)
    }
    for (const sort of ['username', '-username', 'lastSignedInAt', '-lastSignedInAt']) {
      const seen: string[] = []
      let after = ''
      do {
        const { body } = await system.get(`/accounts?q=paged-&limit=3&sort=${sort}${after}`)
        expect(body.total).toBe(7)
        seen.push(...body.rows.map((row: { username: string }) => row.username))
        after = body.next === null ? '' : `&after=${body.next}`
      } while (after !== '')
      expect(seen.toSorted(), sort).toEqual(Array.from({ length: 7 }, (_, index) => `paged-${index}`))
    }
  })

  test('filters by state and kind, and takes a percent sign literally', async () => {
    const id = await makeAccount(county, { username: 'filtered-off' })
    await system.post(`/accounts/${id}/disable`)
    const names = async (query: string) =>
      (await system.get(`/accounts?${query}`)).body.rows.map((row: { username: string }) => row.username)
    expect(await names('state=disabled&q=filtered')).toEqual(['filtered-off'])
    expect(await names('state=active&q=filtered')).toEqual([])
    expect(await names('administrator=security&q=filtered')).toEqual([])
    expect(await names('q=%25')).toEqual([])
    expect((await system.get('/accounts?colour=red')).body).toMatchObject({
      code: 'unknown_filter',
      detail: { names: ['colour'] },
    })
  })
})

test('an account is made for a person found by name, and carries the posts of that person', async () => {
  const { rows } = await county.db.pool.query<{ id: string; name: string }>(
    `SELECT p.id, p.name FROM persons p JOIN post_holdings h ON h.person_id = p.id
     JOIN posts ON posts.id = h.post_id
     WHERE h.held_until IS NULL
       AND NOT EXISTS (SELECT FROM accounts a WHERE a.person_id = p.id) ORDER BY p.id LIMIT 1`,
  )
  const person = rows[0]
  const search = () => system.post('/accounts/persons', { text: person?.name })
  const found = (await search()).body.persons.find((one: { id: string }) => one.id === person?.id)
  expect(found.posts.length).toBeGreaterThan(0)

  const { status, body } = await create({ username: 'found.person', personId: found.id })
  expect(status).toBe(201)
  const ids = (await search()).body.persons.map((one: { id: string }) => one.id)
  expect(ids).not.toContain(found.id)
  const client = await county.signIn('found.person', body.password)
  expect((await client.get('/session')).body.posts).toHaveLength(found.posts.length)
})
