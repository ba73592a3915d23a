import { join } from 'node:path'
import type { Settings } from '../settings.ts'
import { StartupError } from '../startup-error.ts'
import { findEmbedded, findHolder, type Lock, startEmbedded, takeLock } from './embedded/index.ts'
import type { DatabaseSettings } from './pool.ts'
import { checkServer } from './server-check.ts'

/** The database of this installation, ready to be connected to. */
export interface OpenDatabase {
  database: DatabaseSettings
  /** Gives it back: stops the embedded server if it was started for us. */
  close(): Promise<void>
}

/**
 * Takes the data directory for this process alone.
 * @throws StartupError naming the URL when a server already runs on it
 */
export async function holdData(settings: Settings): Promise<Lock> {
  const taken = await takeLock(lockFileOf(settings))
  if ('lock' in taken) return taken.lock
  const { pid, url } = taken.holder
  const where = url === undefined ? `进程 ${pid}` : `${url}（进程 ${pid}）`
  throw new StartupError(
    `数据目录 ${settings.dataDir} 上已有一个实例在运行：${where}。`,
    `already running on this data directory${url === undefined ? '' : ` at ${url}`}`,
  )
}

/**
 * Opens the database for the process that holds the data directory.
 * @param onProgress told in Chinese what takes its time
 */
export async function openHeld(
  settings: Settings,
  onProgress?: (text: string) => void,
): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) {
    onProgress?.('正在连接 DATABASE_URL 指向的数据库')
    return { database: await checkServer(settings.databaseUrl), close: async () => undefined }
  }
  const server = await startEmbedded({ dataDir: settings.dataDir, onProgress })
  if (server.adopted) onProgress?.('接管了上次异常退出后仍在运行的数据库')
  return { database: { pool: server.pool }, close: server.stop }
}

/**
 * Opens the database for a command that may run beside the server: uses the embedded server the running one has
 * started, else starts it for the time of the command.
 * @throws StartupError when another process is only just starting or stopping it
 */
export async function openBeside(settings: Settings): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return openHeld(settings)
  if ((await findHolder(lockFileOf(settings))) !== undefined) {
    const pool = await findEmbedded(settings.dataDir)
    if (pool !== undefined) return { database: { pool }, close: async () => undefined }
  }
  const lock = await holdData(settings)
  try {
    const opened = await openHeld(settings)
    return { database: opened.database, close: () => opened.close().finally(lock.release) }
  } catch (error) {
    await lock.release()
    throw error
  }
}

function lockFileOf(settings: Settings): string {
  return join(settings.dataDir, 'running.json')
}
