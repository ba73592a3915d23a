import pg from 'pg'
import { type BenchCounty, openBenchCounty } from './county.ts'
import { watchDatabaseTime } from './database-time.ts'
import { fillWithHistory, THEN } from './history/five-years.ts'
import type { Bench, Measured } from './main.ts'
import { line, median } from './measure.ts'

const READER = 'director'
const RUNS = 40
const WARM_UPS = 8
const FEW_RUNS = 5
const MOST_TIMES_CARD = 2
const MOST_COUNTS_MS = 2000
const CARDS = 20

type Watch = ReturnType<typeof watchDatabaseTime>

/** Median database milliseconds of requests, asked one after the other in turn. */
async function databaseTime(
  watch: Watch,
  county: BenchCounty,
  paths: string[],
  runs: number,
  warmUps: number,
) {
  const times: number[] = []
  for (let run = 0; run < warmUps + runs; run += 1) {
    const path = paths[run % paths.length] ?? ''
    watch.reset()
    const { status, body } = await county.get(READER, path)
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`)
    if (run >= warmUps) times.push(watch.read().ms)
  }
  return median(times)
}

/** Some cards from all over the county, that were there then. */
async function someCards(county: BenchCounty): Promise<string[]> {
  const { rows } = await county.platform.db.pool.query<{ id: string }>(
    `SELECT id FROM (SELECT id, row_number() OVER (ORDER BY household_no) AS place, count(*) OVER () AS total
       FROM households WHERE household_no LIKE 'bench %') numbered
     WHERE place % greatest(1, total / ${CARDS}) = 0 LIMIT ${CARDS}`,
  )
  return rows.map(({ id }) => id)
}

async function searchPath(county: BenchCounty): Promise<string> {
  const { body } = await county.post(READER, '/households/searches', { text: '建国' })
  return `/households?search=${JSON.parse(body).id}`
}

async function measureReading(county: BenchCounty): Promise<Measured[]> {
  const watch = watchDatabaseTime()
  const once = (path: string) => databaseTime(watch, county, [path], FEW_RUNS, 1)
  const session = await databaseTime(watch, county, ['/session'], RUNS, WARM_UPS)
  const cards = (await someCards(county)).map((id) => `/households/${id}`)
  const then = cards.map((path) => `${path}?asOf=${THEN}`)
  const cardNow = (await databaseTime(watch, county, cards, RUNS, WARM_UPS)) - session
  const cardThen = (await databaseTime(watch, county, then, RUNS, WARM_UPS)) - session
  const search = await searchPath(county)
  return [
    line('session look-up of each request (taken off the cards)', session, 'ms'),
    line('card now', cardNow, 'ms'),
    line('card as of a past day', cardThen, 'ms'),
    line('card as of a past day ÷ now', cardThen / cardNow, 'times', MOST_TIMES_CARD),
    line('areas with counts now', await once('/areas'), 'ms'),
    line('areas with counts as of a past day', await once(`/areas?asOf=${THEN}`), 'ms', MOST_COUNTS_MS),
    line('figures now', await once('/figures'), 'ms'),
    line('figures as of a past day', await once(`/figures?asOf=${THEN}`), 'ms', MOST_COUNTS_MS),
    line('list as of a past day', await once(`/households?asOf=${THEN}`), 'ms'),
    line('search for a name of then', await once(`${search}&asOf=${THEN}`), 'ms'),
    line('five years month by month', await once('/figures/monthly?from=2013-03&to=2018-02'), 'ms'),
  ]
}

/** The past of a county of five years: a card and the county's counts as of a day in the middle of them. */
export const bench: Bench = async (options) => {
  const county = await openBenchCounty(options.onProgress)
  const owner = new pg.Client(county.connection)
  try {
    await owner.connect()
    const history = await fillWithHistory(owner, options)
    options.onProgress('card, counts, list, search, months')
    return [...history, ...(await measureReading(county))]
  } finally {
    await owner.end()
    await county.close()
  }
}
