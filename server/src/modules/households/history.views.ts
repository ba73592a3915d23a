import type { HistoryEntry } from '@tiejun/contract/households/card-page.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { decodeCursor, encodeCursor } from '../../platform/lists/keyset.ts'
import { CARD_ACTIONS, isCardAction } from './audit-actions.ts'

// Reads audit_entries (of the platform): the history of a card is what the audit says of it.

interface ChangedRecord {
  type: 'household' | 'village_profile'
  id: string
  actions: string[]
  rowId?: string | undefined
}

/** Who last did one of these actions on the record (and its row); undefined when it was an import. */
export async function findLastChange(tx: Tx, { type, id, actions, rowId }: ChangedRecord) {
  let query = tx
    .selectFrom('audit_entries')
    .select(['actor_name', 'occurred_at'])
    .where('record_type', '=', type)
    .where('record_id', '=', id)
    .where('action', 'in', actions)
    .orderBy('sequence', 'desc')
    .limit(1)
  if (rowId) query = query.where(sql<boolean>`after ->> 'rowId' = ${rowId}`)
  return query.executeTakeFirst()
}

/** What imports did to the household, as entries of its history. */
export type ImportHistory = () => Promise<HistoryEntry[]>

interface AuditRow {
  sequence: number
  occurred_at: Date
  actor_name: string | null
  action: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  reason: string | null
}

type FieldChange = HistoryEntry['changes'][number]
type Stored = Record<string, unknown>

const isField = (key: string): boolean => key.includes('.')
const textOf = (stored: Stored, key: string): string | null =>
  typeof stored[key] === 'string' ? stored[key] : null
const rowsOf = (stored: Stored | null): Stored[] => (Array.isArray(stored?.['rows']) ? stored['rows'] : [])

function changesIn(before: Stored, after: Stored, rowLabel: string | null): FieldChange[] {
  return Object.keys(after)
    .filter(isField)
    .map((field) => ({ field, rowLabel, before: before[field] ?? null, after: after[field] ?? null }))
}

function presentEntry(row: AuditRow): HistoryEntry {
  const before = row.before ?? {}
  const after = row.after ?? {}
  const meaning = isCardAction(row.action)
    ? CARD_ACTIONS[row.action]
    : ({ action: 'changed', section: null } as const)
  const earlierRows = new Map(rowsOf(row.before).map((one) => [one['rowId'], one]))
  const several = rowsOf(row.after).flatMap((one) =>
    changesIn(earlierRows.get(one['rowId']) ?? {}, one, textOf(one, 'rowLabel')),
  )
  return {
    id: String(row.sequence),
    occurredAt: row.occurred_at.toISOString(),
    actorName: row.actor_name,
    ...meaning,
    rowLabel: textOf(after, 'rowLabel'),
    importId: null,
    reason: row.reason,
    changes: [...changesIn(before, after, null), ...several],
  }
}

const ofHousehold = (householdId: string) => sql`record_type = 'household' AND record_id = ${householdId}`

async function readEntries(tx: Tx, householdId: string, limit: number, cursor: Cursor | undefined) {
  const later = cursor
    ? sql`AND (occurred_at, sequence) < (${cursor.occurredAt}::timestamptz, ${cursor.sequence}::bigint)`
    : sql``
  const { rows } = await sql<AuditRow>`
    SELECT sequence, occurred_at, actor_name, action, before, after, reason FROM audit_entries
    WHERE ${ofHousehold(householdId)} ${later} ORDER BY occurred_at DESC, sequence DESC LIMIT ${limit}`.execute(
    tx,
  )
  return rows.map(presentEntry)
}

async function countEntries(tx: Tx, householdId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM audit_entries WHERE ${ofHousehold(householdId)}`.execute(tx)
  return rows[0]?.count ?? 0
}

interface Cursor {
  occurredAt: string
  sequence: number
}

function cursorOf(after: string | undefined): Cursor | undefined {
  if (!after) return undefined
  const [occurredAt, sequence] = decodeCursor(after, 2)
  return { occurredAt: String(occurredAt), sequence: Number(sequence) }
}

/** Entries of imports have no place in the audit's sequence of the card: at one instant they come last. */
const placeOf = (entry: HistoryEntry): Cursor => ({
  occurredAt: entry.occurredAt,
  sequence: entry.importId === null ? Number(entry.id) : 0,
})

const latestFirst = (a: HistoryEntry, b: HistoryEntry): number =>
  Date.parse(b.occurredAt) - Date.parse(a.occurredAt) || placeOf(b).sequence - placeOf(a).sequence

const isAfter = (entry: HistoryEntry, cursor: Cursor): boolean => {
  const place = placeOf(entry)
  const distance = Date.parse(place.occurredAt) - Date.parse(cursor.occurredAt)
  return distance < 0 || (distance === 0 && place.sequence < cursor.sequence)
}

/** One page of a card's history, latest first: commands from the audit, merged with what imports did to the card. */
export async function readHistory(
  tx: Tx,
  householdId: string,
  { limit, after }: { limit: number; after?: string | undefined },
  importHistory: ImportHistory,
) {
  const household = await tx
    .selectFrom('households')
    .select('id')
    .where('id', '=', householdId)
    .executeTakeFirst()
  if (!household) throw new AppError('not_found')
  const cursor = cursorOf(after)
  const entries = await readEntries(tx, householdId, limit + 1, cursor)
  const imports = await importHistory()
  const laterImports = cursor ? imports.filter((entry) => isAfter(entry, cursor)) : imports
  const merged = [...entries, ...laterImports].sort(latestFirst)
  const rows = merged.slice(0, limit)
  const last = rows.at(-1)
  const { occurredAt, sequence } = last ? placeOf(last) : { occurredAt: '', sequence: 0 }
  return {
    rows,
    total: (await countEntries(tx, householdId)) + imports.length,
    next: merged.length > limit ? encodeCursor([occurredAt, sequence]) : null,
  }
}
