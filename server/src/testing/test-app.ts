import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { createApp, type Platform } from '../app.ts'
import { stoppedClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { openPool } from '../platform/database/pool.ts'
import { SESSION_COOKIE } from '../platform/sign-in/sign-in.routes.ts'
import { vaultOf } from '../platform/personal-data/vault.ts'
import { createTestDatabase } from './databases.ts'

/** The day on which tests happen, unless they move the clock. */
const TEST_NOW = '2018-04-02T09:00:00+08:00'

/** A request of somebody signed in; answers as the browser would see them. */
export interface Client {
  request(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
}

export interface Answer {
  status: number
  // Tests look into answers of many shapes; the response schema has checked them on the way out.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
  raw: LightMyRequestResponse
}

function clientOf(app: FastifyInstance, cookies: Record<string, string>, csrfToken?: string): Client {
  const request: Client['request'] = async (method, path, body) => {
    const raw = await app.inject({
      method,
      url: `/api${path}`,
      cookies,
      headers: csrfToken ? { 'x-csrf-token': csrfToken } : {},
      ...(body !== undefined && { payload: body as object }),
    })
    const isJson = String(raw.headers['content-type']).includes('json')
    return { status: raw.statusCode, body: isJson && raw.body ? raw.json() : raw.body, raw }
  }
  return {
    request,
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
    put: (path, body) => request('PUT', path, body),
    delete: (path) => request('DELETE', path),
  }
}

/** The whole product on a database of its own, with a stopped clock; close it after the file's tests. */
export async function startTestApp() {
  const database = await createTestDatabase()
  const clock = stoppedClock(TEST_NOW)
  const pool = openPool(database.settings, 6)
  const db = await openDatabase(pool, clock)
  const vault = vaultOf(Buffer.alloc(32, 7))
  const platform: Platform = { db, clock, vault, demo: true }
  const app = await createApp(platform, {
    logLevel: false,
    requestsPerMinute: 1_000_000,
    webDirectory: undefined,
    uploadLimit: 64 * 1024 * 1024,
  })
  await app.ready()

  const signIn = async (username: string, password: string, code?: string): Promise<Client> => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username, password, code },
    })
    const cookie = answer.cookies.find((one) => one.name === SESSION_COOKIE)
    if (!cookie) throw new Error(`sign-in of ${username} was refused: ${answer.body}`)
    return clientOf(app, { [SESSION_COOKIE]: cookie.value }, answer.json().csrfToken)
  }
  return {
    ...platform,
    clock,
    app,
    signIn,
    /** A client that is not signed in. */
    nobody: clientOf(app, {}),
    close: async () => {
      await app.close()
      await db.close()
      await database.drop()
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>
