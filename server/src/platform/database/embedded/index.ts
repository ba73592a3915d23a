import { chown } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { StartupError } from '../../startup-error.ts'
import { chooseAccount } from './account.ts'
import { DATABASE_NAME, prepareCluster } from './cluster.ts'
import { clusterDirOf } from './location.ts'
import { findPostmaster, type Postmaster } from './find-postmaster.ts'
import { startPostmaster, stopPostmaster } from './postmaster.ts'
import { prepareRuntime } from './runtime.ts'
import { makeSocketDirectory } from './socket-directory.ts'

export { locateData } from './location.ts'
export { findHolder, type Lock, takeLock } from './lock.ts'

/** The embedded PostgreSQL, running. */
export interface EmbeddedServer {
  /** How a pool reaches it. */
  pool: pg.PoolConfig
  /** True when it was found running, left over by a process that was killed. */
  adopted: boolean
  /** Ends its sessions and stops it; returns when everything is on disk. */
  stop(): Promise<void>
}

const PATIENCE_MS = 60_000

interface Choices {
  /** An existing, writable folder, as `locateData` gives it. */
  dataDir: string
  /** Told in Chinese what takes its time. */
  onProgress?: (text: string) => void
  /** Where the programs are unpacked, when not in the data directory: lets many test clusters share them. */
  runtimeDir?: string
  /** False only for tests: does not wait for the disk. */
  durable?: boolean
}

/**
 * Starts the embedded PostgreSQL on a data directory, making it when it is new.
 * The caller holds the lock of the directory; a server found running there is therefore an orphan, and adopted.
 * @throws StartupError when it cannot be made, started, or is not in UTF-8
 */
export async function startEmbedded(choices: Choices): Promise<EmbeddedServer> {
  const { dataDir, onProgress = () => undefined } = choices
  const clusterDir = clusterDirOf(dataDir)
  const orphan = await settled(clusterDir)
  const postmaster = orphan ?? (await launch(choices, clusterDir, onProgress))
  const pool = connectionTo(postmaster)
  await checkDatabase(pool)
  return { pool, adopted: orphan !== undefined, stop: () => stopPostmaster(clusterDir, postmaster.pid) }
}

/** How to reach the embedded server another living process has started on the data directory, if it is ready. */
export async function findEmbedded(dataDir: string): Promise<pg.PoolConfig | undefined> {
  const postmaster = await findPostmaster(clusterDirOf(dataDir))
  return postmaster?.isReady ? connectionTo(postmaster) : undefined
}

async function launch(
  choices: Choices,
  clusterDir: string,
  onProgress: (text: string) => void,
): Promise<Postmaster> {
  const { dataDir, runtimeDir = dataDir, durable = true } = choices
  const account = await chooseAccount(clusterDir)
  onProgress('正在准备随附的 PostgreSQL 程序')
  const runtime = await prepareRuntime(runtimeDir)
  onProgress('正在准备数据库目录')
  await prepareCluster(clusterDir, runtime, account)
  const socketDir = await makeSocketDirectory(dataDir, account)
  onProgress('正在启动数据库')
  const logFile = join(dataDir, 'postgres.log')
  const files = { clusterDir, socketDir, logFile }
  const postmaster = await startPostmaster({ program: runtime.postgres, ...files, account, durable })
  if (account.uid !== undefined && account.gid !== undefined) await chown(logFile, account.uid, account.gid)
  return postmaster
}

/**
 * Waits for a server that is recovering or stopping to be the one or the other; undefined when none runs.
 * @throws StartupError when one runs but does not answer for a minute
 */
async function settled(clusterDir: string): Promise<Postmaster | undefined> {
  const giveUpAt = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await findPostmaster(clusterDir)
    if (found === undefined) return undefined
    // One killed a moment ago still has its process and its file; only an answer proves that it lives.
    if (found.isReady && (await answers(found))) return found
    if (Date.now() > giveUpAt) throw mute(found.pid)
    await wait(20)
  }
}

async function answers(postmaster: Postmaster): Promise<boolean> {
  return queryOnce({ ...connectionTo(postmaster), database: 'postgres' }, 'SELECT 1').then(
    () => true,
    () => false,
  )
}

function mute(pid: number): StartupError {
  return new StartupError(
    `数据目录上已有一个 PostgreSQL 进程（${pid}）但它没有应答：请结束该进程后重试。`,
    `PostgreSQL process ${pid} runs on the data directory but does not answer; end it and try again`,
  )
}

function connectionTo(postmaster: Postmaster): pg.PoolConfig {
  return { host: postmaster.socketDir, port: 5432, user: DATABASE_NAME, database: DATABASE_NAME }
}

async function checkDatabase(pool: pg.PoolConfig): Promise<void> {
  // Asked of "postgres", which every cluster has, because our own database may be missing.
  const { rows } = await queryOnce<{ exists: boolean }>(
    { ...pool, database: 'postgres' },
    `SELECT EXISTS (SELECT FROM pg_database WHERE datname = '${DATABASE_NAME}') AS exists`,
  )
  if (!rows[0]?.exists) await queryOnce({ ...pool, database: 'postgres' }, `CREATE DATABASE ${DATABASE_NAME}`)

  const encoding = await queryOnce<{ server_encoding: string }>(pool, 'SHOW server_encoding')
  if (encoding.rows[0]?.server_encoding === 'UTF8') return
  throw new StartupError(
    `数据库的字符编码是 ${encoding.rows[0]?.server_encoding}，应为 UTF8：请另指一个 DATA_DIR 重新建立。`,
    'the database is not in UTF-8; point DATA_DIR elsewhere to make a new one',
  )
}

async function queryOnce<Row extends pg.QueryResultRow>(config: pg.PoolConfig, sql: string) {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return await client.query<Row>(sql)
  } finally {
    await client.end()
  }
}
