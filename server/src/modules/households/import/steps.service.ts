import { setTimeout as pause } from 'node:timers/promises'
import type { HouseholdImport, ImportCounts, ImportEntity } from '@tiejun/contract/households/import.ts'
import { recordAudit } from '../../../platform/audit/record.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { AppError } from '../../../platform/http/errors.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import {
  countStaged,
  insertNew,
  lockKnownHouseholds,
  noteChanges,
  refreshStatistics,
  run,
  updateChanged,
} from './commit.store.ts'
import type { ImportMeans } from './import-means.ts'
import { connectionOf, IMPORT } from './import-means.ts'
import type { ImportStep } from './import.rules.ts'
import { dropStaging } from './import.service.ts'
import { beginStep, getImport, lockFor } from './import.store.ts'
import { MANY_ROWS } from './registry-checks.store.ts'
import type { ImportRow } from './import.views.ts'
import { presentImport } from './import.views.ts'
import type { ProgressPhase, ProgressWatch } from './progress.store.ts'
import { watchProgress } from './progress.store.ts'
import { deleteCreated, findBlockers, forgetChanges, restoreChanged } from './undo.store.ts'
import { errorCodeOf } from '../../../platform/error-code.ts'

/** Whoever asked waits so long for the end of a step, then looks at its progress instead. */
const PATIENCE_MS = 2000
const ROWS_AT_A_TIME = 20_000
/** From so many new households on, what the planner believes of their table decides how long their members take. */
const MANY_HOUSEHOLDS = 5000
const UNIQUE_VIOLATION = '23505'
const QUERY_CANCELED = '57014'

const CHILDREN: readonly ImportEntity[] = ['livingConditions', 'member', 'incomeYear']
const PHASES: Record<ImportEntity, ProgressPhase> = {
  household: 'households',
  livingConditions: 'households',
  member: 'members',
  incomeYear: 'incomeYears',
}

/** Committing and undoing: long transactions that others can watch and stop. */
export function stepsService(means: ImportMeans) {
  const { db } = means
  const present = (actor: Actor, id: string): Promise<HouseholdImport> =>
    db.asReader(actor, IMPORT, async (tx) => presentImport(await getImport(tx, id), actor))

  /** Runs the step; answers at its end or when patience does. What it refuses is thrown, or kept as `failure`. */
  const take = async (actor: Actor, id: string, step: ImportStep, work: Work): Promise<HouseholdImport> => {
    const running = watched(means, actor, id, step, work)
    const settled = running.then(
      () => 'done' as const,
      (error: unknown) => ({ error }),
    )
    const first = await Promise.race([settled, pause(PATIENCE_MS, 'waiting' as const, { ref: false })])
    if (typeof first === 'object') throw first.error
    if (first === 'waiting') void settled.then((end) => keepFailure(means, actor, id, end))
    return present(actor, id)
  }
  return {
    commit: async (actor: Actor, id: string, withoutFaulty: boolean): Promise<HouseholdImport> =>
      take(actor, id, 'commit', (tx, progress) => commit(means, tx, actor, id, withoutFaulty, progress)),
    undo: async (actor: Actor, id: string, reason: string | undefined): Promise<HouseholdImport> =>
      take(actor, id, 'undo', (tx, progress) => undo(means, tx, actor, id, reason, progress)),
  }
}

type Work = (tx: Tx, progress: ProgressWatch) => Promise<void>

/** One transaction with a progress row beside it; asking to cancel stops whatever statement is at work. */
async function watched(
  means: ImportMeans,
  actor: Actor,
  id: string,
  step: ImportStep,
  work: Work,
): Promise<void> {
  const { db } = means
  const action = step === 'commit' ? (['commit', 'commit_without_faulty'] as const) : (['undo'] as const)
  await db.asActor(actor, IMPORT, async (tx) => {
    const row = await getImport(tx, id)
    refuseWhatCannotBe(row, actor, step)
    await lockFor(tx, actor, id, action)
    await beginStep(tx, id, step, step === 'undo' ? 'undoing' : 'households')
    await run(tx, 'UPDATE imports SET failure = NULL WHERE id = $1', [id])
  })
  const progress = await watchProgress(connectionOf(db.pool), id, step === 'undo' ? 'undoing' : 'households')
  try {
    await db.asActor(actor, IMPORT, async (tx) => {
      const { rows } = await run<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid', [])
      progress.signal.addEventListener('abort', () => {
        void db.pool.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined)
      })
      progress.signal.throwIfAborted()
      await work(tx, progress)
      progress.signal.throwIfAborted()
    })
  } catch (error) {
    throw refusalOf(error, progress)
  } finally {
    await progress.end()
    await db.asActor(actor, IMPORT, (tx) => run(tx, 'DELETE FROM import_progress WHERE import_id = $1', [id]))
  }
  if (step === 'commit') await dropStaging(means, id)
}

