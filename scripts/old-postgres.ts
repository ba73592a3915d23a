import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { chooseAccount, identity } from '../server/src/platform/database/embedded/account.ts'
import { startPostmaster, stopPostmaster } from '../server/src/platform/database/embedded/postmaster.ts'

/** A private, empty PostgreSQL server for one run of the tests. */
export interface PrivateServer {
  /** For TEST_DATABASE_URL. */
  url: string
  stop(): Promise<void>
}

/**
 * Starts a server with the programs in `bin` in a temporary directory, reachable by a socket only.
 * @throws when initdb or the server fails, with what it said
 */
export async function startPrivateServer(bin: string): Promise<PrivateServer> {
  const home = await mkdtemp(join(tmpdir(), 'tiejun-old-'))
  await chmod(home, 0o711)
  const clusterDir = join(home, 'data')
  const socketDir = join(home, 'socket')
  const account = await chooseAccount(clusterDir)
  for (const directory of [clusterDir, socketDir]) {
    await mkdir(directory, { mode: 0o700 })
    if (account.uid !== undefined && account.gid !== undefined)
      await chown(directory, account.uid, account.gid)
  }
  const flags = [
    '-D',
    clusterDir,
    '-U',
    'tiejun',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--auth=trust',
    '--no-sync',
  ]
  const made = spawnSync(join(bin, 'initdb'), flags, { cwd: '/', encoding: 'utf8', ...identity(account) })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)

  const program = join(bin, 'postgres')
  const logFile = join(home, 'postgres.log')
  const server = await startPostmaster({ program, clusterDir, socketDir, logFile, account, durable: false })
  return {
    url: `postgresql://tiejun@localhost/postgres?host=${encodeURIComponent(socketDir)}`,
    stop: async () => {
      await stopPostmaster(clusterDir, server.pid)
      await rm(home, { recursive: true, force: true })
    },
  }
}
