import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { readFigures } from '../server/src/commands/backup.ts'
import { householdImports, writeDemoWorkbook } from '../server/src/modules/households/index.ts'
import type { TableOfBackup } from '../server/src/platform/backup/backup-file.ts'
import { foreignKeysAside, listTables, triggersAside } from '../server/src/platform/backup/catalog.ts'
import { copiedPart } from '../server/src/platform/backup/copy-out.ts'
import {
  confirmRestored,
  openBackup,
  readBackup,
  restoreBackup,
  writeBackup,
} from '../server/src/platform/backup/index.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { openPool } from '../server/src/platform/database/pool.ts'
import { countyPack } from '../server/src/platform/packs/index.ts'
import { processActor } from '../server/src/platform/permissions/actor.ts'
import { subkeyOf } from '../server/src/platform/personal-data/vault.ts'
import { type BenchCounty, openBenchCounty } from './county.ts'
import type { Bench, BenchOptions, Measured } from './main.ts'
import { line, median, timed, watched } from './measure.ts'

const RUNS = 3
const MOST_SECONDS = 300
const MOST_TIMES_OUT = 2
const MOST_TIMES_IN = 3
const MOST_MEGABYTES = 512
const ACTOR = processActor('bench')
const POLL_MS = 100
const COPIED = 'bench_copied'
const RESTORED = 'bench_restored'

/** Imports a county of that size, as an office does. */
async function fill(county: BenchCounty, { households, onProgress }: BenchOptions, folder: string) {
  const file = join(folder, 'flat.xlsx')
  onProgress(`importing ${households} households`)
  const workbook = { layout: 'flat', households, seed: 1, errorPercent: 0, today: '2018-03-31' } as const
  await writeDemoWorkbook(countyPack(), { ...workbook, years: [2017] }, file)
  const imports = householdImports(county.platform, countyPack(), (failure) => onProgress(failure.stack))
  const pieces = createReadStream(file, { highWaterMark: 1024 * 1024 })
  const { id } = await imports.upload(ACTOR, { fileName: 'bench.xlsx', pieces, incomeYear: 2017 })
  const ended = async (busy: string): Promise<string> => {
    for (;;) {
      const { status } = await imports.get(ACTOR, id)
      if (status !== busy) return status
      await pause(POLL_MS)
    }
  }
  await ended('checking')
  await imports.commit(ACTOR, id, false)
  const status = await ended('committing')
  if (status !== 'committed') throw new Error(`the import ended as ${status}`)
  await imports.close()
  await county.platform.db.pool.query('ANALYZE')
}

/** The limit of a backup: COPY of the same tables to plain files. */
async function copyOutTime(county: BenchCounty, folder: string) {
  const pool = openPool({ pool: county.connection }, 1)
  const client = await pool.connect()
  const tables = await listTables(client)
  const { ms } = await timed(async () => {
    for (const table of tables) {
      const rows = client.query(copyStreams.to(`COPY ${copiedPart(client, table)} TO STDOUT`))
      await pipeline(rows, createWriteStream(join(folder, table.name)))
    }
  })
  client.release()
  await pool.end()
  return { ms, tables }
}

/** The limit of a restore: COPY from those files into the same tables with their indexes. */
async function copyInTime(pool: pg.Pool, tables: readonly TableOfBackup[], folder: string): Promise<number> {
  await migrate(pool, COPIED)
  const client = await pool.connect()
  for (const { remove } of [await foreignKeysAside(client), await triggersAside(client)])
    for (const statement of remove) await client.query(statement)
  const { ms } = await timed(async () => {
    await client.query('BEGIN')
    for (const table of tables) {
      const copy = client.query(copyStreams.from(`COPY ${copiedPart(client, table)} FROM STDIN`))
      await pipeline(createReadStream(join(folder, table.name)), copy)
    }
    await client.query('COMMIT')
  })
  client.release()
  return ms
}