function refusalOf(error: unknown, progress: ProgressWatch): unknown {
  if (progress.signal.aborted && (errorCodeOf(error) === QUERY_CANCELED || error === progress.signal.reason))
    return new AppError('action_not_allowed', { reason: 'cancelled' })
  // Somebody created the same household or person since the check.
  if (errorCodeOf(error) === UNIQUE_VIOLATION) return new AppError('changed_meanwhile')
  return error
}

/** Says why, where action_not_allowed alone would leave somebody guessing. */
function refuseWhatCannotBe(row: ImportRow, actor: Actor, step: ImportStep): void {
  if (step !== 'commit') return
  const { status, counts, allowedActions } = presentImport(row, actor)
  if (status !== 'checked' || counts === null) return
  if (row.has_file_error) throw problems(row)
  const records = [counts.households, counts.persons, counts.livingConditions, counts.incomeYears]
  if (records.every((one) => one.new === 0 && one.changed === 0)) {
    if (row.error_count > 0) throw problems(row)
    throw new AppError('action_not_allowed', { allowed: allowedActions, reason: 'nothing_to_change' })
  }
}

const problems = (row: ImportRow) =>
  new AppError('import_has_problems', { errorCount: row.error_count, hasFileError: row.has_file_error })

async function keepFailure(
  { db, onFailure }: ImportMeans,
  actor: Actor,
  id: string,
  end: 'done' | { error: unknown },
): Promise<void> {
  if (end === 'done') return
  const { error } = end
  const isForeseen = error instanceof AppError
  if (!isForeseen)
    onFailure({
      importId: id,
      name: error instanceof Error ? error.name : 'unknown',
      stack: error instanceof Error ? (error.stack ?? '').split('\n').slice(1).join('\n') : '',
    })
  const failure = isForeseen
    ? { code: error.code, params: error.detail ?? {} }
    : { code: 'internal', params: {} }
  await db
    .asActor(actor, IMPORT, (tx) =>
      run(tx, 'UPDATE imports SET failure = $2 WHERE id = $1', [id, JSON.stringify(failure)]),
    )
    .catch(() => undefined)
}

async function commit(
  { clock }: ImportMeans,
  tx: Tx,
  actor: Actor,
  id: string,
  withoutFaulty: boolean,
  progress: ProgressWatch,
): Promise<void> {
  const row = await findLocked(tx, id)
  const { counts } = row
  if (counts === null || row.status !== 'checked') throw new AppError('action_not_allowed', { allowed: [] })
  if (row.error_count > 0 && !withoutFaulty) throw problems(row)
  await joinWholeTables(tx, counts)
  // Staged rows are lost when the database has crashed, and outdated when a card has changed since.
  const households = await countStaged(tx, id, 'household')
  const expected = counts.households.new + counts.households.changed + counts.households.unchanged
  if (households.rows !== expected || !(await lockKnownHouseholds(tx, id)))
    throw new AppError('changed_meanwhile')
  const at = clock.now()
  await writeRecords(tx, id, at, counts, progress)
  const leftOut = counts.faultyHouseholds
  await run(
    tx,
    `UPDATE imports SET status = 'committed', committed_at = $2, committed_counts = counts, left_out_households = $3 WHERE id = $1`,
    [id, at, leftOut],
  )
  // What was left out can still be downloaded, put right and uploaded again.
  if (leftOut === 0) await run(tx, 'DELETE FROM import_file_chunks WHERE import_id = $1', [id])
  await recordAudit(tx, clock, actor, {
    action: 'import.committed',
    recordType: 'import',
    recordId: id,
    recordLabel: row.file_name,
    after: { ...summary(counts), leftOutHouseholds: leftOut },
  })
}

