// npm run check: everything that can be said about the code without starting it.
import { runNode, type Outcome } from './command.ts'

/** One finding of `npm run check`. */
export interface CheckResult {
  name: string
  isPassed: boolean
  /** What the tool said. */
  output: string
  seconds: number
}

const OXFMT = 'node_modules/oxfmt/bin/oxfmt'
const OXLINT = 'node_modules/oxlint/bin/oxlint'
const TSC = 'node_modules/typescript/bin/tsc'
const VITEST = 'node_modules/vitest/vitest.mjs'

const CHECKS: Record<string, () => Promise<Outcome>> = {
  format: () => runNode(OXFMT, ['--check']),
  lint: () => runNode(OXLINT, []),
  'types of server, contract and scripts': () => runNode(TSC, ['-p', 'tsconfig.json']),
  'types of web': () => runNode(TSC, ['-p', 'web/tsconfig.json']),
  'types of journeys': () => runNode(TSC, ['-p', 'journeys/tsconfig.json']),
  documents: () => runNode('scripts/check-docs.ts', []),
}

/** Part of `npm run check`; in `npm test` it is among the rules. */
const ARCHITECTURE: typeof CHECKS = {
  architecture: () => runNode(VITEST, ['run', '--project', 'rules', 'test/architecture.test.ts']),
}

/** Runs the checks, telling each one's result as it comes. */
export async function runChecks(
  onResult: (result: CheckResult) => void,
  checks: typeof CHECKS = CHECKS,
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const [name, check] of Object.entries(checks)) {
    const startedAt = performance.now()
    const { code, output } = await check()
    const seconds = (performance.now() - startedAt) / 1000
    const result = { name, isPassed: code === 0, output, seconds }
    results.push(result)
    onResult(result)
  }
  return results
}

/** One line for a check that passed, the tool's whole answer for one that failed. */
export function printCheck({ name, isPassed, output, seconds }: CheckResult): void {
  console.log(`${isPassed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  if (!isPassed) console.log(`${output.trim()}\n`)
}

if (import.meta.main) {
  const results = await runChecks(printCheck, { ...CHECKS, ...ARCHITECTURE })
  const failed = results.filter((result) => !result.isPassed)
  console.log(
    failed.length === 0 ? 'all checks passed' : `failed: ${failed.map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}