async function copyTimes(county: BenchCounty, folder: string) {
  const { ms: outMs, tables } = await copyOutTime(county, folder)
  const inMs = await inSchema(county, COPIED, (pool) => copyInTime(pool, tables, folder))
  let bytes = 0
  for (const { name } of tables) bytes += (await stat(join(folder, name))).size
  return { outMs, inMs, bytes }
}

/** Works in a schema that is gone afterwards. */
async function inSchema<Result>(
  county: BenchCounty,
  schema: string,
  work: (pool: pg.Pool) => Promise<Result>,
) {
  const pool = openPool({ pool: county.connection, schema }, 2)
  try {
    return await work(pool)
  } finally {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await pool.end()
  }
}

async function backUpAndRestore(county: BenchCounty, file: string) {
  const { clock, vault, db } = county.platform
  const master = Buffer.from(vault.masterForWorker())
  const silent = { onProgress: () => undefined, signal: new AbortController().signal }
  const figures = (snapshot: pg.Pool) => readFigures(snapshot, clock)
  const request = { pool: db.pool, file, master, clock, readFigures: figures, ...silent }
  const written = await watched(() => writeBackup(request, async () => undefined))
  const restored = await inSchema(county, RESTORED, (pool) =>
    watched(async () => {
      const backup = await openBackup(file)
      const backupKey = subkeyOf(master, 'backup')
      await readBackup(backup, backupKey, silent.signal)
      const given = { pool, schema: RESTORED, backup, backupKey, ...silent }
      return restoreBackup(given, async (client, loaded) => {
        await confirmRestored(client, backup, loaded, { clock, readFigures })
      })
    }),
  )
  await rm(file)
  return { written, restored }
}

/** Back-up and restore of a county, against what COPY alone takes. */
export const bench: Bench = async (options) => {
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-bench-files-'))
  const county = await openBenchCounty(options.onProgress)
  try {
    await fill(county, options, folder)
    const copies = []
    const runs = []
    for (let run = 1; run <= RUNS; run += 1) {
      options.onProgress(`run ${run} of ${RUNS}: COPY, backup, restore`)
      copies.push(await copyTimes(county, folder))
      runs.push(await backUpAndRestore(county, join(folder, 'county.tiejun')))
    }
    return report(copies, runs)
  } finally {
    await county.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function report(
  copies: Awaited<ReturnType<typeof copyTimes>>[],
  runs: Awaited<ReturnType<typeof backUpAndRestore>>[],
): Measured[] {
  const middle = (values: number[]) => median(values) / 1000
  const out = middle(copies.map(({ outMs }) => outMs))
  const into = middle(copies.map(({ inMs }) => inMs))
  const backup = middle(runs.map(({ written }) => written.ms))
  const restore = middle(runs.map(({ restored }) => restored.ms))
  const all = runs.flatMap(({ written, restored }) => [written, restored])
  const { summary, bytes } = runs[0]?.written.result ?? { summary: { rows: 0 }, bytes: 0 }
  return [
    line('rows', summary.rows, 'rows'),
    line('COPY text of the tables', (copies[0]?.bytes ?? 0) / 1e6, 'MB'),
    line('size of the backup', bytes / 1e6, 'MB'),
    line('COPY out to files', out, 's'),
    line('backup', backup, 's'),
    line('backup ÷ COPY out', backup / out, 'times', MOST_TIMES_OUT),
    line('COPY in from files', into, 's'),
    line('restore, checked before and after', restore, 's'),
    line('restore ÷ COPY in', restore / into, 'times', MOST_TIMES_IN),
    line('backup and restore', backup + restore, 's', MOST_SECONDS),
    line(
      'peak memory of the process',
      Math.max(...all.map((one) => one.peakMegabytes)),
      'MB',
      MOST_MEGABYTES,
    ),
    line('longest block of the event loop', Math.max(...all.map((one) => one.longestBlockMs)), 'ms'),
  ]
}
