import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'

/** Units of the chart (all but villages) that exist on the day that is shown, by kind. */
export async function countUnitsByKind(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{ kind: string; count: number }>`
    SELECT kind, count(*) AS count FROM units
    WHERE kind <> 'village' AND (active_until IS NULL OR active_until >= shown_on())
      AND (active_from IS NULL OR active_from <= shown_on())
    GROUP BY kind`.execute(tx)
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}
