import { RuleExplanation } from '@tiejun/contract/platform/expressions.ts'
import { expect, test } from 'vitest'
import { type LoadedRecord, type Rule, ruleLanguage } from './index.ts'
import { aTrialRecord, TRIAL_MODEL } from './testing/trial-model.ts'

const language = ruleLanguage(TRIAL_MODEL)
const MOMENT = { asOf: '2017-02-28', today: '2018-04-12' }

function ruleOf(text: string): Rule {
  const compiled = language.compile(text)
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return compiled
}

test.for<[text: string, zh: string, en: string]>([
  ['exitYear >= 2016', '脱贫年度 不小于 2016', 'exit year is at least 2016'],
  ['debtFen < 400000', '负债 小于 4,000元', 'debt is less than 4,000 yuan'],
  ['debtFen == yuan(33.35)', '负债 等于 33.35元', 'debt equals 33.35 yuan'],
  ['roomCount > 12000', '房间数 大于 12,000', 'rooms is more than 12,000'],
  ['score > 1234.5678', '评分 大于 1,234.5678', 'score is more than 1,234.5678'],
  ['isRelocated', '是否搬迁户 为 是', 'resettled is yes'],
  ['!isRelocated', '是否搬迁户 为 否', 'resettled is no'],
  ['isRelocated != true', '是否搬迁户 不为 是', 'resettled is not yes'],
  ['has(exitYear)', '脱贫年度 已填写', 'exit year is entered'],
  ['!has(conditions)', '没有生产生活条件', 'there is no living conditions'],
  ['mainCause == "illness"', '主要致贫原因 是 因病', 'main cause is Illness'],
  [
    'mainCause in ["illness", "disaster"]',
    '主要致贫原因 是 因病、因灾 之一',
    'main cause is one of Illness, Disaster',
  ],
  ['!(exitYear in [2014, 2015])', '脱贫年度 不是 2014、2015 中的任何一个', 'exit year is none of 2014, 2015'],
  ['"illness" in otherCauses', '其他致贫原因 包括 因病', 'other causes includes Illness'],
  ['visitedOn < date("2016-01-01")', '走访日期 早于 2016-01-01', 'day of the visit is before 2016-01-01'],
  ['visitedOn <= asOf', '走访日期 不晚于 统计日', 'day of the visit is not after the day in question'],
  ['remark.contains("搬迁")', '备注 含有 “搬迁”', 'remarks contains “搬迁”'],
  ['area.within("411722101000")', '行政村 在 蔡都街道 范围内', 'village lies within 蔡都街道'],
  [
    'conditions.hasSafeWater',
    '生产生活条件的是否解决安全饮水 为 是',
    'has safe water in living conditions is yes',
  ],
  [
    'members.exists(m, age(m.birthOn, asOf) < 16 && m.relation == "head")',
    '家庭成员中有人 年龄 小于 16 且 与户主关系 是 户主',
    'at least one of the members satisfies: age is less than 16 and relation is Head',
  ],
  [
    'members.all(m, m.hasDibao) || exitYear == 2016',
    '（家庭成员全部满足 是否享受低保 为 是） 或 脱贫年度 等于 2016',
    '(all members satisfy: has dibao is yes) or exit year equals 2016',
  ],
  [
    'members.exists_one(m, age(m.birthOn, today) >= 60)',
    '家庭成员中恰有一个满足 今天时的年龄 不小于 60',
    'exactly one of the members satisfies: age on today is at least 60',
  ],
  [
    'members.filter(m, "disabled" in m.health).size() >= 2',
    '家庭成员（限 健康状况 包括 残疾）的数量 不小于 2',
    'the number of members (those where health includes Disabled) is at least 2',
  ],
  [
    'members.map(m, m.wageFen).sum() * 12 > incomeYear(year - 1).netFen',
    '家庭成员的月工资合计 × 12 大于 上年纯收入',
    'the sum of monthly wage over the members × 12 is more than net income of the year before',
  ],
  [
    'members.map(m, m.birthOn).max() > date("2016-01-01")',
    '家庭成员中最晚的出生日期 晚于 2016-01-01',
    'the latest date of birth among the members is after 2016-01-01',
  ],
  [
    'incomeYear(2016).netFen > incomeYear(year).netFen',
    '2016年纯收入 大于 当年纯收入',
    'net income of 2016 is more than net income of that year',
  ],
  [
    'members.exists(a, members.exists(b, a.wageFen > b.wageFen && isRelocated))',
    '家庭成员中有人 家庭成员中有人 家庭成员 a 的月工资 大于 月工资 且 户的是否搬迁户 为 是',
    'at least one of the members satisfies: at least one of the members satisfies: ' +
      'monthly wage of member a is more than monthly wage and resettled of the household is yes',
  ],
  [
    'isRelocated && (exitYear == 2016 || !(score > 1))',
    '是否搬迁户 为 是 且 （脱贫年度 等于 2016 或 并非（评分 大于 1））',
    'resettled is yes and (exit year equals 2016 or not (score is more than 1))',
  ],
  [
    'isRelocated ? score > 1 : exitYear == 2016',
    '如果 是否搬迁户 为 是，则 评分 大于 1，否则 脱贫年度 等于 2016',
    'if resettled is yes then score is more than 1, else exit year equals 2016',
  ],
  ['(roomCount + 1) * 2 - 1 == 7', '（房间数 + 1） × 2 - 1 等于 7', '(rooms + 1) × 2 - 1 equals 7'],
  ['roomCount - (1 - 2) == 7', '房间数 - （1 - 2） 等于 7', 'rooms - (1 - 2) equals 7'],
  [
    'isRelocated == (exitYear == 2016)',
    '是否搬迁户 与 （脱贫年度 等于 2016） 同是或同否',
    'resettled and (exit year equals 2016) are both so or both not',
  ],
])('%s is said as %s', ([text, zh, en]) => {
  expect(ruleOf(text).describe('zh')).toBe(zh)
  expect(ruleOf(text).describe('en')).toBe(en)
})

