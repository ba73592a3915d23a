import type { Writable } from 'node:stream'
import type { AuditEntry, AuditQuery } from '@tiejun/contract/platform/audit.ts'
import type { ExportFormat } from '@tiejun/contract/platform/lists.ts'
import type { Clock } from '../clock/clock.ts'
import type { Database } from '../database/database.ts'
import type { Actor } from '../permissions/actor.ts'
import { writeCsv, writeWorkbook } from '../workbooks/index.ts'
import { eachEntry, listEntries, readSeal } from './audit.views.ts'
import { recordAudit } from './record.ts'

const VIEW = 'audit.view'

/** The columns of the exported file, in the order of the list. */
const COLUMNS: { header: string; width: number; of: (entry: AuditEntry) => string | number | null }[] = [
  { header: '序号', width: 10, of: (entry) => entry.sequence },
  { header: '时间', width: 26, of: (entry) => entry.occurredAt },
  { header: '姓名', width: 14, of: (entry) => entry.actorName },
  { header: '用户名', width: 16, of: (entry) => entry.username },
  { header: '操作', width: 28, of: (entry) => entry.action },
  { header: '记录类别', width: 16, of: (entry) => entry.recordType },
  { header: '记录', width: 24, of: (entry) => entry.recordLabel ?? entry.recordId },
  { header: '改前', width: 40, of: (entry) => entry.before && JSON.stringify(entry.before) },
  { header: '改后', width: 40, of: (entry) => entry.after && JSON.stringify(entry.after) },
  { header: '原因', width: 24, of: (entry) => entry.reason },
  { header: '请求编号', width: 38, of: (entry) => entry.requestId },
  { header: '区块', width: 8, of: (entry) => entry.blockNumber },
]

type Cells = (string | number | null)[]

/** Filters of an export as the audit keeps them: names of the filters and their values, without the empty ones. */
const usedFilters = (filters: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))

/** 审计查询: the requests of the audit administrator. */
export function auditService({ db, clock }: { db: Database; clock: Clock }) {
  return {
    list: (actor: Actor, query: AuditQuery) => db.asReader(actor, VIEW, (tx) => listEntries(tx, query)),
    seal: (actor: Actor) => db.asReader(actor, VIEW, readSeal),

    /** Writes what the list shows, all pages, into `out`, which it ends; the export is itself audited first. */
    export: async (
      actor: Actor,
      { format, ...filters }: Omit<AuditQuery, 'limit' | 'after'> & { format: ExportFormat },
      out: Writable,
    ): Promise<void> => {
      await db.asActor(actor, VIEW, (tx) =>
        recordAudit(tx, clock, actor, {
          action: 'audit.exported',
          recordType: 'audit',
          after: { format, ...usedFilters(filters) },
        }),
      )
      await db.asReader(actor, VIEW, async (tx) => {
        async function* rows(): AsyncGenerator<Cells> {
          for await (const entry of eachEntry(tx, filters)) yield COLUMNS.map(({ of }) => of(entry))
        }
        async function* withHeader(): AsyncGenerator<Cells> {
          yield COLUMNS.map(({ header }) => header)
          yield* rows()
        }
        if (format === 'csv') return writeCsv(withHeader(), out)
        const columns = COLUMNS.map(({ header, width }) => ({ header, width, kind: 'text' as const }))
        await writeWorkbook({ sheets: [{ name: '审计记录', columns, rows: rows() }] }, out)
      })
    },
  }
}

export type AuditService = ReturnType<typeof auditService>
