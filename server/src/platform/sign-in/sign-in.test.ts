import { Secret } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeAt, makeAccount, TEST_PASSWORD } from '../../testing/accounts.ts'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'
import { SESSION_COOKIE } from './sign-in.routes.ts'

let county: TestApp
beforeAll(async () => {
  county = await startTestApp()
})
afterAll(() => county.close())

let count = 0
let username: string
beforeEach(() => {
  county.clock.moveTo('2018-04-02T09:00:00+08:00')
  count += 1
  username = `clerk${count}`
})

const tryWith = (password: string, code?: string, name = username) =>
  county.nobody.post('/session', { username: name, password, code })
const audited = async (name: string) => {
  const { rows } = await county.db.pool.query<{ action: string }>(
    'SELECT action FROM audit_entries WHERE record_label = $1 ORDER BY sequence',
    [name],
  )
  return rows.map((row) => row.action)
}

describe('signing in', () => {
  test('the right password opens a session that says who one is', async () => {
    await makeAccount(county, { username })
    const answer = await tryWith(TEST_PASSWORD)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ username, duty: null, administrator: null, actions: [], demo: true })
    expect(await audited(username)).toEqual(['session.started'])
  })

  test('upper-case letters in the user name make no difference', async () => {
    await makeAccount(county, { username })
    expect((await tryWith(TEST_PASSWORD, undefined, username.toUpperCase())).status).toBe(201)
  })

  test('the cookie is out of reach of scripts and other sites, and holds no session id of the database', async () => {
    await makeAccount(county, { username })
    const { raw } = await tryWith(TEST_PASSWORD)
    const cookie = raw.cookies.find(({ name }) => name === SESSION_COOKIE)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    const { rows } = await county.db.pool.query<{ hash: string }>(
      "SELECT encode(token_hash, 'hex') AS hash FROM sessions",
    )
    expect(cookie!.value.length).toBeGreaterThan(40)
    expect(JSON.stringify(rows)).not.toContain(cookie!.value)
  })

  test('a wrong password and an unknown name are answered alike', async () => {
    await makeAccount(county, { username })
    const wrong = await tryWith('Wrong@2018x')
    const unknown = await tryWith('Wrong@2018x', undefined, 'nobody-here')
    expect(wrong.status).toBe(401)
    const { requestId: _one, ...first } = wrong.body
    const { requestId: _other, ...second } = unknown.body
    expect(first).toEqual({
      type: 'urn:tiejun:problem:sign_in_failed',
      title: 'sign in failed',
      status: 401,
      code: 'sign_in_failed',
    })
    expect(second).toEqual(first)
  })

  test('a disabled account is answered like a wrong password, and its sessions end', async () => {
    const id = await makeAccount(county, { username })
    const client = await county.signIn(username, TEST_PASSWORD)
    await county.db.pool.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [id])
    expect((await tryWith(TEST_PASSWORD)).body.code).toBe('sign_in_failed')
    expect((await client.get('/session')).body.code).toBe('not_signed_in')
  })
})

describe('lock-out', () => {
  test('the fifth failure locks, the right password then fails too, and after 15 minutes it opens', async () => {
    await makeAccount(county, { username })
    for (let failure = 1; failure <= 5; failure += 1) {
      expect((await tryWith('Wrong@2018x')).body.code, `failure ${failure}`).toBe('sign_in_failed')
    }
    expect((await tryWith(TEST_PASSWORD)).body.code).toBe('account_locked')
    county.clock.advanceSeconds(15 * 60 - 1)
    expect((await tryWith(TEST_PASSWORD)).body.code).toBe('account_locked')
    county.clock.advanceSeconds(1)
    expect((await tryWith(TEST_PASSWORD)).status).toBe(201)
  })

  test('a success in between starts the count again', async () => {
    await makeAccount(county, { username })
    for (let round = 0; round < 2; round += 1) {
      for (let failure = 0; failure < 4; failure += 1) await tryWith('Wrong@2018x')
      expect((await tryWith(TEST_PASSWORD)).status).toBe(201)
    }
  })

  test('six tries at once count as six: the account is locked', async () => {
    await makeAccount(county, { username })
    const answers = await Promise.all(Array.from({ length: 6 }, () => tryWith('Wrong@2018x')))
    const codes = answers.map(({ body }) => body.code).sort()
    expect(codes).toEqual(['account_locked', ...Array<string>(5).fill('sign_in_failed')])
  })

  test('guessing the current password at an open screen locks as well', async () => {
    await makeAccount(county, { username })
    const client = await county.signIn(username, TEST_PASSWORD)
    const change = (currentPassword: string) =>
      client.post('/session/password', { currentPassword, newPassword: 'Shangcai#411722' })
    for (let failure = 0; failure < 5; failure += 1) await change('Wrong@2018x')
    expect((await change(TEST_PASSWORD)).body.code).toBe('account_locked')
  })
})

