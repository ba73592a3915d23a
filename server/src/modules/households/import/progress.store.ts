import pg from 'pg'
import type { ImportProgress } from '@tiejun/contract/households/import.ts'

export type ProgressPhase = ImportProgress['phase']

/** Tells others how far a step has come, and hears from them that it should stop. */
export interface ProgressWatch {
  set(phase: ProgressPhase, done: number, total: number | null, percent?: number | null): void
  /** Aborted when somebody has asked to cancel. */
  signal: AbortSignal
  end(): Promise<void>
}

const BEAT_MS = 500
/** A step without a sign of life for so long has died with its process. */
export const DEAD_AFTER_SECONDS = 15

/**
 * Keeps the progress row of an import alive, on a connection of its own: a transaction under way shows nothing to
 * others. The row must be there; whoever begins the step inserts it.
 */
export async function watchProgress(
  settings: pg.PoolConfig,
  importId: string,
  phase: ProgressPhase,
): Promise<ProgressWatch> {
  const client = new pg.Client(settings)
  client.on('error', () => undefined)
  await client.connect()
  const abort = new AbortController()
  let state = { phase, done: 0, total: null as number | null, percent: null as number | null }
  let beating: Promise<void> = Promise.resolve()
  const beat = async () => {
    const { phase: now, done, total, percent } = state
    const { rows } = await client.query<{ cancel_requested: boolean }>(
      `UPDATE import_progress
       SET phase = $2, done = $3, total = $4, percent = $5, heartbeat_at = clock_timestamp()
       WHERE import_id = $1 RETURNING cancel_requested`,
      [importId, now, done, total, percent],
    )
    // The row is gone when the import was discarded.
    if (rows[0]?.cancel_requested !== false) abort.abort(new Error('cancelled'))
  }
  const timer = setInterval(() => {
    beating = beating.then(beat).catch(() => undefined)
  }, BEAT_MS)
  return {
    set: (now, done, total, percent = null) => {
      state = { phase: now, done, total, percent }
    },
    signal: abort.signal,
    end: async () => {
      clearInterval(timer)
      await beating
      await client.end()
    },
  }
}
