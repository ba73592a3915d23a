import { Kysely, PostgresDialect, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/databases.ts'
import { openPool } from '../database/pool.ts'
import { type LoadedRecord, type Rule, ruleLanguage } from './index.ts'
import { aTrialRecord, storeSql, TRIAL_MODEL, TRIAL_TABLES } from './testing/trial-model.ts'

const MOMENT = { asOf: '2017-02-28', today: '2018-04-12' }
const language = ruleLanguage(TRIAL_MODEL)
let database: TestDatabase
let db: Kysely<unknown>

const HOUSEHOLDS: LoadedRecord[] = [
  aTrialRecord({
    area: '411722101001',
    remark: "O'Brien; DROP TABLE members; --",
    exitYear: 2016,
    isRelocated: true,
    members: [
      { name: '张三', birthOn: '1970-01-01', relation: 'head', wageFen: 200_000, health: ['chronic'] },
      { name: '张小明', birthOn: '2010-01-01', relation: 'child', wageFen: null, health: [] },
    ],
    incomeYears: [
      { year: 2016, netFen: 1_000_000, memberCount: 2 },
      { year: 2017, netFen: 900_000, memberCount: 2 },
    ],
    conditions: { farmlandMu: '3.20', hasSafeWater: true, builtOn: '2001-03-01', kinds: [] },
  }),
  aTrialRecord({
    area: '411722102001',
    exitYear: 2017,
    isRelocated: false,
    otherCauses: ['illness', 'disaster'],
    members: [{ name: '李四', birthOn: '1940-01-01', relation: 'head', wageFen: 0, health: ['disabled'] }],
    incomeYears: [{ year: 2016, netFen: 100_000, memberCount: 1 }],
  }),
  aTrialRecord({ area: '411723001001' }),
]

beforeAll(async () => {
  database = await createTestDatabase()
  db = new Kysely({ dialect: new PostgresDialect({ pool: openPool(database.settings, 1) }) })
  await sql.raw(TRIAL_TABLES).execute(db)
  for (const statement of storeSql(HOUSEHOLDS)) await statement.execute(db)
})

afterAll(async () => {
  await db.destroy()
  await database.drop()
})

function ruleOf(text: string): Rule {
  const compiled = language.compile(text)
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return compiled
}

async function found(text: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM trial_households AS h WHERE ${ruleOf(text).toSql(MOMENT, 'h')} ORDER BY id`.execute(db)
  return rows.map(({ id }) => id)
}

test.for<[text: string, ids: number[]]>([
  ['exitYear >= 2016', [0, 1]],
  ['!(exitYear >= 2017)', [0]],
  ['has(exitYear)', [0, 1]],
  ['area.within("411722000000")', [0, 1]],
  ['area.within("411722101000") || exitYear == year', [0, 1]],
  ['members.exists(m, age(m.birthOn) < 16)', [0]],
  // The household without members, and the one whose only member is old.
  ['!members.exists(m, age(m.birthOn) < 16)', [1, 2]],
  ['members.all(m, m.relation == "head")', [1, 2]],
  // Of 张小明 the wage is unknown, so that of household 0 nobody knows.
  ['!members.exists(m, m.wageFen > 200000)', [1, 2]],
  ['members.size() == 2', [0]],
  ['members.map(m, m.wageFen).sum() == yuan(2000)', [0]],
  ['members.map(m, exitYear).sum() == 4032', [0]],
  ['incomeYear(year).netFen < incomeYear(year - 1).netFen', [0]],
  ['incomeYear(2016).netFen / incomeYear(2016).memberCount < yuan(3000)', [1]],
  ['conditions.farmlandMu > 3.1 && conditions.hasSafeWater', [0]],
  ['has(conditions)', [0]],
  ['"illness" in otherCauses', [1]],
  ['members.exists(m, "disabled" in m.health)', [1]],
  [`remark == "O'Brien; DROP TABLE members; --"`, [0]],
])('%s finds the households %j', async ([text, ids]) => {
  expect(await found(text)).toEqual(ids)
})

const compiledSql = (text: string) => ruleOf(text).toSql(MOMENT, 'h').compile(db)

test('what a rule says is never part of the SQL, only its parameters', () => {
  const text = `remark == "x'; --" && exitYear == 2016 && debtFen == 77.5 && visitedOn < date("2011-11-11")
    && mainCause in ["illness"] && area.within("411722101000") && incomeYear(year - 1).netFen > 88`
  const { sql: statement, parameters } = compiledSql(text)
  for (const word of ["x'; --", '2016', '77.5', '2011-11-11', 'illness', '411722101', '88']) {
    expect(statement, word).not.toContain(word)
  }
  expect(parameters).toEqual([
    "x'; --",
    '2016',
    '77.5',
    '2011-11-11',
    ['illness'],
    '411722101000',
    '411722101999',
    '2016',
    '88',
  ])
})

test('a list asked for is a semi-join, and one asked against an anti-join', () => {
  expect(compiledSql('members.exists(m, m.hasDibao)').sql).toMatch(/^EXISTS \(SELECT FROM/)
  expect(compiledSql('!members.exists(m, m.hasDibao)').sql).toMatch(/^NOT EXISTS \(SELECT FROM/)
})

test('texts are compared by their bytes, whatever the collation of the database', () => {
  expect(compiledSql('(isRelocated ? "b" : "B") < "a"').sql).toContain('COLLATE "C" <')
})

test('the SQL of nested calls grows with the rule, not with the power of its depth', () => {
  let day = 'visitedOn'
  let word = 'remark'
  for (let depth = 0; depth < 8; depth += 1) {
    day = `(age(${day}) > 3 ? visitedOn : asOf)`
    word = `(remark.endsWith(${word}) ? remark : address)`
  }
  expect(compiledSql(`${day} < asOf`).sql.length).toBeLessThan(4000)
  expect(compiledSql(`${word} == "a"`).sql.length).toBeLessThan(4000)
})

test('two rules in one statement do not disturb each other', async () => {
  const first = ruleOf('members.exists(m, age(m.birthOn) < 16)').toSql(MOMENT, 'h')
  const second = ruleOf('members.exists(m, m.relation == "head")').toSql(MOMENT, 'h')
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM trial_households AS h WHERE ${first} AND ${second}`.execute(db)
  expect(rows).toEqual([{ id: 0 }])
})

test('a household is loaded with what the rule reads, and nothing else', async () => {
  const rule = ruleOf(
    'exitYear == 2016 && members.exists(m, m.wageFen > 0) && incomeYear(2016).netFen > 0 && conditions.farmlandMu > 1',
  )
  const { rows } = await sql<{ record: LoadedRecord }>`
    SELECT ${rule.recordSql('h')} AS record FROM trial_households AS h WHERE id = 0`.execute(db)
  expect(rows[0]?.record).toEqual({
    exitYear: '2016',
    members: [
      { name: '张三', wageFen: '200000' },
      { name: '张小明', wageFen: null },
    ],
    incomeYears: [
      { year: '2016', netFen: '1000000' },
      { year: '2017', netFen: '900000' },
    ],
    conditions: { farmlandMu: '3.20' },
  })
})
