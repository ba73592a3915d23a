import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { createApp, type Platform } from '../server/src/app.ts'
import { openCounty } from '../server/src/commands/serve.ts'
import { locateData, startEmbedded } from '../server/src/platform/database/embedded/index.ts'
import { SESSION_COOKIE } from '../server/src/platform/sign-in/sign-in.routes.ts'

export interface BenchCounty {
  platform: Platform
  /** How to connect to the same database as its owner. */
  connection: pg.PoolConfig
  /** A GET request as one of the demo accounts, through HTTP routing, validation and serialisation. */
  get(username: string, path: string): Promise<{ status: number; body: string }>
  post(username: string, path: string, body: object): Promise<{ status: number; body: string }>
  close(): Promise<void>
}

const PASSWORD = 'Tiejun@2018'
const UNLIMITED = 1_000_000

type Request = (
  username: string,
  method: 'GET' | 'POST',
  path: string,
  payload?: object,
) => Promise<{ status: number; body: string }>

/** Sends requests as demo accounts, signing each in once. */
function requester(app: FastifyInstance): Request {
  const sessions = new Map<string, { cookie: string; csrf: string }>()
  const sessionOf = async (username: string) => {
    const known = sessions.get(username)
    if (known) return known
    const payload = { username, password: PASSWORD }
    const answer = await app.inject({ method: 'POST', url: '/api/session', payload })
    const cookie = answer.cookies.find((one) => one.name === SESSION_COOKIE)?.value ?? ''
    const session = { cookie, csrf: String(answer.json().csrfToken) }
    sessions.set(username, session)
    return session
  }
  return async (username, method, path, payload) => {
    const { cookie, csrf } = await sessionOf(username)
    const headers = { 'x-csrf-token': csrf }
    const cookies = { [SESSION_COOKIE]: cookie }
    const answer = await app.inject({ method, url: `/api${path}`, cookies, headers, payload })
    return { status: answer.statusCode, body: answer.body }
  }
}

/** A county of its own on an embedded PostgreSQL with full durability, in a folder that is removed afterwards. */
export async function openBenchCounty(onProgress: (text: string) => void): Promise<BenchCounty> {
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-bench-'))
  const asked = {
    port: 8080,
    host: '127.0.0.1',
    dataDir: folder,
    databaseUrl: undefined,
    keyFile: join(folder, 'secret.key'),
  }
  const settings = await locateData(asked)
  const embedded = await startEmbedded({ dataDir: settings.dataDir })
  const county = await openCounty(settings, { pool: embedded.pool }, onProgress)
  const app = await createApp(county.platform, {
    logLevel: false,
    requestsPerMinute: UNLIMITED,
    signInsPerMinute: UNLIMITED,
    webDirectory: undefined,
    uploadLimit: UNLIMITED,
  })
  await app.ready()

  const request = requester(app)
  return {
    platform: county.platform,
    connection: embedded.pool,
    get: (username, path) => request(username, 'GET', path),
    post: (username, path, body) => request(username, 'POST', path, body),
    close: async () => {
      await app.close()
      await county.close()
      await embedded.stop()
      await rm(folder, { recursive: true, force: true })
      if (settings.dataDir !== folder) await rm(settings.dataDir, { recursive: true, force: true })
    },
  }
}
