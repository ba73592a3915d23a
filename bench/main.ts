// npm run bench -- NAME [--json] [options]: one file per benchmark; each returns what it measured.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** One line of a benchmark's result: what was measured against which limit. */
export interface Measured {
  name: string
  value: number
  unit: string
  /** The most it may be; null when it only explains another line. */
  limit: number | null
  met: boolean | null
}

export interface BenchOptions {
  households: number
  /** Told what is going on; on stderr, so that --json stays clean. */
  onProgress: (text: string) => void
}

export type Bench = (options: BenchOptions) => Promise<Measured[]>

const NAMES = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))

function printTable(results: Measured[]): void {
  for (const { name, value, unit, limit, met } of results) {
    const verdict = limit === null ? '' : `  ${met ? 'met' : 'NOT MET'} (at most ${limit} ${unit})`
    console.log(`${name.padEnd(58)} ${String(value).padStart(10)} ${unit}${verdict}`)
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, households: { type: 'string', default: '100000' } },
})
const [name] = positionals
const file = join(import.meta.dirname, `${name}.bench.ts`)
if (!name || !existsSync(file)) {
  console.error(`usage: npm run bench -- NAME [--households N] [--json]; there are: ${NAMES.join(', ')}`)
  process.exit(1)
}
const loaded = (await import(file)) as { bench: Bench }
const onProgress = (text: string) => console.error(`[${process.uptime().toFixed(0).padStart(4)} s] ${text}`)
const results = await loaded.bench({ households: Number(values.households), onProgress })
if (values.json) console.log(JSON.stringify(results, undefined, 2))
else printTable(results)
process.exit(results.some((result) => result.met === false) ? 1 : 0)
