import pg from 'pg'
import type { BenchCounty } from '../county.ts'
import { type DatabaseTime, watchDatabaseTime } from '../database-time.ts'
import type { Measured } from '../main.ts'
import { line, median, timed } from '../measure.ts'

const RUNS = 40
const WARM_UPS = 8
const READER = 'director'
const MOST_TIMES_BY_HAND = 1.3
const MOST_SEARCH_MS = 10
const MOST_CARD_MS = 20
const MOST_CARD_QUERIES = 5

/** The list as somebody would write it by hand, without reach: the page and its exact number. */
const PAGE_BY_HAND = `
  SELECT h.id, h.household_no, h.village_code, h.poor_attribute, h.poverty_status, h.main_cause, h.exit_year,
    h.household_phone, h.changed_at, y.net_per_capita_fen, v.name AS village_name, t.name AS township_name,
    (SELECT count(*) FROM members m WHERE m.household_id = h.id AND m.decrease_reason IS NULL) AS member_count,
    (SELECT m.name FROM members m WHERE m.household_id = h.id AND m.relation = 'head'
      AND m.decrease_reason IS NULL) AS head_name,
    (SELECT m.id_no_sealed FROM members m WHERE m.household_id = h.id AND m.relation = 'head'
      AND m.decrease_reason IS NULL) AS head_id_no
  FROM households h
  JOIN areas v ON v.code = h.village_code
  JOIN areas t ON t.code = v.parent_code
  LEFT JOIN income_years y ON y.household_id = h.id AND y.year = $3
  WHERE h.village_code BETWEEN $1 AND $2 AND h.poor_attribute = $4
  ORDER BY y.net_per_capita_fen NULLS LAST, h.household_no LIMIT 50`
const COUNT_BY_HAND =
  'SELECT count(*) FROM households WHERE village_code BETWEEN $1 AND $2 AND poor_attribute = $3'

const TOWNSHIP = { code: '411722101000', from: '411722101000', to: '411722101999' }
const CATEGORY = 'general_exited'
const YEAR = 2017

/** Median database milliseconds of one request, and its number of queries. */
async function databaseTimeOf(watch: DatabaseTime, request: () => Promise<unknown>) {
  const times: number[] = []
  let queries = 0
  for (let run = 0; run < WARM_UPS + RUNS; run += 1) {
    watch.reset()
    await request()
    const { ms, queries: count } = watch.read()
    queries = count
    if (run >= WARM_UPS) times.push(ms)
  }
  return { ms: median(times), queries }
}

async function pageByHand(owner: pg.Client): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < WARM_UPS + RUNS; run += 1) {
    const { ms } = await timed(async () => {
      await owner.query(PAGE_BY_HAND, [TOWNSHIP.from, TOWNSHIP.to, YEAR, CATEGORY])
      await owner.query(COUNT_BY_HAND, [TOWNSHIP.from, TOWNSHIP.to, CATEGORY])
    })
    if (run >= WARM_UPS) times.push(ms)
  }
  return median(times)
}

async function expectOk(answer: Promise<{ status: number; body: string }>): Promise<string> {
  const { status, body } = await answer
  if (status >= 400) throw new Error(`answered ${status}: ${body}`)
  return body
}

async function searchId(county: BenchCounty, text: string): Promise<string> {
  return JSON.parse(await expectOk(county.post(READER, '/households/searches', { text }))).id
}

/** Signing in again for each request would be measured too; its own queries are the same for every request. */
async function sessionTime(watch: DatabaseTime, county: BenchCounty) {
  return databaseTimeOf(watch, () => expectOk(county.get(READER, '/session')))
}

/** List page, two-character name search and card, through HTTP with reach, on the county as it is. */
export async function measureReading(county: BenchCounty): Promise<Measured[]> {
  const watch = watchDatabaseTime()
  const owner = new pg.Client(county.connection)
  await owner.connect()
  const { rows } = await owner.query<{ id: string; name: string }>(
    `SELECT household_id AS id, name FROM members WHERE village_code BETWEEN $1 AND $2 ORDER BY id LIMIT 1`,
    [TOWNSHIP.from, TOWNSHIP.to],
  )
  const session = await sessionTime(watch, county)
  const query = `area=${TOWNSHIP.code}&category=${CATEGORY}&year=${YEAR}&sort=netPerCapita&limit=50`
  const byHand = await pageByHand(owner)
  const page = await databaseTimeOf(watch, () => expectOk(county.get(READER, `/households?${query}`)))
  const pageMs = page.ms - session.ms
  const search = await searchId(county, '建国')
  const found = await databaseTimeOf(watch, () =>
    expectOk(county.get(READER, `/households?search=${search}`)),
  )
  const card = await databaseTimeOf(watch, () => expectOk(county.get(READER, `/households/${rows[0]?.id}`)))
  await owner.end()
  return [
    line('session look-up of each request (taken off below)', session.ms, 'ms'),
    line('list page by hand as owner', byHand, 'ms'),
    line('list page through HTTP with reach, database time', pageMs, 'ms'),
    line('list page ÷ by hand', pageMs / byHand, 'times', MOST_TIMES_BY_HAND),
    line('two-character name search, page and count', found.ms - session.ms, 'ms', MOST_SEARCH_MS),
    line('card, database time', card.ms - session.ms, 'ms', MOST_CARD_MS),
    line('card, queries', card.queries - session.queries, 'queries', MOST_CARD_QUERIES),
  ]
}
