import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { locateTemporaryData } from '../../../testing/global-setup.ts'
import { findEmbedded, startEmbedded } from './index.ts'
import { clusterDirOf } from './location.ts'
import { findPostmaster } from './find-postmaster.ts'
import { stopPostmaster } from './postmaster.ts'

// The programs are unpacked once for all clusters of this file; each test has a data directory of its own below.
let home: string
let dataDir: string

beforeAll(async () => {
  home = (await locateTemporaryData()).dataDir
})

beforeEach(async () => {
  dataDir = await mkdtemp(join(home, 'data-'))
  await chmod(dataDir, 0o711)
})

afterEach(async () => {
  const running = await findPostmaster(clusterDirOf(dataDir))
  if (running !== undefined) await stopPostmaster(clusterDirOf(dataDir), running.pid)
})

afterAll(() => rm(home, { recursive: true, force: true }))

const startHere = () => startEmbedded({ dataDir, runtimeDir: home, durable: false })

async function ask(
  config: pg.PoolConfig | undefined,
  sql: string,
): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client(config)
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end())
  return rows[0]
}

/** Starts the embedded server from another process, with hardly an environment, and kills that process. */
async function startAndKill(): Promise<void> {
  const module = JSON.stringify(join(import.meta.dirname, 'index.ts'))
  const choices = JSON.stringify({ dataDir, runtimeDir: home, durable: false })
  const script = `const { startEmbedded } = await import(${module})
    await startEmbedded(${choices})
    process.kill(process.pid, 'SIGKILL')`
  const args = ['--input-type=module', '--eval', script]
  const child = spawn(process.execPath, args, { env: { PATH: '/usr/bin:/bin' }, stdio: 'inherit' })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
}

test('a new data directory becomes a UTF-8 database with checksums that knows Chinese letters', async () => {
  const server = await startHere()

  expect(server.adopted).toBe(false)
  expect(await ask(server.pool, 'SHOW server_encoding')).toEqual({ server_encoding: 'UTF8' })
  expect(await ask(server.pool, 'SHOW data_checksums')).toEqual({ data_checksums: 'on' })
  expect(await ask(server.pool, 'SHOW listen_addresses')).toEqual({ listen_addresses: '' })
  // With a plain C locale letters outside ASCII are not letters, and trigram search finds nothing, silently.
  await ask(server.pool, 'CREATE EXTENSION pg_trgm')
  expect(await ask(server.pool, `SELECT cardinality(show_trgm('张建国')) AS count`)).toEqual({ count: 4 })
})

test('what was written is there when it is started again, and nothing runs in between', async () => {
  const first = await startHere()
  await ask(first.pool, `CREATE TABLE kept AS SELECT '上蔡' AS place`)
  await first.stop()
  expect(await findPostmaster(clusterDirOf(dataDir))).toBeUndefined()
  await expect(ask(first.pool, 'SELECT 1')).rejects.toThrow()

  const second = await startHere()
  expect(second.adopted).toBe(false)
  expect(await ask(second.pool, 'SELECT place FROM kept')).toEqual({ place: '上蔡' })
})

test('a server left over by a killed process, started without LANG, is adopted and can be stopped', async () => {
  await startAndKill()
  const orphan = await findPostmaster(clusterDirOf(dataDir))

  const server = await startHere()

  expect(server.adopted).toBe(true)
  expect((await findPostmaster(clusterDirOf(dataDir)))?.pid).toBe(orphan?.pid)
  expect(await ask(server.pool, 'SHOW server_encoding')).toEqual({ server_encoding: 'UTF8' })
  await server.stop()
  expect(await findPostmaster(clusterDirOf(dataDir))).toBeUndefined()
})

test('a server killed together with everything else recovers what was committed', async () => {
  const first = await startHere()
  await ask(first.pool, `CREATE TABLE kept AS SELECT '上蔡' AS place`)
  const running = await findPostmaster(clusterDirOf(dataDir))
  process.kill(running?.pid ?? 0, 'SIGKILL')

  const second = await startHere()

  expect(await ask(second.pool, 'SELECT place FROM kept')).toEqual({ place: '上蔡' })
})

test.each([
  ['another program', 'sleep'],
  ['another PostgreSQL', 'postgres'],
])('the number of a server that died may meanwhile be %s: that one is left alone', async (_, argv0) => {
  const first = await startHere()
  await first.stop()
  const other = spawn('sleep', ['60'], { argv0 })
  await once(other, 'spawn')
  await writeFile(join(clusterDirOf(dataDir), 'postmaster.pid'), `${other.pid}\n${clusterDirOf(dataDir)}\n`)

  const second = await startHere()

  expect(second.adopted).toBe(false)
  expect(other.kill('SIGKILL')).toBe(true)
})

test('a data path too long for a socket gets a short private one, and a second process finds it', async () => {
  const long = join(dataDir, 'x'.repeat(100))
  const server = await startEmbedded({ dataDir: await directory(long), runtimeDir: home, durable: false })

  expect(String(server.pool.host).length).toBeLessThan(80)
  expect(await ask(await findEmbedded(long), 'SELECT 1 AS one')).toEqual({ one: 1 })
  await server.stop()
  expect(await readdir(String(server.pool.host))).toEqual([])
  await rm(String(server.pool.host), { recursive: true })
})

async function directory(path: string): Promise<string> {
  await mkdir(path, { mode: 0o711 })
  return path
}
