import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { householdImports, writeDemoWorkbook } from '../../server/src/modules/households/index.ts'
import { migrate } from '../../server/src/platform/database/migrate.ts'
import { openPool } from '../../server/src/platform/database/pool.ts'
import { countyPack } from '../../server/src/platform/packs/index.ts'
import { processActor } from '../../server/src/platform/permissions/actor.ts'
import { openWorkbook } from '../../server/src/platform/workbooks/index.ts'
import type { BenchCounty } from '../county.ts'
import type { BenchOptions, Measured } from '../main.ts'
import { line, median, timed, watched } from '../measure.ts'

const MOST_TIMES_READING = 2
const MOST_TIMES_COPYING = 4
const MOST_MEGABYTES = 1536
const MOST_BLOCK_MS = 100
const RUNS = 3
const ACTOR = processActor('bench')
const TABLES = ['households', 'living_conditions', 'members', 'income_years']
const BASELINE_SCHEMA = 'bench_copy'
const POLL_MS = 100

/** The limit of the dry run: merely reading every cell of the file with the same reader. */
async function readEveryCell(file: string): Promise<{ cells: number; rows: number }> {
  const workbook = await openWorkbook(file, file)
  let cells = 0
  let rows = 0
  try {
    for await (const batch of workbook.rows(0)) {
      for (const { values } of batch) {
        rows += 1
        for (const value of values) if (value !== null) cells += 1
      }
    }
  } finally {
    await workbook.close()
  }
  return { cells, rows }
}

type Imports = ReturnType<typeof householdImports>

/** Waits until the step at work has ended. */
async function ended(imports: Imports, id: string, busy: readonly string[]) {
  for (;;) {
    const state = await imports.get(ACTOR, id)
    if (!busy.includes(state.status)) return state
    await pause(POLL_MS)
  }
}

/** Columns a row can be given: not the generated ones. */
async function columnsOf(owner: pg.Client, table: string): Promise<string> {
  const { rows } = await owner.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

/**
 * The limit of the commit: COPY of the rows it wrote into the same tables with the same keys, indexes and triggers,
 * as their owner, in one transaction.
 */
async function copyTime(county: BenchCounty, importId: string, folder: string): Promise<number> {
  const owner = new pg.Client(county.connection)
  await owner.connect()
  const pool = openPool({ pool: county.connection, schema: BASELINE_SCHEMA }, 2)
  await migrate(pool, BASELINE_SCHEMA)
  const columns = new Map<string, string>()
  for (const table of TABLES) {
    columns.set(table, await columnsOf(owner, table))
    const source = `COPY (SELECT ${columns.get(table)} FROM ${table} WHERE import_id = '${importId}') TO STDOUT`
    await pipeline(owner.query(copyStreams.to(source)), createWriteStream(join(folder, table)))
  }
  await pool.query(`INSERT INTO ${BASELINE_SCHEMA}.areas SELECT * FROM public.areas`)
  await owner.end()
  const client = await pool.connect()
  // Autovacuum would count the emptied tables while they are filled, and foreign keys would be looked up by a wrong index.
  for (const table of TABLES) await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`)
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    await client.query(`TRUNCATE ${TABLES.join(', ')}, member_name_grams CASCADE`)
    const { ms } = await timed(async () => {
      await client.query('BEGIN')
      for (const table of TABLES) {
        const target = client.query(copyStreams.from(`COPY ${table} (${columns.get(table)}) FROM STDIN`))
        await pipeline(createReadStream(join(folder, table)), target)
      }
      await client.query('COMMIT')
    })
    times.push(ms)
  }
  client.release()
  await pool.query(`DROP SCHEMA ${BASELINE_SCHEMA} CASCADE`)
  await pool.end()
  return median(times)
}

async function checkRepeatedly(imports: Imports, file: string) {
  const pieces = createReadStream(file, { highWaterMark: 1024 * 1024 })
  const first = await watched(async () => {
    const { id } = await imports.upload(ACTOR, { fileName: 'bench.xlsx', pieces, incomeYear: 2017 })
    return ended(imports, id, ['checking'])
  })
  const { id, status } = first.result
  if (status !== 'checked')
    throw new Error(`dry run ended as ${status}: ${JSON.stringify(first.result.failure)}`)
  const again = []
  for (let run = 0; run < RUNS; run += 1) {
    again.push(
      await watched(async () => {
        await imports.check(ACTOR, id, 2017)
        return ended(imports, id, ['checking'])
      }),
    )
  }
  return { id, first, again }
}

/** A flat workbook of the county's size, and how long merely reading it takes. */
async function writeAndRead(file: string, { households, onProgress }: BenchOptions) {
  onProgress(`writing a flat workbook of ${households} households`)
  const workbook = {
    layout: 'flat',
    households,
    seed: 1,
    errorPercent: 0,
    today: '2018-03-31',
    years: [2017],
  } as const
  await writeDemoWorkbook(countyPack(), workbook, file)
  onProgress('reading every cell of it')
  const times: number[] = []
  let size = { cells: 0, rows: 0 }
  for (let run = 0; run < RUNS; run += 1) {
    const { ms, result } = await timed(() => readEveryCell(file))
    times.push(ms)
    size = result
  }
  return { ...size, ms: median(times) }
}

async function commitOf(imports: Imports, id: string) {
  const commit = await watched(async () => {
    await imports.commit(ACTOR, id, false)
    return ended(imports, id, ['committing'])
  })
  if (commit.result.status !== 'committed') throw new Error(`commit ended as ${commit.result.status}`)
  return commit
}

/** Dry run and commit of a flat workbook; leaves the imported county in place. */
export async function measureImporting(county: BenchCounty, options: BenchOptions): Promise<Measured[]> {
  const { onProgress } = options
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-bench-files-'))
  const file = join(folder, 'flat.xlsx')
  const reading = await writeAndRead(file, options)
  const imports = householdImports(county.platform, countyPack(), (failure) => onProgress(failure.stack))
  onProgress('dry runs')
  const { id, first, again } = await checkRepeatedly(imports, file)
  onProgress('commit')
  const commit = await commitOf(imports, id)
  onProgress('COPY of the same rows')
  const copyMs = await copyTime(county, id, folder)
  await imports.close()
  await rm(folder, { recursive: true })
  const checkMs = median(again.map(({ ms }) => ms))
  const all = [first, ...again, commit]
  const peak = Math.max(...all.map(({ peakMegabytes }) => peakMegabytes))
  const longestBlock = Math.max(...all.map(({ longestBlockMs }) => longestBlockMs))
  return [
    line('rows of the workbook', reading.rows, 'rows'),
    line('cells with a value', reading.cells, 'cells'),
    line('reading every cell', reading.ms / 1000, 's'),
    line('upload and first dry run', first.ms / 1000, 's'),
    line('dry run', checkMs / 1000, 's'),
    line('dry run ÷ reading', checkMs / reading.ms, 'times', MOST_TIMES_READING),
    line('COPY of the final rows', copyMs / 1000, 's'),
    line('commit', commit.ms / 1000, 's'),
    line('commit ÷ COPY', commit.ms / copyMs, 'times', MOST_TIMES_COPYING),
    line('peak memory of the process', peak, 'MB', MOST_MEGABYTES),
    line('longest block of the event loop', longestBlock, 'ms', MOST_BLOCK_MS),
  ]
}
