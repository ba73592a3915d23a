import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Session } from '@tiejun/contract/platform/sign-in.ts'
import { DEMO_PASSWORD } from '../modules/organisation/index.ts'
import { findEmbedded } from '../platform/database/embedded/index.ts'
import { clusterDirOf } from '../platform/database/embedded/location.ts'
import { CSRF_HEADER } from '../platform/http/guard.ts'
import type { Settings } from '../platform/settings.ts'

const PROGRAM = join(import.meta.dirname, 'product-without-web.ts')

/** The product in a process of its own, on data that stays when it is killed. */
export interface KillableProduct {
  /** Starts it, also after a kill; ready to answer when this returns. */
  start(): Promise<void>
  /** kill -9 of the server and of its PostgreSQL, the latter first or second. Returns when both are gone. */
  kill(isDatabaseFirst: boolean): Promise<void>
  /** Ctrl-C. */
  stop(): Promise<void>
  /** A client signed in once: its session outlives the kills. */
  signIn(username: string): Promise<ProductClient>
  /** How to look into the database past the product. */
  database(): ReturnType<typeof findEmbedded>
}

export interface ProductAnswer {
  status: number
  // Tests look into answers of many shapes, which the response schemas describe.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
}

/** One request; throws when the connection breaks before the answer. */
export type ProductClient = (method: string, path: string, body?: unknown) => Promise<ProductAnswer>

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

export async function killableProduct({ dataDir }: Settings): Promise<KillableProduct> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let exit: Promise<unknown> | undefined

  const start = async () => {
    const started = spawn(process.execPath, [PROGRAM], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    exit = once(started, 'exit')
    let said = ''
    started.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    while (!said.includes('铁军已启动')) {
      if (started.exitCode !== null) throw new Error(`it did not start: ${said}`)
      await wait(10)
    }
  }

  const kill = async (isDatabaseFirst: boolean) => {
    const postmaster = Number(
      (await readFile(join(clusterDirOf(dataDir), 'postmaster.pid'), 'utf8')).split('\n')[0],
    )
    const killServer = () => child?.kill('SIGKILL')
    if (!isDatabaseFirst) killServer()
    process.kill(postmaster, 'SIGKILL')
    killServer()
    await exit
  }

  const stop = async () => {
    child?.kill('SIGINT')
    await exit
  }
  return {
    start,
    kill,
    stop,
    signIn: (username) => signIn(url, username),
    database: () => findEmbedded(dataDir),
  }
}

async function signIn(url: string, username: string): Promise<ProductClient> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  })
  if (answer.status !== 201) throw new Error(`sign-in of ${username} was refused: ${await answer.text()}`)
  const session = Session.parse(await answer.json())
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return async (method, path, body) => {
    const isForm = body instanceof FormData
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        cookie,
        [CSRF_HEADER]: session.csrfToken,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text }
  }
}
