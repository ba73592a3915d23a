import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { z } from 'zod'

/** The system account that runs PostgreSQL; undefined ids mean "the one we run as". */
export interface Account {
  uid: number | undefined
  gid: number | undefined
}

const OWN: Account = { uid: undefined, gid: undefined }
const CREATED_NAME = 'tiejun'

/**
 * PostgreSQL refuses to run as root. So root runs it as the owner of an existing cluster, else as the system's
 * `postgres` user, else as a user made for it, else (where users cannot be made) as `nobody`.
 * @param clusterDir the data directory of PostgreSQL, which may not exist yet
 */
export async function chooseAccount(clusterDir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return OWN
  const owner = await stat(clusterDir).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return findUser('postgres') ?? createUser() ?? findUser('nobody') ?? OWN
}

/** Whether the account may enter the directory: every directory above it must let it through too. */
export function mayEnter(account: Account, directory: string): boolean {
  // Asked of the kernel, not computed from mode bits, because of access lists and mount options.
  const script = 'cd -- "$1"'
  return spawnSync('/bin/sh', ['-c', script, 'sh', directory], identity(account)).status === 0
}

/** The options that make child_process start something as the account. */
export function identity(account: Account): { uid?: number; gid?: number } {
  if (account.uid === undefined || account.gid === undefined) return {}
  return { uid: account.uid, gid: account.gid }
}

function createUser(): Account | undefined {
  const existing = findUser(CREATED_NAME)
  if (existing !== undefined) return existing
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  spawnSync('useradd', [...options, CREATED_NAME])
  // BusyBox has adduser only; where useradd worked this changes nothing.
  if (findUser(CREATED_NAME) === undefined) spawnSync('adduser', ['-S', '-D', '-H', CREATED_NAME])
  return findUser(CREATED_NAME)
}

function findUser(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name}:`))
  const ids = z.tuple([z.coerce.number().int(), z.coerce.number().int()])
  const parsed = ids.safeParse(line?.split(':').slice(2, 4))
  return parsed.success ? { uid: parsed.data[0], gid: parsed.data[1] } : undefined
}
