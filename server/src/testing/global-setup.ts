import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { locateData, startEmbedded } from '../platform/database/embedded/index.ts'
import { clusterDirOf } from '../platform/database/embedded/location.ts'
import { findPostmaster } from '../platform/database/embedded/find-postmaster.ts'
import { stopPostmaster } from '../platform/database/embedded/postmaster.ts'
import { openPool } from '../platform/database/pool.ts'
import type { Settings } from '../platform/settings.ts'

/** What every test file is told about the PostgreSQL of this run. */
export interface TestServer {
  /** Settings of a connection that may create databases; its own database is only for that. */
  server: pg.PoolConfig
  /** The migrated, empty database that `createTestDatabase` clones. */
  template: string
  /** The same with the demo county in it: pack, people, accounts, no households. */
  countyTemplate: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

const FOLDER_PREFIX = 'tiejun-test-'

interface RunningTestServer {
  server: pg.PoolConfig
  stop(): Promise<void>
}

/**
 * Starts one PostgreSQL for the run (or takes the server that TEST_DATABASE_URL names) and migrates a template.
 * @returns what ends it again, as vitest expects
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = await startServer(process.env['TEST_DATABASE_URL'])
  const template = `tiejun_template_${process.pid}`
  const countyTemplate = `${template}_county`
  try {
    await makeTemplate(running.server, template)
    await makeCountyTemplate(running.server, template, countyTemplate)
  } catch (error) {
    await running.stop()
    throw error
  }
  project.provide('testServer', { server: running.server, template, countyTemplate })
  return async () => {
    await execute(running.server, `DROP DATABASE IF EXISTS ${countyTemplate} WITH (FORCE)`)
    await execute(running.server, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await running.stop()
  }
}

async function startServer(databaseUrl: string | undefined): Promise<RunningTestServer> {
  if (databaseUrl) return { server: { connectionString: databaseUrl }, stop: async () => undefined }
  await removeLeftovers()
  const { dataDir } = await locateTemporaryData()
  const embedded = await startEmbedded({ dataDir, durable: false })
  const stop = async () => {
    await embedded.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { server: embedded.pool, stop }
}

/** A folder for one run, where the database account can reach it. The caller removes it. */
export async function locateTemporaryData(): Promise<Settings> {
  const dataDir = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`))
  const keyFile = join(dataDir, 'secret.key')
  return locateData({ port: 8080, host: '127.0.0.1', dataDir, databaseUrl: undefined, keyFile })
}

/** A run that was killed leaves its PostgreSQL running, in a folder that carries the number of the run's process. */
async function removeLeftovers(): Promise<void> {
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX))
  for (const name of folders) {
    const pid = Number(name.slice(FOLDER_PREFIX.length).split('-')[0])
    const folder = join(tmpdir(), name)
    // Another user's runs are not ours to clear away.
    if (isAlive(pid) || (await stat(folder)).uid !== process.getuid?.()) continue
    const orphan = await findPostmaster(clusterDirOf(folder))
    if (orphan !== undefined) await stopPostmaster(clusterDirOf(folder), orphan.pid)
    await rm(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function makeTemplate(server: pg.PoolConfig, template: string): Promise<void> {
  await execute(server, `CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`)
  // Loaded here, so that a fault in a migration is reported as one.
  const { migrate } = await import('../platform/database/migrate.ts')
  const pool = openPool({ pool: onDatabase(server, template) }, 2)
  try {
    await migrate(pool)
  } finally {
    await pool.end()
  }
  await closeToConnections(server, template)
}

/** The county that most tests work in, installed once: every test file clones it. */
async function makeCountyTemplate(server: pg.PoolConfig, empty: string, template: string): Promise<void> {
  await execute(server, `CREATE DATABASE ${template} TEMPLATE ${empty}`)
  const { installTestCounty } = await import('./test-county.ts')
  await installTestCounty({ pool: onDatabase(server, template) })
  await closeToConnections(server, template)
}

/** Nobody, not even autovacuum, may hold a template open: a database in use cannot be cloned. */
const closeToConnections = (server: pg.PoolConfig, database: string) =>
  execute(server, `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`)

/** The same server, another database. */
export function onDatabase(server: pg.PoolConfig, database: string): pg.PoolConfig {
  if (server.connectionString === undefined) return { ...server, database }
  const url = new URL(server.connectionString)
  url.pathname = `/${database}`
  return { ...server, connectionString: url.toString() }
}

/** Runs one statement on a connection of its own; CREATE and DROP DATABASE cannot run inside a transaction. */
export async function execute(server: pg.PoolConfig, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
