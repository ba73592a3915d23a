import { Validator } from '@seriousme/openapi-schema-validator'
import type { EndpointDefinition } from '@tiejun/contract/platform/endpoints.ts'
import { Problem } from '@tiejun/contract/platform/errors.ts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../app.ts'
import { makeAccount, TEST_PASSWORD } from '../../testing/accounts.ts'
import { listDeclaredEndpoints } from '../../testing/endpoints.ts'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'
import { exampleOf } from './examples.ts'
import type { HttpSettings } from './server.ts'

let county: TestApp
beforeAll(async () => {
  county = await startTestApp()
})
afterAll(() => county.close())

const SETTINGS: HttpSettings = {
  logLevel: false,
  requestsPerMinute: 1_000_000,
  signInsPerMinute: 1_000_000,
  webDirectory: undefined,
  uploadLimit: 1024,
}

/** A second server on the same county, with other settings. */
async function withServer(settings: Partial<HttpSettings>, use: (app: FastifyInstance) => Promise<void>) {
  const app = await createApp(county, { ...SETTINGS, ...settings })
  try {
    await use(app)
  } finally {
    await app.close()
  }
}

describe('health', () => {
  test('the process lives, the database answers and is migrated', async () => {
    expect((await county.app.inject('/healthz')).json()).toEqual({ status: 'ok' })
    expect((await county.app.inject('/readyz')).json()).toEqual({ status: 'ready' })
  })

  test('not ready while a migration is missing, but alive', async () => {
    const last = '(SELECT max(name) FROM migrations)'
    await county.db.pool.query(`UPDATE migrations SET hash = 'other ' || hash WHERE name = ${last}`)
    const answer = await county.app.inject('/readyz')
    await county.db.pool.query("UPDATE migrations SET hash = replace(hash, 'other ', '')")
    expect(answer.statusCode).toBe(503)
    expect(answer.json().code).toBe('not_ready')
    expect((await county.app.inject('/readyz')).statusCode).toBe(200)
  })
})

describe('logs', () => {
  test('carry the request id on every line and nothing anybody typed', async () => {
    const lines: string[] = []
    const secrets = ['王秀英', '41172219800101996X', encodeURIComponent('王秀英')]
    await withServer({ logLevel: 'trace', logTo: { write: (line) => lines.push(line) } }, async (app) => {
      const [name, idNumber] = secrets
      const query = `q=${encodeURIComponent(name!)}&idNumber=${idNumber}`
      await app.inject(`/api/accounts?${query}`)
      await app.inject(`/api/no-such-thing/${encodeURIComponent(name!)}?${query}`)
      await app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: name, password: idNumber },
      })
      await app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { username: [name], password: { idNumber } },
      })
      await app.inject({
        method: 'POST',
        url: '/api/session',
        payload: `{"username": "${name}`,
        headers: { 'content-type': 'application/json' },
      })
    })
    const requests = lines.filter((line) => !/Server listening/.test(line))
    expect(requests.length).toBeGreaterThanOrEqual(10)
    for (const line of requests) {
      expect(JSON.parse(line).reqId, line).toMatch(/^[\da-f-]{36}$/)
      for (const secret of secrets) expect(line).not.toContain(secret)
    }
  })

  test('an unforeseen error is logged with its place, answered with the request id, and neither says what it quoted', async () => {
    const lines: string[] = []
    const pool = county.db.pool
    const broken = {
      ...county,
      db: {
        ...county.db,
        asActor: async () => pool.query("SELECT '王秀英'::integer").then(() => undefined as never),
      },
    }
    const app = await createApp(broken, {
      ...SETTINGS,
      logLevel: 'info',
      logTo: { write: (line) => lines.push(line) },
    })
    const answer = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'x', password: 'y' },
    })
    await app.close()
    expect(answer.statusCode).toBe(500)
    const { requestId, ...problem } = answer.json()
    expect(problem).toEqual({
      type: 'urn:tiejun:problem:internal',
      title: 'internal',
      status: 500,
      code: 'internal',
    })
    const logged = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'unforeseen error')
    expect(logged).toMatchObject({ reqId: requestId, errorCode: '22P02', level: 50 })
    expect(lines.join('')).not.toContain('王秀英')
  })
})

