import type { Area, AreaDetail } from '@tiejun/contract/areas/endpoints.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { type AreaRange, areaRangeOf } from '../../platform/permissions/actor.ts'

// Reads besides its own table: households and members (counts), units (the link to the unit of a division).

type CountedRow = Omit<Area, 'isWithinReach'>

/**
 * Divisions within a range of codes with what the registry counts in each and below, in one query: villages are
 * counted once, townships and the county are summed from them. Row-level security keeps the counts to the reach.
 */
async function listCounted(tx: Tx, within: AreaRange, only: AreaFilter): Promise<CountedRow[]> {
  // The planner takes the reach for a narrow range and would sort every member on disk; hashing is twice as fast.
  await sql`SELECT set_config('enable_sort', 'off', true)`.execute(tx)
  const { rows } = await sql<CountedRow>`
    WITH held AS (
      SELECT village_code, count(*) AS households FROM households
      WHERE village_code BETWEEN ${within.from} AND ${within.to} GROUP BY village_code),
    present AS (
      SELECT village_code, count(*) AS persons FROM members
      WHERE village_code BETWEEN ${within.from} AND ${within.to} AND decrease_reason IS NULL GROUP BY village_code),
    summed AS (
      SELECT rpad(prefix, 12, '0') COLLATE "C" AS code, sum(households) AS households, sum(persons) AS persons
      FROM held LEFT JOIN present USING (village_code),
           LATERAL (VALUES (village_code), (left(village_code, 9)), (left(village_code, 6))) AS level (prefix)
      GROUP BY 1)
    SELECT a.code, a.name, a.level, a.parent_code AS "parentCode",
           coalesce(s.households, 0) AS households, coalesce(s.persons, 0) AS persons
    FROM areas a LEFT JOIN summed s ON s.code = a.code
    WHERE a.code BETWEEN ${within.from} AND ${within.to} AND ${only}
    ORDER BY a.code`.execute(tx)
  return rows
}

type AreaFilter = ReturnType<typeof sql<boolean>>

/** The county and everything below it, whole: 487 rows in Shangcai, some 60 KB. */
export const listTree = (tx: Tx): Promise<CountedRow[]> =>
  listCounted(
    tx,
    { from: '000000000000', to: '999999999999' },
    sql<boolean>`a.level IN ('county', 'township', 'village')`,
  )

/** One division with those right below it; the division comes first. Empty when the code is unknown. */
export const listWithChildren = (tx: Tx, code: string): Promise<CountedRow[]> =>
  listCounted(tx, areaRangeOf(code), sql<boolean>`(a.code = ${code} OR a.parent_code = ${code})`)

type DetailRow = Pick<AreaDetail, 'validFrom' | 'validUntil' | 'ancestors' | 'unitId'>

/** What a division's page shows besides the counts. */
export async function findDetail(tx: Tx, code: string): Promise<DetailRow | undefined> {
  const { rows } = await sql<DetailRow>`
    WITH RECURSIVE above AS (
      SELECT parent.* FROM areas own JOIN areas parent ON parent.code = own.parent_code WHERE own.code = ${code}
      UNION ALL SELECT parent.* FROM above JOIN areas parent ON parent.code = above.parent_code)
    SELECT a.valid_from AS "validFrom", a.valid_until AS "validUntil",
           (SELECT u.id FROM units u WHERE u.area_code = a.code AND u.kind IN ('township', 'village')) AS "unitId",
           coalesce((SELECT jsonb_agg(jsonb_build_object('code', code, 'name', name, 'level', level) ORDER BY code)
                     FROM above), '[]') AS ancestors
    FROM areas a WHERE a.code = ${code}`.execute(tx)
  return rows[0]
}
