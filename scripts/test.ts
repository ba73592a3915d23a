// npm test: sets up what it needs, runs everything, and counts. The last line is "N passed, N failed".
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { buildWebWhenNeeded } from '../server/src/commands/web-build.ts'
import { printCheck, runChecks } from './check.ts'
import { runNode } from './command.ts'
import { startPrivateServer } from './old-postgres.ts'
import { findChromium, findOldPostgres } from './system-packages.ts'

interface StageResult {
  name: string
  passed: number
  failed: number
  seconds: number
  /** Why it was not run, or why it counts as failed. */
  note?: string
}

type Counts = Omit<StageResult, 'name' | 'seconds'>

/** The part of vitest's JSON report that counts. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

const reports = await mkdtemp(join(tmpdir(), 'tiejun-reports-'))
const results: StageResult[] = []
try {
  await stage('check', check)
  await stage('rules', () => vitest('rules'))
  await stage('modules on PostgreSQL 18', () => vitest('modules'))
  await modulesOnOldPostgres()
  await stage('screens', () => vitest('screens'))
  await stage('journeys', journeys)
} finally {
  await rm(reports, { recursive: true, force: true })
}
printSummary()

async function stage(name: string, run: () => Promise<Counts>): Promise<void> {
  console.log(`\n━━ ${name}`)
  const startedAt = performance.now()
  const counts = await run().catch((error: unknown): Counts => {
    console.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return { passed: 0, failed: 1, note: 'could not be run, see above' }
  })
  results.push({ name, ...counts, seconds: (performance.now() - startedAt) / 1000 })
}

async function check(): Promise<Counts> {
  const checks = await runChecks(printCheck)
  const passed = checks.filter((result) => result.isPassed).length
  return { passed, failed: checks.length - passed }
}

async function vitest(
  project: string,
  env: Record<string, string> = {},
  extra: string[] = [],
): Promise<Counts> {
  const file = join(reports, `${results.length}.json`)
  // "dot" shows that something happens, and every failure in full at the end.
  const output = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const args = ['run', '--project', project, ...output, ...extra]
  const { code } = await runNode('node_modules/vitest/vitest.mjs', args, { env, isShown: true })
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return { passed: 0, failed: 1, note: 'vitest ended without a report, see above' }
  return countReport(JSON.parse(text), code)
}

function countReport(report: Report, code: number): Counts {
  const passed = report.numPassedTests
  // A file that cannot be loaded has no tests to fail, and a skipped test proves nothing.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const skipped = report.numPendingTests + report.numTodoTests
  const failed = report.numFailedTests + unloaded.length + skipped
  if (passed + failed === 0) return { passed, failed: 1, note: 'ran no test' }
  if (failed === 0 && code !== 0) return { passed, failed: 1, note: 'an error outside the tests, see above' }
  return { passed, failed, note: skipped > 0 ? `${skipped} skipped, counted as failed` : undefined }
}

/** The promise is PostgreSQL 15 and later; where no such server can be started, the table says so. */
async function modulesOnOldPostgres(): Promise<void> {
  const found = await findOldPostgres()
  if ('missing' in found) {
    results.push({
      name: 'modules on PostgreSQL 15',
      passed: 0,
      failed: 0,
      seconds: 0,
      note: `未运行：${found.missing}`,
    })
    return
  }
  await stage(`modules on PostgreSQL ${basename(dirname(found.path))}`, async () => {
    const server = await startPrivateServer(found.path)
    // What is about the embedded server has been shown on it.
    const exclude = ['**/database/embedded/**', '**/commands/start.test.ts', '**/testing/survival.test.ts']
      .map((pattern) => ['--exclude', pattern])
      .flat()
    return vitest('modules', { TEST_DATABASE_URL: server.url }, exclude).finally(server.stop)
  })
}

async function journeys(): Promise<Counts> {
  const chromium = await findChromium()
  if ('missing' in chromium) {
    console.log(chromium.missing)
    return { passed: 0, failed: 1, note: chromium.missing }
  }
  await buildWebWhenNeeded(console.log)
  return vitest('journeys', { CHROMIUM_PATH: chromium.path })
}

function printSummary(): void {
  console.log('\n━━ summary')
  for (const { name, passed, failed, seconds, note } of results) {
    const numbers = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`
    console.log(`${name.padEnd(26)} ${numbers} ${seconds.toFixed(0).padStart(5)} s${note ? `  ${note}` : ''}`)
  }
  const total = (key: 'passed' | 'failed') => results.reduce((sum, result) => sum + result[key], 0)
  process.exitCode = total('failed') === 0 ? 0 : 1
  console.log(`${total('passed')} passed, ${total('failed')} failed`)
}
