import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartupError } from '../../startup-error.ts'
import { type Account, identity } from './account.ts'
import { POSTGRES_ENVIRONMENT } from './cluster.ts'
import { findPostmaster, isAlive, type Postmaster, signalTo } from './find-postmaster.ts'

interface Launch {
  program: string
  clusterDir: string
  socketDir: string
  logFile: string
  account: Account
  /** False only for tests, whose data need not survive a power failure. */
  durable: boolean
}

const LARGEST_LOG_BYTES = 10_000_000
const PATIENCE_MS = 30_000

/**
 * Starts PostgreSQL and waits until it accepts connections; after a crash that includes its recovery.
 * @throws StartupError with the end of its log when it gives up
 */
export async function startPostmaster(launch: Launch): Promise<Postmaster> {
  const giveUpAt = Date.now() + PATIENCE_MS
  await rotateLog(launch.logFile)
  for (;;) {
    await removeSocketMarks(launch.socketDir)
    const child = spawnPostgres(launch)
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code) => resolve(`exit code ${code}`))
      child.once('error', (error) => resolve(error.message))
    })
    const outcome = await Promise.race([exited, becomeReady(launch.clusterDir, child)])
    if (typeof outcome !== 'string') return outcome
    const log = (await readFile(launch.logFile, 'utf8').catch(() => '')).slice(-1500).trim()
    // Sessions of a killed postmaster end a moment after it; until then their shared memory blocks a new one.
    const mayYetWork = log.includes('pre-existing shared memory block') && Date.now() < giveUpAt
    if (!mayYetWork) throw refused(launch.logFile, outcome, log)
    await wait(200)
  }
}

/** Stops PostgreSQL in an orderly way: sessions are ended, everything is written. Returns when it is gone. */
export async function stopPostmaster(clusterDir: string, pid: number): Promise<void> {
  // SIGINT is the "fast" shutdown; SIGQUIT, after long patience, the one that recovers at the next start.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!signalTo(pid, signal)) return
    if (await isGone(clusterDir, pid)) return
  }
}

/**
 * A killed server leaves its socket and the number beside it. While that number is a zombie's, which it stays where
 * nobody collects orphans (many containers), PostgreSQL would take it for alive. The directory is ours alone.
 */
async function removeSocketMarks(socketDir: string): Promise<void> {
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(socketDir, name), { force: true })
}

function spawnPostgres(launch: Launch): ChildProcess {
  const log = openSync(launch.logFile, 'a', 0o600)
  const args = ['-D', launch.clusterDir, ...options(launch).flatMap((option) => ['-c', option])]
  const child = spawn(launch.program, args, {
    cwd: launch.clusterDir,
    env: POSTGRES_ENVIRONMENT,
    // A file, not a pipe: it must be able to write on when we are gone.
    stdio: ['ignore', log, log],
    // Its own session: Ctrl-C is for us, we stop it when nobody needs it any more.
    detached: true,
    ...identity(launch.account),
  })
  closeSync(log)
  child.unref()
  return child
}

/** Settings for a county on two cores; what is not named here is PostgreSQL's own choice. */
function options(launch: Launch): string[] {
  return [
    'listen_addresses=',
    `unix_socket_directories=${launch.socketDir}`,
    'unix_socket_permissions=0700',
    'max_connections=60',
    'shared_buffers=256MB',
    'effective_cache_size=1GB',
    'work_mem=16MB',
    'maintenance_work_mem=256MB',
    'max_wal_size=2GB',
    'random_page_cost=1.1',
    'jit=off',
    `fsync=${launch.durable ? 'on' : 'off'}`,
    `full_page_writes=${launch.durable ? 'on' : 'off'}`,
    'log_min_messages=warning',
    // Statements, details and contexts may carry personal data, which belongs in no log.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
  ]
}

async function becomeReady(clusterDir: string, child: ChildProcess): Promise<Postmaster> {
  for (;;) {
    const found = await findPostmaster(clusterDir)
    if (found?.isReady && found.pid === child.pid) return found
    if (child.exitCode !== null || child.pid === undefined) return new Promise(() => undefined)
    await wait(10)
  }
}

async function isGone(clusterDir: string, pid: number): Promise<boolean> {
  const giveUpAt = Date.now() + PATIENCE_MS
  while (Date.now() < giveUpAt) {
    if (!isAlive(pid)) return true
    // An orphan whose new parent never collects it stays a zombie: its own file says that it has finished.
    const file = await stat(join(clusterDir, 'postmaster.pid')).catch(() => undefined)
    if (file === undefined) return true
    await wait(10)
  }
  return false
}

async function rotateLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LARGEST_LOG_BYTES) await rename(logFile, `${logFile}.1`)
}

function refused(logFile: string, outcome: string, log: string): StartupError {
  return new StartupError(
    `随附的 PostgreSQL 未能启动（${outcome}），日志 ${logFile} 的末尾是：\n${log}\n`,
    'the embedded PostgreSQL did not start; the end of its log is above',
  )
}