describe('every answer', () => {
  test('forbids scripts of others, framing and guessing of types; the API is never cached', async () => {
    const { headers } = await county.app.inject('/api/session')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('that refuses is a problem document with the request id of the header', async () => {
    for (const url of ['/api/session', '/api/nothing-here', '/nothing-here']) {
      const answer = await county.app.inject(url)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(Problem.parse(answer.json()).requestId).toBe(answer.headers['x-request-id'])
    }
  })

  test('a body that is no JSON or too large is refused, not a fault', async () => {
    const headers = { 'content-type': 'application/json' }
    const post = (payload: string) =>
      county.app.inject({ method: 'POST', url: '/api/session', payload, headers })
    expect((await post('{"username":')).json()).toMatchObject({ status: 400, code: 'malformed_request' })
    expect((await post(`"${'x'.repeat(3 * 1024 * 1024)}"`)).json()).toMatchObject({
      status: 413,
      code: 'file_too_large',
    })
  })
})

describe('limits', () => {
  test('too many requests are refused with a problem document that says when to come back', async () => {
    await withServer({ requestsPerMinute: 3 }, async (app) => {
      for (let request = 0; request < 3; request += 1) {
        expect((await app.inject('/api/session')).statusCode).toBe(401)
      }
      const answer = await app.inject('/api/session')
      expect(answer.statusCode).toBe(429)
      expect(Problem.parse(answer.json()).code).toBe('too_many_requests')
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      expect((await app.inject('/healthz')).statusCode, 'whoever watches is not counted').toBe(200)
    })
  })

  test('tries to sign in are limited more narrowly than requests', async () => {
    await makeAccount(county, { username: 'limited' })
    await withServer({ signInsPerMinute: 2 }, async (app) => {
      const payload = { username: 'limited', password: TEST_PASSWORD }
      const signIn = () => app.inject({ method: 'POST', url: '/api/session', payload })
      expect((await signIn()).statusCode).toBe(201)
      expect((await signIn()).statusCode).toBe(201)
      expect((await signIn()).json().code).toBe('too_many_requests')
      expect((await app.inject('/api/session')).statusCode, 'other requests go on').toBe(401)
    })
  })
})

describe('the OpenAPI description', () => {
  const describe31 = async () => (await county.app.inject('/api/openapi.json')).json()
  const operationOf = (
    document: Awaited<ReturnType<typeof describe31>>,
    { path, method }: EndpointDefinition,
  ) => document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(await describe31())
    expect(result).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('has every request of the contract with summary, description, answers, refusals and examples', async () => {
    const document = await describe31()
    for (const { key, definition } of await listDeclaredEndpoints()) {
      const operation = operationOf(document, definition)
      expect(operation, `${key} is described`).toBeDefined()
      expect(operation.summary, key).toMatch(/\p{Script=Han}/u)
      expect(operation.description, key).not.toBe('')
      const success = Object.keys(operation.responses).find((status) => status.startsWith('2'))
      const answer = operation.responses[success ?? '']
      expect(answer?.description, `${key} says what success is`).toBeTruthy()
      for (const media of Object.values<{ example?: unknown }>(answer.content ?? {})) {
        if (typeof definition.response === 'object')
          expect(media.example, `${key} shows an answer`).toBeDefined()
      }
      if (typeof definition.body === 'object') {
        expect(
          operation.requestBody.content['application/json'].example,
          `${key} shows a request`,
        ).toBeDefined()
      }
      const refusal = operation.responses['4XX'].content['application/problem+json']
      expect(refusal, key).toMatchObject({
        schema: { $ref: '#/components/schemas/Problem' },
        example: { code: 'not_found' },
      })
    }
  })

  test('has only examples that hold against the contract', async () => {
    const faults: string[] = []
    const hold = (what: string, schema: EndpointDefinition['query'], io: 'input' | 'output') => {
      const result = schema?.safeParse(exampleOf(schema, io))
      if (result && !result.success)
        faults.push(`${what}: ${JSON.stringify(result.error.issues.slice(0, 2))}`)
    }
    for (const { key, definition } of await listDeclaredEndpoints()) {
      if (typeof definition.body === 'object') hold(`${key} body`, definition.body, 'input')
      if (typeof definition.response === 'object') hold(`${key} response`, definition.response, 'output')
      hold(`${key} query`, definition.query, 'input')
      hold(`${key} params`, definition.params, 'input')
    }
    expect(faults).toEqual([])
  })
})
