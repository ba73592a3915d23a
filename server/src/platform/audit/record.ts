import type { Tx } from '../database/database.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Clock } from '../clock/clock.ts'

/** What one command did, for the audit. `before` and `after` carry changed fields only, sensitive values masked. */
export interface AuditNote {
  /** Past tense, e.g. household.section_edited. */
  action: string
  recordType: string
  recordId?: string | null
  recordLabel?: string | null
  /** Where the record lies, so that officials of that area can read its changes. */
  areaCode?: string | null
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
  reason?: string | null
}

/** Writes the one audit entry of a command, in the command's own transaction. */
export async function recordAudit(tx: Tx, clock: Clock, actor: Actor, note: AuditNote): Promise<void> {
  await tx
    .insertInto('audit_entries')
    .values({
      occurred_at: clock.now(),
      account_id: actor.accountId,
      username: actor.username,
      actor_name: actor.displayName,
      action: note.action,
      record_type: note.recordType,
      record_id: note.recordId ?? null,
      record_label: note.recordLabel ?? null,
      area_code: note.areaCode ?? null,
      before: note.before ? JSON.stringify(note.before) : null,
      after: note.after ? JSON.stringify(note.after) : null,
      reason: note.reason ?? null,
      request_id: actor.requestId,
    })
    .execute()
}
