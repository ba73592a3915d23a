import type { HistoryEntry } from '@tiejun/contract/households/card-page.ts'
import { type CardEntity, listColumnFields } from '@tiejun/contract/households/fields.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'
import { type CardRow, maskedValues, readFrom, type Values } from './card-values.ts'
import type { Condition } from './list-conditions.ts'

// Reads the tables of the import (0007): what imports created and changed of one household.

/** Households that an import created, or of which it created or changed something. */
export const importedHouseholds = (importId: string): Condition => sql`h.id = ANY(ARRAY(
  SELECT id FROM households WHERE import_id = ${importId}
  UNION SELECT household_id FROM living_conditions WHERE import_id = ${importId}
  UNION SELECT household_id FROM members WHERE import_id = ${importId}
  UNION SELECT household_id FROM income_years WHERE import_id = ${importId}
  UNION SELECT household_id FROM import_changes WHERE import_id = ${importId}))`

interface ImportedRow {
  import_id: string
  committed_at: Date
  created_by_name: string | null
  is_new: boolean
  changes: { entity: CardEntity; before: CardRow; after: CardRow }[]
}

/** The imports within reach that created or changed the household, as entries of its history. */
export async function readImportHistory(tx: Tx, vault: Vault, householdId: string): Promise<HistoryEntry[]> {
  const { rows } = await sql<ImportedRow>`
    SELECT i.id AS import_id, i.committed_at, i.created_by_name, coalesce(i.id = h.import_id, false) AS is_new,
      coalesce(c.changes, '[]') AS changes
    FROM households h
    CROSS JOIN LATERAL (
      SELECT import_id, jsonb_agg(jsonb_build_object('entity', entity, 'before', before, 'after', after)) AS changes
      FROM import_changes WHERE household_id = h.id GROUP BY import_id
      UNION ALL SELECT h.import_id, '[]' WHERE h.import_id IS NOT NULL) c
    JOIN imports i ON i.id = c.import_id
    WHERE h.id = ${householdId} AND i.status = 'committed'`.execute(tx)
  return rows.map((row) => ({
    id: row.import_id,
    occurredAt: row.committed_at.toISOString(),
    actorName: row.created_by_name,
    action: 'imported',
    section: null,
    rowLabel: null,
    importId: row.import_id,
    reason: null,
    changes: row.changes.flatMap((change) => changesOf(vault, change)),
  }))
}

/** Changed columns as fields; sealed ones come out masked like everything else. */
function changesOf(vault: Vault, { entity, before, after }: ImportedRow['changes'][number]) {
  const fields = listColumnFields(entity)
  const read = (row: CardRow): Values => {
    const bytes = withBytes(row)
    const values = fields.map((field) => [field.name, readFrom(vault, bytes, field)])
    return maskedValues(entity, Object.fromEntries(values))
  }
  const earlier = read(before)
  const later = read(after)
  return fields
    .filter(({ name }) => JSON.stringify(earlier[name]) !== JSON.stringify(later[name]))
    .map(({ name }) => ({
      field: `${entity}.${name}`,
      rowLabel: null,
      before: earlier[name] ?? null,
      after: later[name] ?? null,
    }))
}

// jsonb writes bytea as '\x…'.
const withBytes = (row: CardRow): CardRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      column.endsWith('_sealed') && typeof value === 'string' ? Buffer.from(value.slice(2), 'hex') : value,
    ]),
  )
