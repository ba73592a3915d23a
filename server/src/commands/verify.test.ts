import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recordAudit } from '../platform/audit/record.ts'
import { sealPending } from '../platform/audit/seal.ts'
import { processActor, SELF } from '../platform/permissions/actor.ts'
import { startTestApp, type TestApp } from '../testing/test-app.ts'

const MAIN = join(import.meta.dirname, '../main.ts')
const CLERK = processActor('test')

// Each run of the command loads the program anew, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

let county: TestApp
beforeAll(async () => {
  county = await startTestApp()
  for (let entry = 0; entry < 5; entry += 1) {
    const note = { action: 'household.created', recordType: 'household', recordLabel: `${entry}` }
    await county.db.asActor(CLERK, SELF, (tx) => recordAudit(tx, county.clock, CLERK, note))
  }
  for (let sealed = 0; sealed < 5;) sealed += (await sealPending(county.db, county.clock)).entries
})
afterAll(() => county.close())

/** The test database as the command line is told of it. */
function databaseUrl(): string {
  const { connectionString, host, port, user, password, database } = county.db.pool.options
  if (connectionString) return connectionString
  const url = new URL(`postgresql://${user}@localhost/${database}`)
  if (typeof password === 'string') url.password = password
  url.searchParams.set('host', host ?? 'localhost')
  url.searchParams.set('port', String(port ?? 5432))
  return url.toString()
}

function tiejun(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: databaseUrl() }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

test('says in one line that the audit is whole, takes a hash noted before, and names the first bad entry', async () => {
  const whole = await tiejun('verify')
  expect(whole).toMatchObject({ code: 0, err: '' })
  expect(whole.out).toMatch(/^审计链完整：1 个区块、\d+ 条记录未被改动，.*末块摘要 [\da-f]{64}。\n$/)
  const unexpected = await tiejun('verify', '--json', '--expect-hash', 'f'.repeat(64))
  expect(unexpected.code).toBe(1)
  expect(JSON.parse(unexpected.out)).toMatchObject({ isWhole: false, first: { kind: 'unexpected_hash' } })

  const { rows } = await county.db.pool.query("SELECT sequence FROM audit_entries WHERE record_label = '2'")
  await county.db.pool.query("UPDATE audit_entries SET reason = 'forged' WHERE record_label = '2'")
  const bad = await tiejun('verify')
  expect(bad).toMatchObject({ code: 1, err: '' })
  expect(bad.out).toContain(`第 ${rows[0].sequence} 条审计记录被改动`)
})

test('figures --json prints what the page shows', async () => {
  const { code, out } = await tiejun('figures', '--json')
  expect(code).toBe(0)
  const figures: { id: string }[] = JSON.parse(out)
  expect(figures.find(({ id }) => id === 'working_groups')).toEqual({
    id: 'working_groups',
    label: '工作组',
    unit: '个',
    value: 6,
    reported: '6',
    met: true,
  })
  expect(Object.keys(figures[0] ?? {})).toEqual(['id', 'label', 'unit', 'value', 'reported', 'met'])
})
