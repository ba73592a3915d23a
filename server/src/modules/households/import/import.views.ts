import type {
  HouseholdImport,
  HouseholdImportDetail,
  ImportColumn,
  ImportCounts,
  ImportLayout,
  ImportNormalisation,
  ImportProblemGroup,
} from '@tiejun/contract/households/import.ts'
import type { ImportListQuery } from '@tiejun/contract/households/import-endpoints.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, orderBy, pageOfRows, rowsAfter } from '../../../platform/lists/keyset.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import { allowedActions, shownStatus } from './import.rules.ts'
import type { ImportStep, KeptStatus } from './import.rules.ts'
import { DEAD_AFTER_SECONDS } from './progress.store.ts'
import type { ProgressPhase } from './progress.store.ts'

/** A row of imports with the progress of the step at work, if one is. */
export interface ImportRow {
  id: string
  account_id: string | null
  created_by_name: string | null
  file_name: string
  size_bytes: number
  status: KeptStatus
  layout: ImportLayout | null
  income_year: number | null
  counts: ImportCounts | null
  columns: ImportColumn[]
  normalisations: ImportNormalisation[]
  problem_groups: ImportProblemGroup[]
  error_count: number
  warning_count: number
  has_file_error: boolean
  failure: { code: string; params: Record<string, unknown> } | null
  committed_counts: ImportCounts | null
  left_out_households: number | null
  created_at: Date
  checked_at: Date | null
  committed_at: Date | null
  undone_at: Date | null
  step: ImportStep | null
  phase: ProgressPhase | null
  done: number | null
  total: number | null
  percent: number | null
}

const FROM = sql`FROM imports i LEFT JOIN import_progress p ON p.import_id = i.id
  AND p.heartbeat_at > clock_timestamp() - make_interval(secs => ${sql.lit(DEAD_AFTER_SECONDS)})`
const SELECT = sql`SELECT i.*, p.step, p.phase, p.done, p.total, p.percent`

export async function findImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`${SELECT} ${FROM} WHERE i.id = ${id}`.execute(tx)
  return rows[0]
}

const written = (counts: ImportCounts | null): number | null =>
  counts === null
    ? null
    : [counts.households, counts.persons, counts.livingConditions, counts.incomeYears].reduce(
        (sum, one) => sum + one.new + one.changed,
        0,
      )

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

/** An import as it is answered. */
export function presentImport(row: ImportRow, actor: Actor): HouseholdImport {
  const status = shownStatus(row.status, row.step)
  const { phase, done, total, percent } = row
  return {
    id: row.id,
    fileName: row.file_name,
    sizeBytes: row.size_bytes,
    status,
    layout: row.layout,
    incomeYear: row.income_year,
    createdBy: row.created_by_name,
    isOwn: row.account_id !== null && row.account_id === actor.accountId,
    createdAt: row.created_at.toISOString(),
    checkedAt: instant(row.checked_at),
    committedAt: instant(row.committed_at),
    undoneAt: instant(row.undone_at),
    progress: phase === null ? null : { phase, done: done ?? 0, total, percent },
    failure: row.failure,
    counts: row.counts,
    committedCounts: row.committed_counts,
    leftOutHouseholds: row.left_out_households,
    errorCount: row.error_count,
    warningCount: row.warning_count,
    allowedActions: allowedActions({
      status,
      errorCount: row.error_count,
      hasFileError: row.has_file_error,
      toWrite: written(row.counts),
      leftOut: row.left_out_households ?? 0,
    }),
  }
}

export const presentDetail = (row: ImportRow, actor: Actor): HouseholdImportDetail => ({
  ...presentImport(row, actor),
  columns: row.columns,
  normalisations: row.normalisations,
  problemGroups: row.problem_groups,
})

export async function readImports(tx: Tx, actor: Actor, query: z.output<typeof ImportListQuery>) {
  const descending = query.sort !== 'createdAt'
  const sorts = [
    { column: 'i.created_at', descending },
    { column: 'i.id', descending },
  ]
  // Whether a check is at work or has died is not a column, so the status is compared as it is shown.
  const status = sql`CASE WHEN p.step = 'check' THEN 'checking' WHEN p.step = 'commit' THEN 'committing'
    WHEN p.step = 'undo' THEN 'undoing' WHEN i.status = 'checking' THEN 'interrupted' ELSE i.status END`
  const wanted = query.status ?? []
  const filter = wanted.length > 0 ? sql`${status} = ANY (${wanted})` : sql`i.status <> 'discarded'`
  const after = query.after ? sql` AND ${rowsAfter(sorts, decodeCursor(query.after, 2))}` : sql``
  const { rows } = await sql<ImportRow>`${SELECT} ${FROM} WHERE ${filter}${after}
    ORDER BY ${orderBy(sorts)} LIMIT ${query.limit + 1}`.execute(tx)
  const counted = await sql<{ total: number }>`SELECT count(*) AS total ${FROM} WHERE ${filter}`.execute(tx)
  const { page, next } = pageOfRows(rows, query.limit, (row) => [row.created_at.toISOString(), row.id])
  return { rows: page.map((row) => presentImport(row, actor)), total: counted.rows[0]?.total ?? 0, next }
}
