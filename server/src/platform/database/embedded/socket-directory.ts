import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartupError } from '../../startup-error.ts'
import type { Account } from './account.ts'

// The kernel allows 108 bytes for a socket's path; PostgreSQL appends "/.s.PGSQL.5432.lock" to the directory.
const LONGEST_DIRECTORY = 80

/**
 * Makes the private directory of the database's socket: who can enter it is let in without a password, so only the
 * database account (and root) may. It lies in the data directory, or under the system's temporary directory by a name
 * derived from the data directory when that path is too long for a socket.
 * @throws StartupError when somebody else already holds the temporary name
 */
export async function makeSocketDirectory(dataDir: string, account: Account): Promise<string> {
  const beside = join(dataDir, 'socket')
  const short = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const directory =
    Buffer.byteLength(beside) <= LONGEST_DIRECTORY ? beside : join(tmpdir(), `tiejun-${short}`)
  await mkdir(directory, { mode: 0o700 }).catch(ignoreExisting)

  const found = await lstat(directory)
  const expected = [account.uid ?? process.getuid?.(), process.getuid?.()]
  // In a temporary directory anybody could have made it first, even as a link to somewhere else.
  if (!found.isDirectory() || !expected.includes(found.uid)) {
    throw new StartupError(
      `目录 ${directory} 属于其他用户，数据库无法使用：请删除它，或换一个较短的 DATA_DIR。`,
      `${directory} belongs to somebody else; remove it or choose a shorter DATA_DIR`,
    )
  }
  await chmod(directory, 0o700)
  if (account.uid !== undefined && account.gid !== undefined) await chown(directory, account.uid, account.gid)
  return directory
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
