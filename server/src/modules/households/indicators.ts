import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'

/** How many households carry one code; null for those without any. */
export interface CodeCount {
  code: string | null
  count: number
}

async function countOne(tx: Tx, query: ReturnType<typeof sql<{ count: number }>>): Promise<number> {
  const { rows } = await query.execute(tx)
  return rows[0]?.count ?? 0
}

/**
 * What the register counts, within the reach of the transaction. Each figure is the total of GET /households with the
 * filter named, persons of GET /persons; see contract/src/households/README.md for what a correction is.
 */
export const householdIndicators = {
  /** The list without filters. */
  countHouseholds: (tx: Tx) => countOne(tx, sql`SELECT count(*) AS count FROM households`),
  /** Members who have not left: GET /persons without filters, and the sum of the memberCount of the households. */
  countPersons: (tx: Tx) =>
    countOne(tx, sql`SELECT count(*) AS count FROM members WHERE decrease_reason IS NULL`),
  /** `category=<code>` */
  countByCategory: async (tx: Tx): Promise<CodeCount[]> => {
    const { rows } = await sql<CodeCount>`
      SELECT poor_attribute AS code, count(*) AS count FROM households GROUP BY 1 ORDER BY 1`.execute(tx)
    return rows
  },
  /** `cause=<code>` */
  countByCause: async (tx: Tx): Promise<CodeCount[]> => {
    const { rows } = await sql<CodeCount>`
      SELECT main_cause AS code, count(*) AS count FROM households GROUP BY 1 ORDER BY 1`.execute(tx)
    return rows
  },
  /** `corrected=yes`: cards of which a field was changed by hand after entry. */
  countCorrected: (tx: Tx) =>
    countOne(tx, sql`SELECT count(*) AS count FROM households WHERE corrected_field_count > 0`),
  /** How many field changes those were. */
  countCorrectedFields: (tx: Tx) =>
    countOne(tx, sql`SELECT coalesce(sum(corrected_field_count), 0)::bigint AS count FROM households`),
}
