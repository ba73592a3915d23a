import type { RuleProblem } from '@tiejun/contract/platform/expressions.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Rule, ruleLanguage } from './index.ts'
import { LIMITS } from './parse.ts'
import { randomRule } from './testing/random-rules.ts'
import { TRIAL_MODEL } from './testing/trial-model.ts'

const language = ruleLanguage(TRIAL_MODEL)

function problemsOf(text: string): RuleProblem[] {
  const compiled = language.compile(text)
  return 'problems' in compiled ? compiled.problems : []
}

function ruleOf(text: string): Rule {
  const compiled = language.compile(text)
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return compiled
}

/** Where a problem is, as the part of the text it marks. */
function marked(text: string, { line, column, length }: RuleProblem): string {
  const characters = Array.from(
    text
      .split('\n')
      .slice(line - 1)
      .join('\n'),
  )
  return characters.slice(column - 1, column - 1 + length).join('')
}

type Params = Record<string, string>

test.for<[text: string, code: string, marked: string, params?: Params]>([
  // Text that cannot be read.
  ['', 'empty', ''],
  [' \n', 'empty', ' \n'],
  ['isRelocated &&', 'unfinished', ''],
  ['(isRelocated', 'unfinished', ''],
  ['isRelocated isRelocated', 'unexpected_text', 'isRelocated', { found: 'isRelocated' }],
  ['roomCount > > 3', 'unexpected_text', '>'],
  ['roomCount > 3)', 'unexpected_text', ')'],
  ['remark == "上蔡', 'unfinished_text', '"上蔡'],
  ['remark == "a\nb"', 'unfinished_text', '\n'],
  [String.raw`remark == "\q"`, 'bad_escape', String.raw`\q`],
  ['roomCount > 3e2', 'bad_number', '3e2', { found: '3e2' }],
  ['roomCount > 0x', 'bad_number', '0x'],
  ['if (isRelocated)', 'reserved_word', 'if', { name: 'if' }],
  // Signs of a Chinese input method, and operators as they are spelt elsewhere.
  ['（isRelocated）', 'full_width_character', '（', { found: '（', instead: '(' }],
  ['roomCount ＞ 3', 'full_width_character', '＞', { instead: '>' }],
  ['mainCause == “illness”', 'full_width_character', '“', { instead: '"' }],
  ['roomCount ≥ 3', 'full_width_character', '≥', { instead: '>=' }],
  ['isRelocated and isRelocated', 'operator_spelling', 'and', { found: 'and', instead: '&&' }],
  ['isRelocated 或 isRelocated', 'operator_spelling', '或', { instead: '||' }],
  ['exitYear = 2016', 'operator_spelling', '=', { instead: '==' }],
  ['exitYear <> 2016', 'operator_spelling', '<>', { found: '<>', instead: '!=' }],
  ['isRelocated & isRelocated', 'operator_spelling', '&', { instead: '&&' }],
  // Names.
  ['exitYaer > 2016', 'unknown_name', 'exitYaer', { name: 'exitYaer', didYouMean: 'exitYear' }],
  ['exit_year > 2016', 'unknown_name', 'exit_year', { didYouMean: 'exitYear' }],
  ['脱贫年度 > 2016', 'unknown_name', '脱贫年度', { didYouMean: 'exitYear' }],
  ['nothingLikeIt > 1', 'unknown_name', 'nothingLikeIt', { name: 'nothingLikeIt' }],
  ['constructor == 1', 'unknown_name', 'constructor'],
  ['member.exists(m, true)', 'unknown_name', 'member', { didYouMean: 'members' }],
  [
    'members.exists(m, m.brithOn > asOf)',
    'unknown_field',
    'brithOn',
    { record: 'members', didYouMean: 'birthOn' },
  ],
  ['conditions.toString', 'unknown_field', 'toString', { record: 'conditions' }],
  ['incomeYear(2016).wage > 1', 'unknown_field', 'wage', { record: 'incomeYears' }],
  ['incomYear(2016).netFen > 1', 'unknown_function', 'incomYear(2016)', { didYouMean: 'incomeYear' }],
  ['members.exist(m, true)', 'unknown_function', 'members.exist(m, true)', { didYouMean: 'exists' }],
  ['mainCause == "ilness"', 'unknown_code', '"ilness"', { name: 'ilness', didYouMean: 'illness' }],
  [
    'mainCause == "因病"',
    'unknown_code',
    '"因病"',
    { didYouMean: 'illness', expected: 'illness, schooling, disaster' },
  ],
  ['mainCause in ["illness", "x"]', 'unknown_code', '"x"'],
  ['"headache" in otherCauses', 'unknown_code', '"headache"'],
  // What other languages have and rules do not.
  [
    'remark.matches("^a")',
    'not_allowed',
    'remark.matches("^a")',
    { found: 'matches', instead: 'startsWith(…), endsWith(…), contains(…)' },
  ],
  [
    'timestamp("2016-01-01") < asOf',
    'not_allowed',
    'timestamp("2016-01-01")',
    { instead: 'date("2016-01-01")' },
  ],
  ['members[0].hasDibao', 'not_allowed', 'members[0]'],
  ['{"a": 1}', 'not_allowed', '{"a": 1}'],
  ["remark == b'a'", 'not_allowed', "b'a'"],
  ['roomCount == 3u', 'not_allowed', '3u'],
  ['exitYear == null', 'null_not_allowed', 'null', { instead: 'has(…)' }],
  ['remark.name == "a"', 'not_allowed', 'remark', { found: 'remark.' }],
  ['has(1 + 2)', 'not_allowed', '1 + 2'],
  ['has(asOf)', 'not_allowed', 'asOf'],
  // Types.
  ['roomCount', 'not_a_condition', 'roomCount', { found: 'integer' }],
  ['roomCount && isRelocated', 'not_a_condition', 'roomCount'],
  ['members.all(m, m.name)', 'not_a_condition', 'm.name', { found: 'text' }],
  ['!remark', 'not_a_condition', 'remark'],
  [
    'roomCount == "3"',
    'not_comparable',
    'roomCount == "3"',
    { left: 'integer', right: 'text', operator: '==' },
  ],
  [
    'visitedOn < "2016-01-01"',
    'not_comparable',
    'visitedOn < "2016-01-01"',
    { instead: 'date("2016-01-01")' },
  ],
  [
    'identifiedInMonth == "2016-01"',
    'not_comparable',
    'identifiedInMonth == "2016-01"',
    { instead: 'month("2016-01")' },
  ],
  ['otherCauses == "illness"', 'not_comparable', 'otherCauses == "illness"', { instead: '"…" in …' }],
  ['mainCause < "illness"', 'not_comparable', 'mainCause < "illness"'],
  ['isRelocated > false', 'not_comparable', 'isRelocated > false'],
  ['area < "411722101000"', 'not_comparable', 'area < "411722101000"'],
  ['roomCount in ["a"]', 'not_comparable', '"a"'],
  [
    'members.exists(m, m.relation == mainCause)',
    'different_enumerations',
    'm.relation == mainCause',
    { left: 'relation', right: 'poverty_cause' },
  ],
  ['(isRelocated ? 1 : "a") == 1', 'not_comparable', 'isRelocated ? 1 : "a"'],
  ['remark + "a" == "b"', 'wrong_type', 'remark', { name: '+', found: 'text' }],
  ['-remark == "a"', 'wrong_type', 'remark'],
  ['age(remark) > 3', 'wrong_type', 'remark', { name: 'age', expected: 'date', found: 'text' }],
  ['yearOf(roomCount) > 3', 'wrong_type', 'roomCount', { expected: 'date, month' }],
  ['mainCause.startsWith("ill")', 'wrong_type', 'mainCause', { expected: 'text', found: 'enumeration' }],
  ['members.map(m, m.name).sum() > 1', 'wrong_type', 'm.name', { name: 'sum' }],
  ['members.map(m, m.birthOn).sum() > 1', 'wrong_type', 'm.birthOn'],
  ['"illness" in mainCause', 'wrong_type', 'mainCause', { expected: 'enumerations' }],
  ['remark.within("411722101000")', 'wrong_type', 'remark', { expected: 'area' }],
  ['incomeYear("2016").netFen > 1', 'wrong_type', '"2016"', { expected: 'year' }],
  // Arguments and literals.
  ['age() > 3', 'wrong_argument_count', 'age()', { expected: '2', found: '0' }],
  ['has(remark, address)', 'wrong_argument_count', 'has(remark, address)'],
  [
    'members.exists(m.hasDibao)',
    'wrong_argument_count',
    'members.exists(m.hasDibao)',
    { expected: '2', found: '1' },
  ],
  ['members.size(1) > 1', 'wrong_argument_count', 'members.size(1)'],
  ['incomeYear().netFen > 1', 'wrong_argument_count', 'incomeYear()'],
  ['date(remark) < asOf', 'literal_needed', 'remark', { name: 'date' }],
  ['remark in [address]', 'literal_needed', 'address'],
  ['area.within(remark)', 'literal_needed', 'remark'],
  ['visitedOn == date("2017-02-29")', 'bad_date', '"2017-02-29"', { found: '2017-02-29' }],
  ['visitedOn == date("2017-2-1")', 'bad_date', '"2017-2-1"'],
  ['identifiedInMonth == month("2017-13")', 'bad_month', '"2017-13"'],
  ['area.within("4117")', 'bad_area', '"4117"', { found: '4117' }],
  ['area == "上蔡县"', 'bad_area', '"上蔡县"'],
  [String.raw`remark == "\x00"`, 'bad_text', String.raw`"\x00"`],
  ['debtFen > 1234567890123456', 'number_too_large', '1234567890123456'],
  ['score > 0.1234567', 'too_many_decimals', '0.1234567'],
  ['debtFen > yuan(0.001)', 'too_many_decimals', '0.001', { limit: '2' }],
  ['yuan("4") > 1', 'wrong_type', '"4"'],
  ['remark in []', 'empty_list', 'remark in []'],
  // Lists and records.
  ['members == 3', 'list_not_a_value', 'members', { instead: 'members.exists(…), members.size()' }],
  ['members.birthOn < asOf', 'list_not_a_value', 'members'],
  [
    'members.map(m, m.wageFen) == 3',
    'list_not_a_value',
    'members.map(m, m.wageFen)',
    { instead: 'map(…).sum()' },
  ],
  ['members.filter(m, m.hasDibao)', 'list_not_a_value', 'members.filter(m, m.hasDibao)'],
  ['conditions == 1', 'record_not_a_value', 'conditions'],
  ['incomeYear(2016) == 1', 'record_not_a_value', 'incomeYear(2016)'],
  ['members.exists(m, m == 1)', 'record_not_a_value', 'm'],
  ['remark.exists(m, true)', 'not_a_list', 'remark'],
  ['members.sum() > 1', 'not_a_list', 'members'],
  ['members.exists("m", true)', 'variable_needed', '"m"'],
  ['members.exists(exitYear, true)', 'variable_taken', 'exitYear', { name: 'exitYear' }],
  ['members.exists(year, true)', 'variable_taken', 'year'],
  ['members.exists(m, members.exists(m, true))', 'variable_taken', 'm'],
  [
    'members.exists(a, members.exists(b, members.exists(c, true)))',
    'lists_nested_too_deep',
    'members',
    { limit: '2' },
  ],
])('%s is refused: %s at "%s"', ([text, code, place, params = {}]) => {
  const [problem, ...others] = problemsOf(text)
  expect(others).toEqual([])
  expect(problem?.code).toBe(code)
  expect(problem && marked(text, problem)).toBe(place)
  expect(problem?.params).toMatchObject(params)
})

