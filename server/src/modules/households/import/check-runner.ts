import { Worker } from 'node:worker_threads'
import { processActor, reachOf, type Actor } from '../../../platform/permissions/actor.ts'
import { run } from './commit.store.ts'
import type { ImportMeans } from './import-means.ts'
import { connectionOf, IMPORT } from './import-means.ts'
import type { CheckOutcome, CheckTask } from './run-check.ts'
import type { AreaRow } from './villages.rules.ts'

const WORKER = new URL('./check.worker.ts', import.meta.url)
const CHECKER = processActor('household-import')
/** Rows live as long as their household is open: a larger young generation spares copying them about. */
const LIMITS = { maxYoungGenerationSizeMb: 192, maxOldGenerationSizeMb: 1024 }

export interface CheckRunner {
  /** Begins the check in a thread of its own; ends when the outcome is stored. Checks of one process follow each other. */
  start(actor: Actor, importId: string): Promise<void>
  close(): Promise<void>
}

/** The thread's outcome; a thread that dies without one counts as failed. */
function outcomeOf(worker: Worker): Promise<CheckOutcome> {
  return new Promise((resolve) => {
    worker.once('message', resolve)
    worker.once('error', (error: Error) => resolve({ kind: 'failed', name: error.name, stack: '' }))
    worker.once('exit', () => resolve({ kind: 'failed', name: 'thread ended', stack: '' }))
  })
}

export function checkRunner(means: ImportMeans): CheckRunner {
  const { db } = means
  const workers = new Set<Worker>()
  let last: Promise<void> = Promise.resolve()
  let isClosed = false

  const check = async (actor: Actor, importId: string) => {
    if (isClosed) return
    const worker = new Worker(WORKER, {
      workerData: await taskOf(means, actor, importId),
      resourceLimits: LIMITS,
    })
    workers.add(worker)
    try {
      const outcome = await outcomeOf(worker)
      if (!isClosed) await store(means, importId, outcome)
    } finally {
      workers.delete(worker)
    }
  }
  return {
    start: (actor, importId) => {
      last = last
        .then(() => check(actor, importId))
        .catch((error: unknown) => {
          if (isClosed) return
          const name = error instanceof Error ? error.name : 'unknown'
          means.onFailure({ importId, name, stack: error instanceof Error ? (error.stack ?? '') : '' })
        })
      return last
    },
    close: async () => {
      isClosed = true
      await Promise.all([...workers].map((worker) => worker.terminate()))
      await db.pool.query('SELECT 1').catch(() => undefined)
    },
  }
}

async function taskOf(means: ImportMeans, actor: Actor, importId: string): Promise<CheckTask> {
  const { db, clock, vault, vocabulary, pack } = means
  return db.asActor(CHECKER, IMPORT, async (tx) => {
    const { rows } = await run<{ file_name: string; income_year_given: number | null }>(
      tx,
      'SELECT file_name, income_year_given FROM imports WHERE id = $1',
      [importId],
    )
    const areas = await run<AreaRow>(
      tx,
      'SELECT code, name, level, parent_code AS "parentCode" FROM areas WHERE valid_until IS NULL OR valid_until >= $1',
      [clock.today()],
    )
    return {
      importId,
      fileName: rows[0]?.file_name ?? '',
      settings: connectionOf(db.pool),
      master: vault.masterForWorker(),
      vocabulary,
      telephone: pack.info.telephone,
      areas: areas.rows,
      reach: reachOf(actor, IMPORT).areas,
      today: clock.today(),
      incomeYear: rows[0]?.income_year_given ?? null,
    }
  })
}

/** Keeps what the check found; an import discarded meanwhile stays discarded. */
async function store(
  { db, clock, onFailure }: ImportMeans,
  importId: string,
  outcome: CheckOutcome,
): Promise<void> {
  await db.asActor(CHECKER, IMPORT, async (tx) => {
    await run(tx, 'DELETE FROM import_progress WHERE import_id = $1', [importId])
    if (outcome.kind === 'failed') return
    if (outcome.kind === 'cancelled') {
      await run(tx, `UPDATE imports SET status = 'cancelled' WHERE id = $1 AND status = 'checking'`, [
        importId,
      ])
      return
    }
    if (outcome.kind === 'unreadable') {
      const failure = JSON.stringify({ code: outcome.code, params: outcome.params })
      await run(
        tx,
        `UPDATE imports SET status = 'unreadable', failure = $2, checked_at = $3 WHERE id = $1 AND status = 'checking'`,
        [importId, failure, clock.now()],
      )
      return
    }
    await run(
      tx,
      `UPDATE imports SET status = 'checked', layout = $2, income_year = $3, counts = $4, columns = $5, normalisations = $6,
         problem_groups = $7, error_count = $8, warning_count = $9, has_file_error = $10, area_from = $11, area_to = $12,
         checked_at = $13, failure = NULL
       WHERE id = $1 AND status = 'checking'`,
      [
        importId,
        outcome.layout,
        outcome.incomeYear,
        JSON.stringify(outcome.counts),
        JSON.stringify(outcome.columns),
        JSON.stringify(outcome.normalisations),
        JSON.stringify(outcome.problemGroups),
        outcome.errorCount,
        outcome.warningCount,
        outcome.hasFileError,
        outcome.areaFrom,
        outcome.areaTo,
        clock.now(),
      ],
    )
  })
  if (outcome.kind === 'failed') onFailure({ importId, name: outcome.name, stack: outcome.stack })
}
