import type { AuditEntry, AuditQuery } from '@tiejun/contract/platform/audit.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import { decodeCursor, pageOfRows } from '../lists/keyset.ts'

type Filters = Omit<AuditQuery, 'limit' | 'after'>

/** The entries that match, newest first when ordered by the caller. Days are the county's. */
function filtered(tx: Tx, { action, username, recordType, recordId, from, until }: Filters) {
  return tx
    .selectFrom('audit_entries as e')
    .$if(!!action?.length, (entries) => entries.where('e.action', 'in', action ?? []))
    .$if(username !== undefined, (entries) => entries.where('e.username', '=', username ?? ''))
    .$if(recordType !== undefined, (entries) => entries.where('e.record_type', '=', recordType ?? ''))
    .$if(recordId !== undefined, (entries) => entries.where('e.record_id', '=', recordId ?? ''))
    .$if(from !== undefined, (entries) =>
      entries.where(
        'e.occurred_at',
        '>=',
        sql<Date>`(${from}::date)::timestamp AT TIME ZONE 'Asia/Shanghai'`,
      ),
    )
    .$if(until !== undefined, (entries) =>
      entries.where(
        'e.occurred_at',
        '<',
        sql<Date>`(${until}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`,
      ),
    )
}

const withSeals = (tx: Tx, filters: Filters) =>
  filtered(tx, filters)
    .leftJoin('audit_seals as s', 's.entry_sequence', 'e.sequence')
    .select(['e.sequence', 'e.occurred_at', 'e.actor_name', 'e.username', 'e.action', 'e.record_type'])
    .select([
      'e.record_id',
      'e.record_label',
      'e.before',
      'e.after',
      'e.reason',
      'e.request_id',
      's.block_number',
    ])
    .orderBy('e.sequence', 'desc')

type Row = Awaited<ReturnType<ReturnType<typeof withSeals>['execute']>>[number]

// Written by recordAudit only, as an object or nothing.
const fieldsOf = (value: unknown) => value as AuditEntry['before']

const present = (row: Row): AuditEntry => ({
  sequence: row.sequence,
  occurredAt: row.occurred_at.toISOString(),
  actorName: row.actor_name,
  username: row.username,
  action: row.action,
  recordType: row.record_type,
  recordId: row.record_id,
  recordLabel: row.record_label,
  before: fieldsOf(row.before),
  after: fieldsOf(row.after),
  reason: row.reason,
  requestId: row.request_id,
  blockNumber: row.block_number,
})

/** One page, newest first, with the exact number of entries that match. */
export async function listEntries(tx: Tx, query: AuditQuery) {
  const cursor = query.after === undefined ? undefined : Number(decodeCursor(query.after, 1)[0])
  const { total } = await filtered(tx, query)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await withSeals(tx, query)
    .$if(cursor !== undefined, (entries) => entries.where('e.sequence', '<', cursor ?? 0))
    .limit(query.limit + 1)
    .execute()
  const { page, next } = pageOfRows(rows, query.limit, (row) => [row.sequence])
  return { rows: page.map(present), total, next }
}

const EXPORT_ROWS = 2000

/** All entries that match, in the order of the list, a batch at a time. */
export async function* eachEntry(tx: Tx, filters: Filters): AsyncGenerator<AuditEntry> {
  let before: number | undefined
  for (;;) {
    const rows = await withSeals(tx, filters)
      .$if(before !== undefined, (entries) => entries.where('e.sequence', '<', before ?? 0))
      .limit(EXPORT_ROWS)
      .execute()
    yield* rows.map(present)
    before = rows.at(-1)?.sequence
    if (rows.length < EXPORT_ROWS) return
  }
}

/** How far the audit is sealed. */
export async function readSeal(tx: Tx) {
  const { rows } = await sql<{
    blocks: number
    sealed: number
    unsealed: number
    last: Date | null
    hash: string | null
  }>`
    SELECT (SELECT count(*) FROM audit_blocks) AS blocks,
           (SELECT coalesce(sum(entry_count), 0)::bigint FROM audit_blocks) AS sealed,
           (SELECT count(*) FROM audit_entries e
             WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.entry_sequence = e.sequence)) AS unsealed,
           (SELECT sealed_at FROM audit_blocks ORDER BY number DESC LIMIT 1) AS last,
           (SELECT hash FROM audit_blocks ORDER BY number DESC LIMIT 1) AS hash`.execute(tx)
  const row = rows[0]
  return {
    blocks: row?.blocks ?? 0,
    sealedEntries: row?.sealed ?? 0,
    unsealedEntries: row?.unsealed ?? 0,
    lastSealedAt: row?.last?.toISOString() ?? null,
    lastHash: row?.hash ?? null,
  }
}