test('every problem is told at once, each at its place', () => {
  const problems = problemsOf('exitYaer > 2016\n  && "上蔡" == remakr\n  && mainCause == "x"')
  expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([
    ['unknown_name', 1, 1],
    ['unknown_name', 2, 14],
    ['unknown_code', 3, 19],
  ])
})

test.for<[what: string, text: string, code: string]>([
  ['too long', `remark == "${'a'.repeat(LIMITS.characters)}"`, 'too_long'],
  ['of too many parts', Array.from({ length: 250 }, () => 'isRelocated').join(' && '), 'too_many_parts'],
  ['too deep', `${'('.repeat(60)}isRelocated${')'.repeat(60)}`, 'too_deep'],
  ['a chain of nothing but negations', `${'!'.repeat(3900)}isRelocated`, 'too_many_parts'],
])('a rule %s is refused', ([, text, code]) => {
  expect(problemsOf(text).map((problem) => problem.code)).toEqual([code])
})

test.for<[text: string, fields: string[]]>([
  ['exitYear >= 2016 && exitYear < year', ['exitYear']],
  ['members.exists(m, age(m.birthOn) < 16)', ['members', 'members.birthOn']],
  ['incomeYear(year - 1).netFen > 0', ['incomeYears.netFen', 'incomeYears.year']],
  ['has(conditions) && conditions.hasSafeWater', ['conditions', 'conditions.hasSafeWater']],
  ['area.within("411722101000")', ['area']],
])('%s reads %j', ([text, fields]) => {
  expect(ruleOf(text).fields).toEqual(fields)
})