describe('a session', () => {
  test('ends after 30 minutes without use', async () => {
    await makeAccount(county, { username })
    const client = await county.signIn(username, TEST_PASSWORD)
    county.clock.advanceSeconds(29 * 60)
    expect((await client.get('/session')).status).toBe(200)
    county.clock.advanceSeconds(30 * 60)
    expect((await client.get('/session')).body.code).toBe('not_signed_in')
  })

  test('ends after 12 hours even in constant use', async () => {
    await makeAccount(county, { username })
    const client = await county.signIn(username, TEST_PASSWORD)
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      county.clock.advanceSeconds(20 * 60)
      expect((await client.get('/session')).status, `after ${minutes} minutes`).toBe(200)
    }
    county.clock.advanceSeconds(20 * 60)
    expect((await client.get('/session')).status).toBe(401)
  })

  test('ends when one signs out', async () => {
    await makeAccount(county, { username })
    const client = await county.signIn(username, TEST_PASSWORD)
    expect((await client.delete('/session')).status).toBe(204)
    expect((await client.get('/session')).status).toBe(401)
    expect(await audited(username)).toEqual(['session.started', 'session.ended'])
  })

  test('changes nothing without its CSRF token', async () => {
    await makeAccount(county, { username })
    const { raw } = await tryWith(TEST_PASSWORD)
    const cookies = { [SESSION_COOKIE]: raw.cookies.find(({ name }) => name === SESSION_COOKIE)!.value }
    for (const headers of [{}, { 'x-csrf-token': 'of another session' }]) {
      const answer = await county.app.inject({ method: 'DELETE', url: '/api/session', cookies, headers })
      expect(answer.json().code).toBe('csrf_token_wrong')
    }
    expect((await county.app.inject({ url: '/api/session', cookies })).statusCode).toBe(200)
  })
})

describe('passwords', () => {
  test('a first sign-in allows nothing but changing the password', async () => {
    await makeAccount(county, { username, mustChangePassword: true, administrator: 'system' })
    const client = await county.signIn(username, TEST_PASSWORD)
    expect((await client.get('/session')).body.duty).toBe('change_password')
    expect((await client.get('/accounts')).body.code).toBe('password_change_required')
    const changed = await client.post('/session/password', {
      currentPassword: TEST_PASSWORD,
      newPassword: 'Shangcai#411722',
    })
    expect(changed.body.duty).toBe('enrol_second_factor')
    expect((await client.get('/accounts')).body.code).toBe('second_factor_enrolment_required')
  })

  test('a change ends the other sessions and keeps this one; the old password is gone', async () => {
    await makeAccount(county, { username })
    const here = await county.signIn(username, TEST_PASSWORD)
    const elsewhere = await county.signIn(username, TEST_PASSWORD)
    await here.post('/session/password', { currentPassword: TEST_PASSWORD, newPassword: 'Shangcai#411722' })
    expect((await here.get('/session')).status).toBe(200)
    expect((await elsewhere.get('/session')).status).toBe(401)
    expect((await tryWith(TEST_PASSWORD)).status).toBe(401)
    expect((await tryWith('Shangcai#411722')).status).toBe(201)
  })

  test('a weak one is refused and says why', async () => {
    await makeAccount(county, { username })
    const client = await county.signIn(username, TEST_PASSWORD)
    const answer = await client.post('/session/password', {
      currentPassword: TEST_PASSWORD,
      newPassword: 'abc',
    })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({
      code: 'password_too_weak',
      detail: { problems: ['too_short', 'too_few_kinds'] },
    })
  })

  test('are stored as argon2id', async () => {
    const id = await makeAccount(county, { username })
    const { rows } = await county.db.pool.query('SELECT password_hash FROM accounts WHERE id = $1', [id])
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

describe('the second factor', () => {
  test('is bound by a first right code and asked for from then on; a code works once', async () => {
    await makeAccount(county, { username, administrator: 'audit' })
    const client = await county.signIn(username, TEST_PASSWORD)
    const offer = await client.post('/session/second-factor')
    expect(offer.body.uri).toContain(`secret=${offer.body.secret}`)
    const now = () => codeAt(offer.body.secret, county.clock.now())
    const wrong = now() === '000000' ? '111111' : '000000'
    expect((await client.put('/session/second-factor', { code: wrong })).body.code).toBe(
      'second_factor_wrong',
    )
    const confirmed = await client.put('/session/second-factor', { code: now() })
    expect(confirmed.body.duty).toBeNull()
    expect((await client.get('/audit')).status).toBe(200)

    expect((await tryWith(TEST_PASSWORD)).body.code).toBe('second_factor_required')
    expect((await tryWith(TEST_PASSWORD, now())).body.code, 'the code that was used to bind').toBe(
      'second_factor_wrong',
    )
    county.clock.advanceSeconds(30)
    const code = now()
    expect((await tryWith(TEST_PASSWORD, code)).status).toBe(201)
    expect((await tryWith(TEST_PASSWORD, code)).body.code, 'replayed').toBe('second_factor_wrong')
  })

  test('cannot be replaced by whoever holds an open session', async () => {
    const secondFactor = new Secret({ size: 20 }).base32
    await makeAccount(county, { username, administrator: 'audit', secondFactor })
    const client = await county.signIn(username, TEST_PASSWORD, codeAt(secondFactor, county.clock.now()))
    expect((await client.post('/session/second-factor')).status).toBe(409)
  })

  test('five wrong codes lock like five wrong passwords', async () => {
    const secondFactor = new Secret({ size: 20 }).base32
    await makeAccount(county, { username, administrator: 'audit', secondFactor })
    const right = codeAt(secondFactor, county.clock.now())
    const wrong = right === '000000' ? '111111' : '000000'
    for (let failure = 0; failure < 5; failure += 1) await tryWith(TEST_PASSWORD, wrong)
    expect((await tryWith(TEST_PASSWORD, right)).body.code).toBe('account_locked')
  })
})
