import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'

/** How the number of records with a code changed from the end of the month before to the end of this one. */
export interface MonthlyChange {
  code: string | null
  /** Place of the month in the list asked for; earlier changes are in the first, later ones beyond the last. */
  place: number
  change: number
}

interface Counted {
  table: 'households' | 'members'
  code: RawBuilder<unknown>
  condition: RawBuilder<unknown>
}

/**
 * One query for all months: every version of a record counts from when it was known to when it no longer was, the
 * same rows the views as of an instant give. Row-level security keeps each to the reach by where it lay then.
 */
async function changesByMonth(tx: Tx, ends: readonly Date[], { table, code, condition }: Counted) {
  const { rows } = await sql<MonthlyChange>`
    WITH month_ends AS MATERIALIZED (
      -- A version known at the very end of a month is known in it.
      SELECT array_agg(ended + interval '1 microsecond' ORDER BY ended) AS ends
      FROM unnest(${ends.map((end) => end.toISOString())}::timestamptz[]) AS ended),
    steps AS (
      SELECT ${code} AS code, known_from AS at, 1 AS step FROM ${sql.table(table)} WHERE ${condition}
      UNION ALL SELECT ${code}, known_from, 1 FROM ${sql.table(`${table}_history`)} WHERE ${condition}
      UNION ALL SELECT ${code}, known_until, -1 FROM ${sql.table(`${table}_history`)} WHERE ${condition})
    SELECT code, width_bucket(at, (SELECT ends FROM month_ends)) AS place, sum(step) AS change FROM steps
    GROUP BY 1, 2`.execute(tx)
  return rows
}

/** What the register counted at the end of each month, within the reach of the transaction, as its changes. */
export const householdsByMonth = {
  households: (tx: Tx, ends: readonly Date[]): Promise<MonthlyChange[]> =>
    changesByMonth(tx, ends, { table: 'households', code: sql`NULL::text`, condition: sql`true` }),
  persons: (tx: Tx, ends: readonly Date[]): Promise<MonthlyChange[]> =>
    changesByMonth(tx, ends, {
      table: 'members',
      code: sql`NULL::text`,
      condition: sql`decrease_reason IS NULL`,
    }),
  categories: (tx: Tx, ends: readonly Date[]): Promise<MonthlyChange[]> =>
    changesByMonth(tx, ends, { table: 'households', code: sql`poor_attribute`, condition: sql`true` }),
}