/** What was seen and decided, one line a part: * where the outcome rests on it, the words, the value. */
function outline({ words, outcome, isDecisive, parts, rows }: RuleExplanation, indent = ''): string[] {
  const inside = `${indent}  `
  return [
    `${indent}${isDecisive ? '*' : '-'} ${words.zh} → ${outcome.words.zh}`,
    ...parts.flatMap((part) => outline(part, inside)),
    ...rows.flatMap((row) => [
      `${inside}${row.isDecisive ? '*' : '-'} ${row.number} ${row.title ?? ''}${row.isCounted ? '' : ' 不计'}`,
      ...row.parts.flatMap((part) => outline(part, `${inside}  `)),
    ]),
  ]
}

const explained = (text: string, known: Readonly<Record<string, LoadedRecord[string]>>) =>
  outline(ruleOf(text).explain(aTrialRecord(known), MOMENT))

test('of conditions joined by and, those that are not met decide', () => {
  const known = { exitYear: 2015, isRelocated: true }
  expect(explained('isRelocated && exitYear >= 2016', known)).toEqual([
    '* 是否搬迁户 为 是 且 脱贫年度 不小于 2016 → 否',
    '  - 是否搬迁户 为 是 → 是',
    '  * 脱贫年度 不小于 2016 → 否',
    '    * 脱贫年度 → 2015',
  ])
})

test('of conditions joined by or, those that are met decide; when none is, all', () => {
  const text = 'mainCause == "illness" || exitYear >= 2016'
  expect(
    explained(text, { mainCause: 'illness', exitYear: 2015 }).filter((line) => line.includes('*')),
  ).toEqual([
    '* 主要致贫原因 是 因病 或 脱贫年度 不小于 2016 → 是',
    '  * 主要致贫原因 是 因病 → 是',
    '    * 主要致贫原因 → 因病',
  ])
  expect(explained(text, { mainCause: 'schooling', exitYear: 2015 }).some((line) => line.includes('-'))).toBe(
    false,
  )
})

test('where nobody can tell, what is absent decides', () => {
  expect(explained('exitYear == 2016 && isRelocated', { isRelocated: true })).toEqual([
    '* 脱贫年度 等于 2016 且 是否搬迁户 为 是 → 无法判断',
    '  * 脱贫年度 等于 2016 → 无法判断',
    '    * 脱贫年度 → 未填写',
    '  - 是否搬迁户 为 是 → 是',
  ])
})