/** As for the dry run: statistics of the staged rows may be wrong, and nested loops over all of them take hours. */
async function joinWholeTables(tx: Tx, { rows }: ImportCounts): Promise<void> {
  if (rows >= MANY_ROWS) await run(tx, 'SET LOCAL enable_nestloop = off', [])
}

const summary = ({ households, persons }: ImportCounts) => ({
  newHouseholds: households.new,
  changedHouseholds: households.changed,
  newPersons: persons.new,
  changedPersons: persons.changed,
})

async function findLocked(tx: Tx, id: string): Promise<ImportRow> {
  await run(tx, 'SELECT 1 FROM imports WHERE id = $1 FOR UPDATE', [id])
  return getImport(tx, id)
}

async function writeRecords(
  tx: Tx,
  id: string,
  at: Date,
  counts: ImportCounts,
  progress: ProgressWatch,
): Promise<void> {
  const all =
    counts.households.rows + counts.livingConditions.rows + counts.persons.rows + counts.incomeYears.rows
  let written = 0
  const insert = async (entity: ImportEntity) => {
    const { rows, firstRow, lastRow } = await countStaged(tx, id, entity)
    if (rows === 0) return
    for (let from = firstRow; from <= lastRow; from += ROWS_AT_A_TIME) {
      written += await insertNew(tx, id, entity, at, [from, from + ROWS_AT_A_TIME - 1])
      progress.set(PHASES[entity], Math.min(from + ROWS_AT_A_TIME, lastRow), lastRow, percentOf(written, all))
    }
  }
  await insert('household')
  if (counts.households.new >= MANY_HOUSEHOLDS) await refreshStatistics(tx)
  if (counts.households.changed + counts.households.unchanged > 0) {
    // Before the inserts: a household may get its new head only when the old one has stepped down.
    for (const entity of CHILDREN) {
      if ((await noteChanges(tx, id, entity)) > 0) await updateChanged(tx, id, entity, at)
    }
  }
  for (const entity of CHILDREN) await insert(entity)
  if (counts.households.changed + counts.households.unchanged > 0) {
    if ((await noteChanges(tx, id, 'household')) > 0) await updateChanged(tx, id, 'household', at)
  }
}

const percentOf = (done: number, all: number) =>
  all === 0 ? 100 : Math.min(99, Math.floor((100 * done) / all))

async function undo(
  { clock }: ImportMeans,
  tx: Tx,
  actor: Actor,
  id: string,
  reason: string | undefined,
  progress: ProgressWatch,
): Promise<void> {
  const row = await findLocked(tx, id)
  if (row.status !== 'committed') throw new AppError('action_not_allowed', { allowed: [] })
  if (row.committed_counts) await joinWholeTables(tx, row.committed_counts)
  const blocked = await findBlockers(tx, id)
  if (blocked.total > 0) throw new AppError('undo_blocked', { ...blocked })
  const at = clock.now()
  for (const [step, entity] of CHILDREN.toReversed().entries()) {
    await deleteCreated(tx, id, entity)
    progress.set('undoing', step + 1, 7, percentOf(step + 1, 7))
  }
  const deleted = await deleteCreated(tx, id, 'household')
  for (const [step, entity] of CHILDREN.entries()) {
    await restoreChanged(tx, id, entity, at)
    progress.set('undoing', step + 5, 7, percentOf(step + 5, 7))
  }
  await restoreChanged(tx, id, 'household', at)
  // Somebody whose reach has shrunk since would undo only part of it.
  if (deleted !== row.committed_counts?.households.new) throw new AppError('forbidden', { action: IMPORT })
  await forgetChanges(tx, id)
  await run(tx, `UPDATE imports SET status = 'undone', undone_at = $2 WHERE id = $1`, [id, at])
  await run(tx, 'DELETE FROM import_file_chunks WHERE import_id = $1', [id])
  await recordAudit(tx, clock, actor, {
    action: 'import.undone',
    recordType: 'import',
    recordId: id,
    recordLabel: row.file_name,
    reason: reason ?? null,
  })
}
