import type pg from 'pg'
import type { AreaRange } from '../../../platform/permissions/actor.ts'
import type { KnownHousehold } from './check-context.ts'
import type { SheetColumns } from './sheet-columns.ts'

/** The households of the registry by their number; some 30 MB for a county of 100,000. */
export async function readRegistry(client: pg.Client): Promise<Map<string, KnownHousehold>> {
  const { rows } = await client.query<[string, string, string, number]>({
    text: 'SELECT household_no, id, village_code, version FROM households',
    rowMode: 'array',
  })
  return new Map(rows.map(([no, id, villageCode, version]) => [no, { id, villageCode, version }]))
}

const STAGED = [
  'import_households',
  'import_living_conditions',
  'import_members',
  'import_income_years',
  'import_member_matches',
  'import_faulty_households',
] as const

/** Empties the staging of an import. */
export async function clearStaging(client: pg.ClientBase, importId: string): Promise<void> {
  for (const table of STAGED) await client.query(`DELETE FROM ${table} WHERE import_id = $1`, [importId])
}

/** From so many rows on whole tables are joined; below, looking rows up one by one is quick whatever is believed of them. */
export const MANY_ROWS = 5000

/**
 * Tables filled a moment ago have no statistics, or those autovacuum took while they were empty; the planner would then
 * join 350,000 rows by nested loops. Only what is joined by is analysed: all columns would take longer than the joins.
 */
export async function analyseStaging(client: pg.ClientBase, rows: number): Promise<void> {
  if (rows < MANY_ROWS) return
  await client.query('SET enable_nestloop = off')
  await client.query(`ANALYZE import_households (import_id, id, household_no),
    import_living_conditions (import_id, household_id), import_income_years (import_id, household_id, year),
    import_members (import_id, household_id, person_no, id_no_hash)`)
}

/** A person is found again by the person number, else by the ID number, else by the place in the household. */
export async function matchMembers(client: pg.ClientBase, importId: string): Promise<void> {
  await client.query(
    `INSERT INTO import_member_matches (import_id, row_no, member_id)
     SELECT s.import_id, s.row_no, m.id
     FROM import_members s JOIN members m ON m.person_no = s.person_no AND m.household_id = s.household_id
     WHERE s.import_id = $1`,
    [importId],
  )
  await client.query(
    `INSERT INTO import_member_matches (import_id, row_no, member_id)
     SELECT DISTINCT ON (s.row_no) s.import_id, s.row_no, m.id
     FROM import_members s JOIN members m ON m.household_id = s.household_id AND m.id_no_hash = s.id_no_hash
     WHERE s.import_id = $1 AND (s.person_no IS NULL OR m.person_no IS NULL)
     ORDER BY s.row_no, (m.decrease_reason IS NULL) DESC, m.id
     ON CONFLICT DO NOTHING`,
    [importId],
  )
  await client.query(
    `INSERT INTO import_member_matches (import_id, row_no, member_id)
     SELECT DISTINCT ON (s.row_no) s.import_id, s.row_no, m.id
     FROM import_members s JOIN members m
       ON m.household_id = s.household_id AND m.order_in_household = s.order_in_household
     WHERE s.import_id = $1 AND s.person_no IS NULL AND s.id_no_hash IS NULL
       AND m.person_no IS NULL AND m.id_no_hash IS NULL
     ORDER BY s.row_no, m.id
     ON CONFLICT DO NOTHING`,
    [importId],
  )
}

interface MemberCheck {
  code: string
  severity: 'error' | 'warning'
  field: 'member.personNo' | 'member.idNo' | 'member.relation'
  /** SELECT of row_no, household_no, params; $1 import, $2 and $3 the bounds of the reach. */
  sql: string
}

const REACHED = `EXISTS (SELECT 1 FROM unnest($2::text[], $3::text[]) AS reach (first, last)
  WHERE o.village_code BETWEEN (reach.first COLLATE "C") AND (reach.last COLLATE "C"))`
