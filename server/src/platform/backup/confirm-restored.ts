import type pg from 'pg'
import product from '../../../../package.json' with { type: 'json' }
import { recordAudit } from '../audit/record.ts'
import { sealRestored } from '../audit/seal.ts'
import { verifyAudit } from '../audit/verify.ts'
import { type Clock, stoppedClock } from '../clock/clock.ts'
import { openDatabase } from '../database/database.ts'
import { processActor, SELF } from '../permissions/actor.ts'
import { BackupError } from './backup-error.ts'
import type { FigureValue } from './backup-file.ts'
import type { OpenedBackup } from './read-backup.ts'
import { changedFigures, type FigureChange, type LoadedBackup } from './restore-backup.ts'
import { poolInside } from './transaction-pool.ts'

const RESTORE = processActor('restore')

/** 成效数字 of the database behind a pool, counted on the day of the clock. */
export type ReadFigures = (pool: pg.Pool, clock: Clock) => Promise<FigureValue[]>

/** What the last checks of a restore found. */
export interface Confirmation {
  /** Figures that a newer program counts otherwise; always empty when the backup is of this version. */
  figureChanges: FigureChange[]
  /** How many figures are as they were; null when the backup has none. */
  figuresEqual: number | null
}

/**
 * The last checks inside the transaction of a restore: the audit is what it was, the figures are what they were. Then the
 * restore itself goes into the audit, and the chain is tied to the transaction numbers of this server.
 * @throws BackupError when either differs
 */
export async function confirmRestored(
  client: pg.PoolClient,
  backup: OpenedBackup,
  loaded: LoadedBackup,
  { clock, readFigures }: { clock: Clock; readFigures: ReadFigures },
): Promise<Confirmation> {
  await compareAudit(client, loaded)
  const confirmation = await compareFigures(client, backup, loaded, readFigures)
  const { manifest, sha256 } = backup
  const { isWhole, faults } = loaded.summary.audit
  const db = await openDatabase(poolInside(client), clock)
  await db.asActor(RESTORE, SELF, async (tx) => {
    await recordAudit(tx, clock, RESTORE, {
      action: 'county.restored',
      recordType: 'county',
      recordId: manifest.county?.code,
      recordLabel: manifest.county?.name,
      after: { takenAt: manifest.takenAt, sha256, rows: loaded.summary.rows, auditFaults: faults },
    })
    // A chain that was broken stays as it was found; sealing would make forged entries look like others.
    if (isWhole) await sealRestored(tx, clock)
  })
  return confirmation
}

async function compareAudit(client: pg.PoolClient, { summary }: LoadedBackup): Promise<void> {
  const { first: _first, ...found } = await verifyAudit(poolInside(client))
  const isSame = Object.entries(summary.audit).every(
    ([name, value]) => found[name as keyof typeof found] === value, // the names are those of the summary's shape
  )
  if (isSame) return
  throw new BackupError(
    '恢复的审计链与备份时不一致，已全部撤回：请换一份备份，或联系维护人员。',
    'the restored audit is not what it was when the backup was made',
  )
}

async function compareFigures(
  client: pg.PoolClient,
  { manifest }: OpenedBackup,
  { summary, upgraded }: LoadedBackup,
  readFigures: ReadFigures,
): Promise<Confirmation> {
  if (summary.figures === null) return { figureChanges: [], figuresEqual: null }
  // Some figures depend on the day: who holds a post today.
  const figures = await readFigures(poolInside(client), stoppedClock(manifest.takenAt))
  const figureChanges = changedFigures(summary.figures, figures)
  const isSameProgram = upgraded.length === 0 && manifest.productVersion === product.version
  if (figureChanges.length === 0 || !isSameProgram) {
    return { figureChanges, figuresEqual: summary.figures.length - figureChanges.length }
  }
  const list = figureChanges.map(({ label, before, after }) => `${label} ${before} → ${after}`).join('、')
  throw new BackupError(
    `恢复后的指标与备份时不一致（${list}），已全部撤回：请换一份备份，或联系维护人员。`,
    'the figures are not what they were when the backup was made',
  )
}
