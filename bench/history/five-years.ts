import type pg from 'pg'
import type { BenchOptions, Measured } from '../main.ts'
import { line, timed } from '../measure.ts'

/** Where the five years begin, and the day that is read as of: the middle of them. */
const FIRST_MONTH = '2013-03-01'
export const THEN = '2015-09-15'
const MONTHS = 60

/** Of a hundred cards so many are changed in a month; members and helpers among them. */
const HOUSEHOLDS_CHANGED = 3
const MEMBERS_CHANGED = 1
const HELPERS_CHANGED = 1
const INCOMES_CORRECTED = 10

const asOf = (owner: pg.Client, month: number) =>
  owner.query(
    `SELECT set_config('app.now', (date '${FIRST_MONTH}' + make_interval(months => $1))::timestamptz::text, false)`,
    [month],
  )

/** A county as it was first entered: three and a half persons a household, living conditions, a helper, a measure. */
const FIRST_ENTRY = [
  `INSERT INTO history_beginnings SELECT known_now()`,
  `INSERT INTO households (id, household_no, village_code, address, poor_attribute, poverty_status, main_cause, created_at, changed_at)
   SELECT gen_random_uuid(), 'bench ' || n, villages[1 + n % cardinality(villages)], n || '号',
     (ARRAY['general_poor', 'allowance_poor', 'tekun_poor', 'general_exited'])[1 + n % 4], 'not_exited',
     (ARRAY['illness', 'disability', 'lack_of_skill'])[1 + n % 3], known_now(), known_now()
   FROM generate_series(1, $1::int) AS n, (SELECT array_agg(code) AS villages FROM areas WHERE level = 'village') v`,
  `INSERT INTO members (id, household_id, village_code, order_in_household, name, relation, id_type, birth_on, changed_at)
   SELECT gen_random_uuid(), id, village_code, place,
     (ARRAY['王', '李', '张', '刘'])[1 + (hashtext(id::text || place) & 3)] ||
     (ARRAY['建国', '秀英', '桂兰', '志强', '小红', '海', '平安', '春梅'])[1 + (hashtext(place || id::text) & 7)],
     CASE WHEN place = 1 THEN 'head' ELSE 'son' END, 'none', date '1930-01-01' + abs(hashtext(id::text || place)) % 25000, known_now()
   FROM households, generate_series(1, 3 + (hashtext(id::text) & 1)) AS place WHERE household_no LIKE 'bench %'`,
  `INSERT INTO living_conditions (household_id, village_code, farmland_mu, changed_at)
   SELECT id, village_code, 3, known_now() FROM households WHERE household_no LIKE 'bench %'`,
  `INSERT INTO helpers (id, household_id, village_code, helper_name, changed_at)
   SELECT gen_random_uuid(), id, village_code, '李援助', known_now() FROM households WHERE household_no LIKE 'bench %'`,
  `INSERT INTO measures (id, household_id, village_code, category, changed_at)
   SELECT gen_random_uuid(), id, village_code, 'industry', known_now() FROM households WHERE household_no LIKE 'bench %'`,
]

const perHundred = (percent: number) => `abs(hashtext(id::text || $1)) % 100 < ${percent}`

/** What a month changes; the number of the month picks which rows. */
const EACH_MONTH = [
  `UPDATE households SET version = version + 1, changed_at = known_now(),
     poor_attribute = (ARRAY['general_poor', 'allowance_poor', 'tekun_poor', 'general_exited'])[1 + abs(hashtext($1 || id::text)) % 4]
   WHERE ${perHundred(HOUSEHOLDS_CHANGED)}`,
  `UPDATE members SET version = version + 1, changed_at = known_now(), phone = '139' || lpad($1, 8, '0')
   WHERE ${perHundred(MEMBERS_CHANGED)}`,
  `UPDATE helpers SET version = version + 1, changed_at = known_now(), post = $1 WHERE ${perHundred(HELPERS_CHANGED)}`,
]

const NEW_YEAR = `INSERT INTO income_years (id, household_id, village_code, year, wage_other_fen, year_member_count, changed_at)
  SELECT gen_random_uuid(), id, village_code, $1::smallint, 500000 + abs(hashtext(id::text)) % 900000, 3, known_now()
  FROM households WHERE household_no LIKE 'bench %' ON CONFLICT DO NOTHING`
const CORRECTION = `UPDATE income_years SET version = version + 1, changed_at = known_now(), wage_other_fen = wage_other_fen + 100
  WHERE year = $1::smallint AND abs(hashtext(id::text)) % 100 < ${INCOMES_CORRECTED}`

const COUNTED = ['households', 'members', 'income_years', 'helpers']

/**
 * A county of five years, made set by set through the product's own triggers: entered at once, then changed month by
 * month; every January the incomes of the year before, in March one in ten of them corrected.
 */
export async function fillWithHistory(
  owner: pg.Client,
  { households, onProgress }: BenchOptions,
): Promise<Measured[]> {
  onProgress(`entering ${households} households`)
  await asOf(owner, 0)
  // Counted after each table, so that the foreign keys of the next are looked up by the right index.
  for (const statement of FIRST_ENTRY) {
    await owner.query(statement, statement.includes('$1') ? [households] : [])
    await owner.query('ANALYZE')
  }
  let changing = 0
  for (let month = 1; month < MONTHS; month += 1) {
    await asOf(owner, month)
    const year = 2013 + Math.floor((month + 2) / 12)
    const place = (month + 2) % 12
    if (place === 0) await owner.query(NEW_YEAR, [year - 1])
    if (place === 2 && month > 2) await owner.query(CORRECTION, [year - 1])
    const { ms } = await timed(async () => {
      for (const statement of EACH_MONTH) await owner.query(statement, [String(month)])
    })
    changing += ms
    if (month % 12 === 0) onProgress(`${month} months`)
  }
  await owner.query(`SELECT set_config('app.now', '', false)`)
  await owner.query('VACUUM (ANALYZE)')
  const sizes: Measured[] = []
  for (const table of COUNTED) {
    const { rows } = await owner.query<{ count: number }>(`SELECT count(*) AS count FROM ${table}_history`)
    sizes.push(line(`past versions of ${table}`, rows[0]?.count ?? 0, 'rows'))
  }
  return [...sizes, line('changes of an average month', changing / (MONTHS - 1), 'ms')]
}
