import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A running PostgreSQL, as its own postmaster.pid tells. */
export interface Postmaster {
  pid: number
  socketDir: string
  isReady: boolean
  isStopping: boolean
}

/** The PostgreSQL that runs on this cluster, if any; clears away the mark of one that is gone. */
export async function findPostmaster(clusterDir: string): Promise<Postmaster | undefined> {
  const pidFile = join(clusterDir, 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid < 1) return undefined
  if (!isAlive(pid)) return undefined
  if (await isSomethingElse(pid, clusterDir)) {
    // After a restart of the machine (or container) the number may be another program's; PostgreSQL would refuse.
    await rm(pidFile, { force: true })
    return undefined
  }
  const status = lines[7]?.trim()
  return { pid, socketDir: lines[4] ?? '', isReady: status === 'ready', isStopping: status === 'stopping' }
}

/** Whether the process is there, be it a zombie. */
export function isAlive(pid: number): boolean {
  return signalTo(pid, 0)
}

/** Sends a signal. False when there is no such process. One that is another user's is there. */
export function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A postmaster works in its data directory. Where the system does not say, the process is taken for one. */
async function isSomethingElse(pid: number, clusterDir: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  if (command !== undefined && !command.includes('postgres')) return true
  const [there, here] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => undefined), stat(clusterDir)])
  return there !== undefined && (there.ino !== here.ino || there.dev !== here.dev)
}