const HOUSEHOLD_NO = `jsonb_build_object('householdNo', (SELECT household_no FROM households h WHERE h.id = o.household_id))`
const MEMBER_CHECKS: readonly MemberCheck[] = [
  {
    code: 'person_in_other_household',
    severity: 'error',
    field: 'member.personNo',
    sql: `SELECT s.row_no, s.household_no, ${HOUSEHOLD_NO} AS params
          FROM import_members s JOIN members o ON o.person_no = s.person_no AND o.household_id <> s.household_id
          WHERE s.import_id = $1 AND ${REACHED}`,
  },
  {
    code: 'person_no_taken',
    severity: 'error',
    field: 'member.personNo',
    sql: `SELECT s.row_no, s.household_no, '{}'::jsonb AS params
          FROM import_members s JOIN members o ON o.person_no = s.person_no AND o.household_id <> s.household_id
          WHERE s.import_id = $1 AND NOT ${REACHED}`,
  },
  {
    code: 'person_no_differs',
    severity: 'error',
    field: 'member.personNo',
    sql: `SELECT s.row_no, s.household_no, '{}'::jsonb AS params
          FROM import_members s JOIN members o ON o.id_no_hash = s.id_no_hash AND o.household_id = s.household_id
          WHERE s.import_id = $1 AND o.person_no <> s.person_no AND o.decrease_reason IS NULL
            AND s.decrease_reason IS NULL AND cardinality($2::text[]) = cardinality($3::text[])`,
  },
  {
    code: 'id_number_in_other_household',
    severity: 'error',
    field: 'member.idNo',
    // A household out of reach is not named, but one person cannot be in two.
    sql: `SELECT s.row_no, s.household_no, CASE WHEN ${REACHED} THEN ${HOUSEHOLD_NO} ELSE '{}'::jsonb END AS params
          FROM import_members s JOIN members o ON o.id_no_hash = s.id_no_hash AND o.household_id <> s.household_id
          WHERE s.import_id = $1 AND o.decrease_reason IS NULL AND s.decrease_reason IS NULL
            AND NOT EXISTS (SELECT 1 FROM import_member_matches leaving JOIN import_members gone
              ON gone.import_id = leaving.import_id AND gone.row_no = leaving.row_no
              WHERE leaving.import_id = s.import_id AND leaving.member_id = o.id AND gone.decrease_reason IS NOT NULL)`,
  },
  {
    code: 'id_number_differs',
    severity: 'warning',
    field: 'member.idNo',
    sql: `SELECT s.row_no, s.household_no, '{}'::jsonb AS params
          FROM import_members s
          JOIN import_member_matches x ON x.import_id = s.import_id AND x.row_no = s.row_no
          JOIN members o ON o.id = x.member_id
          WHERE s.import_id = $1 AND o.id_no_hash <> s.id_no_hash
            AND cardinality($2::text[]) = cardinality($3::text[])`,
  },
  {
    // Only households the registry knows: those new have been looked at while reading.
    code: 'heads',
    severity: 'error',
    field: 'member.relation',
    sql: `SELECT min(row_no) AS row_no, household_no,
            jsonb_build_object('count', count(*) FILTER (WHERE is_head), 'isInRegistry', true) AS params
          FROM (
            SELECT s.row_no, s.household_no,
              coalesce(s.relation, m.relation) = 'head' AND coalesce(s.decrease_reason, m.decrease_reason) IS NULL AS is_head
            FROM import_members s
            JOIN households h ON h.id = s.household_id
            LEFT JOIN import_member_matches x ON x.import_id = s.import_id AND x.row_no = s.row_no
            LEFT JOIN members m ON m.id = x.member_id
            WHERE s.import_id = $1
            UNION ALL
            SELECT NULL, f.household_no, m.relation = 'head' AND m.decrease_reason IS NULL
            FROM (SELECT DISTINCT household_id, household_no FROM import_members WHERE import_id = $1) f
            JOIN members m ON m.household_id = f.household_id
            WHERE NOT EXISTS (SELECT 1 FROM import_member_matches x
              WHERE x.import_id = $1 AND x.member_id = m.id)
          ) all_members
          WHERE cardinality($2::text[]) = cardinality($3::text[])
          GROUP BY household_no HAVING count(*) FILTER (WHERE is_head) <> 1`,
  },
]

export interface RegistryProblem {
  code: string
  field: string
  severity: 'error' | 'warning'
  row: number
  householdNo: string
  params: Record<string, unknown>
}

/** Holds the staged persons against the registry. */
export async function findMemberConflicts(
  client: pg.ClientBase,
  importId: string,
  reach: readonly AreaRange[],
): Promise<RegistryProblem[]> {
  const bounds = [reach.map(({ from }) => from), reach.map(({ to }) => to)]
  const problems: RegistryProblem[] = []
  for (const { code, severity, field, sql } of MEMBER_CHECKS) {
    const { rows } = await client.query<{
      row_no: number
      household_no: string
      params: Record<string, unknown>
    }>(sql, [importId, ...bounds])
    for (const { row_no: row, household_no: householdNo, params } of rows) {
      const named = code === 'heads' ? (Number(params['count']) === 0 ? 'no_head' : 'several_heads') : code
      problems.push({ code: named, field, severity, row, householdNo, params })
    }
  }
  return problems
}

/** Whether the registry holds anything the staged persons could meet. */
export async function hasMembers(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT 1 FROM members) AS any')
  return rows[0]?.any ?? false
}

export async function countAbsent(client: pg.ClientBase, importId: string): Promise<number> {
  const { rows } = await client.query<{ absent: number }>(
    `SELECT count(*) AS absent
     FROM (SELECT DISTINCT household_id FROM import_members WHERE import_id = $1) f
     JOIN members m ON m.household_id = f.household_id AND m.decrease_reason IS NULL
     WHERE NOT EXISTS (SELECT 1 FROM import_member_matches x WHERE x.import_id = $1 AND x.member_id = m.id)`,
    [importId],
  )
  return rows[0]?.absent ?? 0
}

export const columnOf = (sheet: SheetColumns | undefined, key: string) =>
  sheet?.byKey.get(key) ?? sheet?.all.find(({ field }) => field?.key === key)
