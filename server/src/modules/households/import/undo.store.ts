import type { ImportEntity, UndoBlocker } from '@tiejun/contract/households/import.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { CARD_ACTIONS } from '../audit-actions.ts'
import { run } from './commit.store.ts'
import { STAGED } from './staged-records.rules.ts'

const MOST_BLOCKERS = 200
/** Who only looked has not built on the import. */
const CHANGES = Object.entries(CARD_ACTIONS).flatMap(([name, { action }]) =>
  action === 'unmasked' ? [] : [name],
)

/** Households of the import that are no longer as it left them. */
const BUILT_ON = `FROM households h
  LEFT JOIN import_changes c ON c.import_id = $1 AND c.entity = 'household' AND c.record_id = h.id
  WHERE (c.record_id IS NOT NULL AND h.version <> c.version_after)
     OR (c.record_id IS NULL AND h.import_id = $1 AND h.version <> 1)`

interface BlockerRow {
  id: string
  household_no: string
  action: string | null
  actor_name: string | null
  occurred_at: Date | null
}

/** What has been done since, by whom and when: the last change of each household, by hand or by a later import. */
export async function findBlockers(
  tx: Tx,
  importId: string,
): Promise<{ blockers: UndoBlocker[]; total: number }> {
  const { rows } = await run<BlockerRow>(
    tx,
    `SELECT h.id, h.household_no, coalesce(later.action, edit.action) AS action,
       coalesce(later.actor_name, edit.actor_name) AS actor_name, coalesce(later.occurred_at, edit.occurred_at) AS occurred_at
     FROM (SELECT h.id, h.household_no, h.version ${BUILT_ON} ORDER BY h.household_no LIMIT ${MOST_BLOCKERS}) h
     LEFT JOIN LATERAL (
       SELECT 'import.committed' AS action, i.created_by_name AS actor_name, i.committed_at AS occurred_at
       FROM import_changes n JOIN imports i ON i.id = n.import_id
       WHERE n.record_id = h.id AND n.entity = 'household' AND n.version_after = h.version AND n.import_id <> $1
       LIMIT 1) later ON true
     LEFT JOIN LATERAL (
       SELECT a.action, a.actor_name, a.occurred_at FROM audit_entries a
       WHERE a.record_type = 'household' AND a.record_id = h.id::text AND a.action = ANY ($2::text[]) ORDER BY a.sequence DESC LIMIT 1) edit ON true
     ORDER BY h.household_no`,
    [importId, CHANGES],
  )
  const counted = await run<{ total: number }>(tx, `SELECT count(*) AS total ${BUILT_ON}`, [importId])
  const blockers = rows.map((row) => ({
    householdId: row.id,
    householdNo: row.household_no,
    action: row.action,
    actorName: row.actor_name,
    occurredAt: row.occurred_at?.toISOString() ?? null,
  }))
  return { blockers, total: counted.rows[0]?.total ?? 0 }
}

/** Deletes the records the import created; answers how many. */
export async function deleteCreated(tx: Tx, importId: string, entity: ImportEntity): Promise<number> {
  const { affected } = await run(tx, `DELETE FROM ${STAGED[entity].table} WHERE import_id = $1`, [importId])
  return affected
}

async function restore(
  tx: Tx,
  importId: string,
  entity: ImportEntity,
  at: Date,
  condition: string,
): Promise<number> {
  const { table, columns } = STAGED[entity]
  const id = entity === 'livingConditions' ? 'household_id' : 'id'
  const values = columns.map(
    ({ column }) => `${column} = CASE WHEN c.after ? '${column}' THEN p.${column} ELSE r.${column} END`,
  )
  const { affected } = await run(
    tx,
    `UPDATE ${table} r SET ${values.join(', ')}, version = r.version + 1, changed_at = $2::timestamptz
       ${entity === 'household' ? ', identity_version = r.identity_version + 1, status_version = r.status_version + 1' : ''}
     FROM import_changes c, LATERAL jsonb_populate_record(NULL::${table}, c.before) p
     WHERE c.import_id = $1 AND c.entity = '${entity}' AND r.${id} = c.record_id AND ${condition}`,
    [importId, at],
  )
  return affected
}

/** Puts back what the import changed; answers how many records. */
export async function restoreChanged(
  tx: Tx,
  importId: string,
  entity: ImportEntity,
  at: Date,
): Promise<number> {
  if (entity !== 'member') return restore(tx, importId, entity, at, 'true')
  // As with the commit: who is head no longer steps down first.
  const stepsDown = "c.after->>'relation' = 'head'"
  const first = await restore(tx, importId, entity, at, stepsDown)
  return first + (await restore(tx, importId, entity, at, `(${stepsDown}) IS NOT TRUE`))
}

/** Notes of the import, of which nothing is left; those of earlier imports follow the households' new versions. */
export async function forgetChanges(tx: Tx, importId: string): Promise<void> {
  await run(
    tx,
    `UPDATE import_changes earlier SET version_after = mine.version_after + 1
     FROM import_changes mine
     WHERE mine.import_id = $1 AND mine.entity = 'household' AND earlier.entity = 'household'
       AND earlier.record_id = mine.record_id AND earlier.import_id <> $1 AND earlier.version_after = mine.version_before`,
    [importId],
  )
  await run(
    tx,
    `INSERT INTO import_changes (import_id, entity, record_id, household_id, before, after, version_before, version_after)
     SELECT h.import_id, 'household', h.id, h.id, '{}', '{}', 1, h.version
     FROM import_changes mine JOIN households h ON h.id = mine.record_id
     WHERE mine.import_id = $1 AND mine.entity = 'household' AND mine.version_before = 1 AND h.import_id IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [importId],
  )
  await run(tx, 'DELETE FROM import_changes WHERE import_id = $1', [importId])
}