test('a comment and line breaks may stand in a rule', () => {
  expect(problemsOf('isRelocated // 易地搬迁\n  && exitYear == 2016')).toEqual([])
})

test('a rule compiled before is at hand, and old ones are let go', () => {
  const first = ruleOf('exitYear == 2016')
  expect(ruleOf('exitYear == 2016')).toBe(first)
  for (let year = 3000; year < 3500; year += 1) ruleOf(`exitYear == ${year}`)
  expect(ruleOf('exitYear == 2016')).not.toBe(first)
})

test('whatever is typed, there is a rule or a problem at a place of the text', () => {
  const piece = fc.constantFrom(
    ...'()[]{}.,"!=<>&|?:+-*/%０（“年\n',
    'in',
    'null',
    'm',
    'members',
    '1e9',
    '0x',
    "b'",
    'r"',
  )
  const broken = fc.tuple(randomRule, fc.nat(), fc.nat(8), fc.oneof(piece, fc.string({ maxLength: 5 })))
  fc.assert(
    fc.property(broken, ([text, place, removed, put]) => {
      const at = place % (text.length + 1)
      const typed = text.slice(0, at) + put + text.slice(at + removed)
      for (const { line, column, length } of problemsOf(typed)) {
        const lines = typed.split('\n')
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeLessThanOrEqual(Array.from(lines[line - 1] ?? '').length + 1)
        expect(length).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 3000 },
  )
})
