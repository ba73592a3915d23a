import { chmod, mkdir, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Settings } from '../../settings.ts'
import { StartupError } from '../../startup-error.ts'
import { chooseAccount, mayEnter } from './account.ts'
import { errorCodeOf } from '../../error-code.ts'

const SYSTEM_DATA = '/var/lib/tiejun'

/**
 * Makes the data directory and sees that it can be used.
 * Root cannot let another account run the database below a private home directory such as /root; then the data lies
 * under /var/lib/tiejun, in a folder named after the path that was asked for. The caller tells the user.
 * @returns the settings with the directory that is really used
 * @throws StartupError when nothing can be written there
 */
export async function locateData(settings: Settings): Promise<Settings> {
  await makeWritable(settings.dataDir)
  if (settings.databaseUrl !== undefined || process.getuid?.() !== 0) return settings
  // Others may pass through, not look: the folders and files inside have their own permissions.
  await letThrough(settings.dataDir)
  const account = await chooseAccount(clusterDirOf(settings.dataDir))
  if (mayEnter(account, settings.dataDir)) return settings

  const dataDir = join(SYSTEM_DATA, settings.dataDir.split('/').filter(Boolean).join('-'))
  await makeWritable(dataDir)
  await letThrough(dirname(dataDir))
  await letThrough(dataDir)
  // Left where it was asked for, an empty folder would look like lost data. One with something in it stays.
  await rmdir(settings.dataDir).catch(() => undefined)
  return { ...settings, dataDir, keyFile: moved(settings, dataDir) }
}

/** Where PostgreSQL keeps its files inside the data directory. */
export function clusterDirOf(dataDir: string): string {
  return join(dataDir, 'postgres')
}

function moved(settings: Settings, dataDir: string): string {
  const inside = relative(settings.dataDir, settings.keyFile)
  return inside.startsWith('..') ? settings.keyFile : join(dataDir, inside)
}

async function makeWritable(directory: string): Promise<void> {
  const probe = join(directory, `.write-test-${process.pid}`)
  try {
    await makeDirectory(directory)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError(
      `数据目录 ${directory} 不可写：请更改其权限，或用 DATA_DIR 另指一个目录。`,
      `the data directory is not writable: ${reason}`,
    )
  }
}

/** Step by step: `mkdir` with `recursive` never returns where the system refuses, as below /proc. */
async function makeDirectory(directory: string): Promise<void> {
  const make = () => mkdir(directory, { mode: 0o700 })
  try {
    await make()
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return
    if (errorCodeOf(error) !== 'ENOENT' || dirname(directory) === directory) throw error
    await makeDirectory(dirname(directory))
    await make()
  }
}

async function letThrough(directory: string): Promise<void> {
  const { mode } = await stat(directory)
  await chmod(directory, (mode & 0o7777) | 0o111)
}
