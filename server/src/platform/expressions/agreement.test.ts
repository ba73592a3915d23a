import fc from 'fast-check'
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/databases.ts'
import { openPool } from '../database/pool.ts'
import { type LoadedRecord, type Rule, ruleLanguage } from './index.ts'
import { randomRecord } from './testing/random-records.ts'
import { randomRule } from './testing/random-rules.ts'
import { storeSql, TRIAL_MODEL, TRIAL_TABLES } from './testing/trial-model.ts'

// Another seed each time, told in the test's name; RULES_SEED=… makes the same rules and records again.
const SEED = Number(process.env['RULES_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))
const RULES = Number(process.env['RULES_COUNT'] ?? 1200)
const RECORDS = 120
const RULES_A_QUERY = 30
const MOMENT = { asOf: '2017-02-28', today: '2018-04-12' }

const language = ruleLanguage(TRIAL_MODEL)
let database: TestDatabase
let db: Kysely<unknown>
let records: LoadedRecord[]

beforeAll(async () => {
  database = await createTestDatabase()
  // One connection, since the tables are temporary.
  db = new Kysely({ dialect: new PostgresDialect({ pool: openPool(database.settings, 1) }) })
  await sql.raw(TRIAL_TABLES).execute(db)
  records = fc.sample(randomRecord, { seed: SEED, numRuns: RECORDS })
  for (const statement of storeSql(records)) await statement.execute(db)
})

afterAll(async () => {
  await db.destroy()
  await database.drop()
})

function compiled(text: string): Rule {
  const rule = language.compile(text)
  if ('problems' in rule) throw new Error(`${text}\n${JSON.stringify(rule.problems)}`)
  return rule
}

/** Each rule and its opposite: together they tell yes, no and unknown apart. */
const randomRules = () =>
  fc
    .sample(randomRule, { seed: SEED, numRuns: RULES })
    .flatMap((text) => [compiled(text), compiled(`!(${text})`)])

/** The records that SQL finds, for each rule. */
async function foundBySql(rules: readonly Rule[]): Promise<Set<number>[]> {
  const found = rules.map(() => new Set<number>())
  for (let first = 0; first < rules.length; first += RULES_A_QUERY) {
    const queries: RawBuilder<unknown>[] = rules
      .slice(first, first + RULES_A_QUERY)
      .map(
        (rule, index) =>
          sql`SELECT ${sql.lit(first + index)} AS rule, h.id FROM trial_households AS h WHERE ${rule.toSql(MOMENT, 'h')}`,
      )
    const { rows } = await sql<{ rule: number; id: number }>`${sql.join(queries, sql` UNION ALL `)}`.execute(
      db,
    )
    for (const { rule, id } of rows) found[rule]?.add(id)
  }
  return found
}

test(
  `SQL and the program agree on random rules and households (RULES_SEED=${SEED})`,
  { timeout: 120_000 },
  async () => {
    const rules = randomRules()
    const found = await foundBySql(rules)
    const disagreements: { text: string; record: number; sql: boolean }[] = []
    let pairs = 0
    let telling = 0
    rules.forEach((rule, index) => {
      const ids = found[index] ?? new Set()
      if (ids.size > 0 && ids.size < records.length) telling += 1
      records.forEach((record, id) => {
        pairs += 1
        if (rule.test(record, MOMENT) !== ids.has(id)) {
          disagreements.push({ text: rule.text, record: id, sql: ids.has(id) })
        }
      })
    })
    // The shortest rule says most about what is wrong.
    const [worst] = disagreements.toSorted((a, b) => a.text.length - b.text.length)
    const detail = worst && JSON.stringify({ ...worst, household: records[worst.record] })
    expect(disagreements.length, detail).toBe(0)
    expect(pairs).toBeGreaterThanOrEqual(100_000)
    expect(telling / rules.length, 'rules that some households meet and some do not').toBeGreaterThan(0.4)
  },
)

/** Every operator and function, as it looks in the text of a rule. */
const VOCABULARY = [
  [
    '&&',
    '||',
    '!(',
    ' ? ',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    ' in [',
    ' in otherCauses',
    ' in conditions.kinds',
  ],
  [' + ', ' - ', ' * ', ' / ', ' % ', '-(', 'has(', '.size()', '.contains(', '.startsWith(', '.endsWith('],
  ['age(', 'years(', 'days(', 'yearOf(', 'monthOf(', 'date(', 'month(', 'yuan(', '.within('],
  ['.exists(', '.all(', '.exists_one(', '.filter(', '.map(', '.sum()', '.max()', '.min()'],
  ['asOf', 'today', 'year', 'incomeYear(', 'conditions.', 'has(conditions)', 'has(incomeYear('],
].flat()

test(`the random rules use the whole language (RULES_SEED=${SEED})`, () => {
  const texts = fc.sample(randomRule, { seed: SEED, numRuns: RULES })
  const unused = VOCABULARY.filter((word) => texts.filter((text) => text.includes(word)).length < 3)
  expect(unused).toEqual([])
})

test(`a household loaded for a rule gives the rule the same answer, and the same reasons (RULES_SEED=${SEED})`, async () => {
  const rules = randomRules().filter((_, index) => index % 12 === 0)
  let rows = 0
  for (const rule of rules) {
    const loaded = await sql<{ id: number; record: LoadedRecord }>`
      SELECT h.id, ${rule.recordSql('h')} AS record FROM trial_households AS h WHERE h.id % 4 = 0`.execute(db)
    for (const { id, record } of loaded.rows) {
      const isMet = rule.test(records[id] ?? {}, MOMENT)
      expect(rule.test(record, MOMENT), `${rule.text} for ${JSON.stringify(records[id])}`).toBe(isMet)
      const { outcome, isDecisive } = rule.explain(record, MOMENT)
      expect({ isMet: outcome.value === true, isDecisive }).toEqual({ isMet, isDecisive: true })
      rows += 1
    }
  }
  expect(rows).toBeGreaterThan(5000)
})
