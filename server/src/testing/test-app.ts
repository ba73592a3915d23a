import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { createApp, type Platform } from '../app.ts'
import { readPosts } from '../modules/organisation/index.ts'
import { stoppedClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { openPool } from '../platform/database/pool.ts'
import { processActor } from '../platform/permissions/actor.ts'
import { sessionKeeper } from '../platform/sign-in/sessions.ts'
import { SESSION_COOKIE } from '../platform/sign-in/sign-in.routes.ts'
import { vaultOf } from '../platform/personal-data/vault.ts'
import { createTestDatabase } from './databases.ts'
import { TEST_NOW } from './test-county.ts'

/** A request of somebody signed in; answers as the browser would see them. */
export interface Client {
  request(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  /** Sends bytes as they are, for multipart bodies. */
  upload(path: string, body: { type: string; bytes: Buffer }): Promise<Answer>
}

export interface Answer {
  status: number
  // Tests look into answers of many shapes; the response schema has checked them on the way out.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
  raw: LightMyRequestResponse
}

function clientOf(app: FastifyInstance, cookies: Record<string, string>, csrfToken?: string): Client {
  const csrf = csrfToken ? { 'x-csrf-token': csrfToken } : {}
  const answerOf = (raw: LightMyRequestResponse): Answer => {
    const isJson = String(raw.headers['content-type']).includes('json')
    return { status: raw.statusCode, body: isJson && raw.body ? raw.json() : raw.body, raw }
  }
  const request: Client['request'] = async (method, path, body) =>
    answerOf(
      await app.inject({
        method,
        url: `/api${path}`,
        cookies,
        headers: csrf,
        ...(body !== undefined && { payload: body as object }),
      }),
    )
  return {
    request,
    upload: async (path, { type, bytes }) => {
      const headers = { ...csrf, 'content-type': type }
      return answerOf(
        await app.inject({ method: 'POST', url: `/api${path}`, cookies, headers, payload: bytes }),
      )
    },
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
    put: (path, body) => request('PUT', path, body),
    delete: (path) => request('DELETE', path),
  }
}

/** Signs in without a password: tests of what somebody may do need not wait for argon2id. */
function sessionOpener({ db, clock }: Platform, app: FastifyInstance) {
  const sessions = sessionKeeper(db, clock, readPosts, true)
  return (username: string): Promise<Client> =>
    db.asActor(processActor('test'), 'test', async (tx) => {
      const account = await tx
        .updateTable('accounts')
        // Otherwise an administrator would first owe the enrolment of a second factor.
        .set((column) => ({
          must_change_password: false,
          second_factor_confirmed_at: column.fn.coalesce(
            'second_factor_confirmed_at',
            column.val(clock.now()),
          ),
        }))
        .where('username', '=', username)
        .returning('id')
        .executeTakeFirstOrThrow(() => new Error(`the demo county has no account ${username}`))
      const token = await sessions.start(tx, account.id)
      const session = await tx
        .selectFrom('sessions')
        .select('csrf_token')
        .where('account_id', '=', account.id)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
      return clientOf(app, { [SESSION_COOKIE]: token }, session.csrf_token)
    })
}

/**
 * The whole product on a database of its own, with a stopped clock; close it after the file's tests.
 * @param county 'demo' is the demo county without households; 'empty' has only the tables
 */
export async function startTestApp(county: 'demo' | 'empty' = 'demo') {
  const database = await createTestDatabase(county)
  const clock = stoppedClock(TEST_NOW)
  const pool = openPool(database.settings, 6)
  const db = await openDatabase(pool, clock)
  const vault = vaultOf(Buffer.alloc(32, 7))
  const platform: Platform = { db, clock, vault, demo: true }
  const app = await createApp(platform, {
    logLevel: false,
    requestsPerMinute: 1_000_000,
    signInsPerMinute: 1_000_000,
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
    /** A client signed in as that account of the demo county: director, clerk, township, audit-admin … */
    as: sessionOpener(platform, app),
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