test('the members that meet a condition are named', () => {
  const members = [
    { name: '张三', birthOn: '1970-01-01', relation: 'head' },
    { name: '张小明', birthOn: '2010-01-01', relation: 'child' },
  ]
  expect(explained('members.exists(m, age(m.birthOn) < 16)', { members })).toEqual([
    '* 家庭成员中有人 年龄 小于 16 → 是',
    '  - 1 张三',
    '    - 年龄 小于 16 → 否',
    '      - 年龄 → 47',
    '        - 出生日期 → 1970-01-01',
    '        - 统计日 → 2017-02-28',
    '  * 2 张小明',
    '    * 年龄 小于 16 → 是',
    '      * 年龄 → 7',
    '        * 出生日期 → 2010-01-01',
    '        * 统计日 → 2017-02-28',
  ])
})

test('rows that a filter leaves out are shown with the reason', () => {
  const members = [
    { name: '张三', hasDibao: true, wageFen: 100_000 },
    { name: '李四', hasDibao: false, wageFen: 1 },
    { name: '王五', hasDibao: true, wageFen: 20_050 },
  ]
  const text = 'members.filter(m, m.hasDibao).map(m, m.wageFen).sum() > yuan(2000)'
  expect(explained(text, { members })).toEqual([
    '* 家庭成员（限 是否享受低保 为 是）的月工资合计 大于 2,000元 → 否',
    '  * 家庭成员（限 是否享受低保 为 是）的月工资合计 → 1,200.5元',
    '    * 1 张三',
    '      * 月工资 → 1,000元',
    '    - 2 李四 不计',
    '      - 是否享受低保 为 是 → 否',
    '    * 3 王五',
    '      * 月工资 → 200.5元',
  ])
})

test.for<[text: string, decisive: number[]]>([
  ['members.exists(m, m.wageFen > 150)', [2]],
  ['members.exists(m, m.wageFen > 900)', [3]],
  ['members.all(m, m.wageFen > 150)', [1]],
  ['members.all(m, m.wageFen > 0)', [3]],
  ['members.exists_one(m, m.wageFen > 150)', [2, 3]],
  ['members.exists_one(m, m.wageFen > 50)', [1, 2, 3]],
  ['members.size() == 3', [1, 2, 3]],
  ['members.filter(m, m.wageFen > 900).size() == 0', [1, 2, 3]],
  ['members.map(m, m.wageFen).max() == 200', [2]],
  ['members.map(m, m.wageFen).min() == 100', [1]],
])('%s rests on the rows %j', ([text, decisive]) => {
  const members = [{ wageFen: 100 }, { wageFen: 200 }, { wageFen: null }]
  const explanation = ruleOf(text).explain(aTrialRecord({ members }), MOMENT)
  const rows = explanation.rows.length > 0 ? explanation.rows : (explanation.parts[0]?.rows ?? [])
  expect(rows.filter((row) => row.isDecisive).map((row) => row.number)).toEqual(decisive)
})

test('only the branch taken is explained', () => {
  expect(explained('isRelocated ? exitYear == 2016 : score > 1', { isRelocated: false, score: 2 })).toEqual([
    '* 如果 是否搬迁户 为 是，则 脱贫年度 等于 2016，否则 评分 大于 1 → 是',
    '  * 是否搬迁户 为 是 → 否',
    '  * 评分 大于 1 → 是',
    '    * 评分 → 2',
  ])
})

test('an explanation is what the contract says, with its place in the text', () => {
  const explanation = ruleOf('isRelocated &&\n  "illness" in otherCauses').explain(
    aTrialRecord({ isRelocated: true, otherCauses: ['illness', 'disaster'] }),
    MOMENT,
  )
  expect(RuleExplanation.parse(JSON.parse(JSON.stringify(explanation)))).toEqual(explanation)
  expect(explanation.parts[1]).toMatchObject({
    kind: 'condition',
    at: { line: 2, column: 3, length: 24 },
    parts: [
      { outcome: { value: ['illness', 'disaster'], words: { zh: '因病、因灾', en: 'Illness, Disaster' } } },
    ],
  })
})
