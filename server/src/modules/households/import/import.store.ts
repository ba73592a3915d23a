import { AppError } from '../../../platform/http/errors.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { run } from './commit.store.ts'
import type { ImportAction } from '@tiejun/contract/households/import.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import type { ImportStep } from './import.rules.ts'
import { findImport, presentImport } from './import.views.ts'
import type { ImportRow } from './import.views.ts'

const LOCK_NOT_AVAILABLE = '55P03'

/** The import, not locked. Out of reach is as absent. */
export async function getImport(tx: Tx, id: string): Promise<ImportRow> {
  const row = await findImport(tx, id)
  if (!row) throw new AppError('not_found')
  return row
}

/**
 * The import, locked until the transaction ends, when the action is allowed now.
 * @throws action_not_allowed with what is allowed instead, also while somebody else is at work on it
 */
export async function lockFor(
  tx: Tx,
  actor: Actor,
  id: string,
  actions: readonly ImportAction[],
): Promise<ImportRow> {
  try {
    await run(tx, 'SELECT 1 FROM imports WHERE id = $1 FOR UPDATE NOWAIT', [id])
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)
      throw new AppError('action_not_allowed', { allowed: ['cancel'] })
    throw error
  }
  const row = await getImport(tx, id)
  const { allowedActions: allowed } = presentImport(row, actor)
  if (!actions.some((action) => allowed.includes(action)))
    throw new AppError('action_not_allowed', { allowed })
  return row
}

/** Says that a step begins; the first sign of life. */
export async function beginStep(tx: Tx, importId: string, step: ImportStep, phase: string): Promise<void> {
  await run(
    tx,
    `INSERT INTO import_progress (import_id, step, phase, heartbeat_at) VALUES ($1, $2, $3, clock_timestamp())
     ON CONFLICT (import_id) DO UPDATE SET step = excluded.step, phase = excluded.phase, done = 0, total = NULL,
       percent = NULL, backend_pid = NULL, cancel_requested = false, heartbeat_at = clock_timestamp()`,
    [importId, step, phase],
  )
}
