import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const Holder = z.object({
  pid: z.number().int(),
  /** Tells this process from a later one with the same number; absent where the system does not say. */
  startMark: z.string().optional(),
  /** Where the running server answers, once it does. */
  url: z.string().optional(),
})

/** The process that holds a lock. */
export type Holder = z.infer<typeof Holder>

/** A lock that is ours until released, or until this process dies. */
export interface Lock {
  /** Lets a refused second process say where the running one answers. */
  announce(url: string): Promise<void>
  release(): Promise<void>
}

/**
 * Takes the lock file at `path`, also from a process that died without releasing it.
 * @returns the lock, or the living process that holds it
 */
export async function takeLock(path: string): Promise<{ lock: Lock } | { holder: Holder }> {
  const mine: Holder = { pid: process.pid, startMark: await startMarkOf(process.pid) }
  const draft = `${path}.${process.pid}`
  for (;;) {
    await writeFile(draft, JSON.stringify(mine), { mode: 0o644 })
    try {
      // A hard link appears whole or not at all, and only when nobody else's is there.
      await link(draft, path)
      return { lock: lockAt(path, mine) }
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
    } finally {
      await unlink(draft)
    }
    const holder = await readHolder(path)
    if (holder !== undefined && (await isAlive(holder))) return { holder }
    await removeStale(path, holder)
  }
}

/** The living process that holds the lock, if any. */
export async function findHolder(path: string): Promise<Holder | undefined> {
  const holder = await readHolder(path)
  return holder !== undefined && (await isAlive(holder)) ? holder : undefined
}

function lockAt(path: string, mine: Holder): Lock {
  return {
    announce: async (url) => {
      const draft = `${path}.${process.pid}`
      await writeFile(draft, JSON.stringify({ ...mine, url }), { mode: 0o644 })
      await rename(draft, path)
    },
    release: () => rm(path, { force: true }),
  }
}

/** Moves the dead process's file away, unless another process was quicker and this is already its new one. */
async function removeStale(path: string, dead: Holder | undefined): Promise<void> {
  const aside = `${path}.stale-${process.pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  const moved = await readHolder(aside)
  const isSame = moved?.pid === dead?.pid && moved?.startMark === dead?.startMark
  if (!isSame) await link(aside, path).catch(() => undefined)
  await unlink(aside)
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (hasCode(error, 'EACCES')) throw error
    // A file cut short by a power failure names nobody.
    return undefined
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    if (!hasCode(error, 'EPERM')) return false
  }
  return holder.startMark === undefined || holder.startMark === (await startMarkOf(holder.pid))
}

/**
 * Boot and start tick of a process on Linux, where process numbers are soon used again (in containers, at once).
 * A zombie has none: it does nothing any more, but stays for ever where nobody collects orphans.
 */
async function startMarkOf(pid: number): Promise<string | undefined> {
  try {
    const [bootId, line] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // The second field is the program's name in brackets and may hold spaces; the start tick is field 22.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `${bootId.trim()} ${fields[19]}`
  } catch {
    return undefined
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
