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

/** yes, no, or null where nobody knows. */
function answer(text: string, known: Readonly<Record<string, LoadedRecord[string]>>): boolean | null {
  const record = aTrialRecord(known)
  if (ruleOf(text).test(record, MOMENT)) return true
  return ruleOf(`!(${text})`).test(record, MOMENT) ? false : null
}

type Case = [text: string, known: Readonly<Record<string, LoadedRecord[string]>>, expected: boolean | null]

test.for<Case>([
  // What is absent is unknown, and so is what is made of it.
  ['exitYear == 2016', {}, null],
  ['exitYear != 2016', {}, null],
  ['exitYear + 1 > 0', {}, null],
  ['isRelocated', {}, null],
  ['remark.contains("")', {}, null],
  ['exitYear in [2016]', {}, null],
  ['exitYear == exitYear', {}, null],
  // Unless the other side settles it.
  ['isRelocated && false', {}, false],
  ['isRelocated || true', {}, true],
  ['isRelocated && true', {}, null],
  ['isRelocated ? true : true', {}, null],
  // Whether it is there is always known.
  ['has(exitYear)', {}, false],
  ['has(exitYear)', { exitYear: 2016 }, true],
  ['has(otherCauses)', { otherCauses: [] }, false],
  ['has(conditions)', {}, false],
  ['has(conditions)', { conditions: {} }, true],
  ['has(incomeYear(2016))', { incomeYears: [{ year: 2016 }] }, true],
  ['has(incomeYear(exitYear))', { incomeYears: [{ year: 2016 }] }, false],
  // Several codes: none when absent.
  ['"illness" in otherCauses', {}, false],
  ['"illness" in otherCauses', { otherCauses: ['illness'] }, true],
  ['mainCause in otherCauses', {}, false],
  ['mainCause in otherCauses', { otherCauses: ['illness'] }, null],
  ['otherCauses.size() == 0', {}, true],
])('absent values: %s with %j is %j', ([text, known, expected]) => {
  expect(answer(text, known)).toBe(expected)
})

const child = { birthOn: '2010-05-01' }
const adult = { birthOn: '1980-05-01' }
const unknown = { birthOn: null }

test.for<Case>([
  ['members.exists(m, age(m.birthOn) < 16)', { members: [] }, false],
  ['members.exists(m, age(m.birthOn) < 16)', { members: [adult, child, unknown] }, true],
  ['members.exists(m, age(m.birthOn) < 16)', { members: [adult, unknown] }, null],
  ['members.all(m, age(m.birthOn) < 16)', { members: [] }, true],
  ['members.all(m, age(m.birthOn) < 16)', { members: [adult, unknown] }, false],
  ['members.all(m, age(m.birthOn) < 16)', { members: [child, unknown] }, null],
  ['members.exists_one(m, age(m.birthOn) < 16)', { members: [child, adult] }, true],
  ['members.exists_one(m, age(m.birthOn) < 16)', { members: [child, child, unknown] }, false],
  ['members.exists_one(m, age(m.birthOn) < 16)', { members: [child, unknown] }, null],
  ['members.filter(m, age(m.birthOn) < 16).size() == 1', { members: [child, adult, unknown] }, true],
  [
    'members.filter(m, m.hasDibao).filter(x, age(x.birthOn) < 16).exists(y, y.wageFen > 0)',
    { members: [{ ...child, hasDibao: true, wageFen: 1 }] },
    true,
  ],
  ['members.map(m, m.wageFen).sum() == 30', { members: [{ wageFen: 10 }, {}, { wageFen: 20 }] }, true],
  ['members.map(m, m.wageFen).sum() == 0', { members: [{}] }, true],
  ['members.map(m, m.wageFen).max() == 0', { members: [{}] }, null],
  [
    'members.map(m, m.wageFen > 15, m.wageFen).min() == 20',
    { members: [{ wageFen: 10 }, { wageFen: 20 }] },
    true,
  ],
  ['members.map(m, m.birthOn).max() == date("2010-05-01")', { members: [adult, unknown, child] }, true],
  [
    'members.exists(a, members.exists(b, a.wageFen > b.wageFen))',
    { members: [{ wageFen: 1 }, { wageFen: 2 }] },
    true,
  ],
  ['members.exists(a, members.exists(b, a.wageFen > b.wageFen))', { members: [{ wageFen: 1 }] }, false],
])('lists: %s with %j is %j', ([text, known, expected]) => {
  expect(answer(text, known)).toBe(expected)
})

test.for<Case>([
  // Whole numbers divide towards zero; a remainder has the sign of the dividend.
  ['roomCount / 2 == -3', { roomCount: -7 }, true],
  ['roomCount % 2 == -1', { roomCount: -7 }, true],
  ['roomCount / 0 == 1', { roomCount: 1 }, null],
  ['roomCount % 0 == 1', { roomCount: 1 }, null],
  // A decimal keeps six places, cut off.
  ['score / 3 == 0.666666', { score: 2 }, true],
  ['0 - score / 3 == -0.666666', { score: '2.00' }, true],
  ['roomCount * 1.0 / 2 == 3.5', { roomCount: 7 }, true],
  // No double, no overflow.
  ['score + 0.2 == 0.3', { score: 0.1 }, true],
  ['debtFen * debtFen * debtFen > 0', { debtFen: 999_999_999_999 }, true],
  ['debtFen * debtFen == 999999999998 * 1000000000000 + 1', { debtFen: 999_999_999_999 }, true],
  ['debtFen == yuan(4000)', { debtFen: 400_000 }, true],
  ['debtFen < yuan(33.35)', { debtFen: 3334 }, true],
  ['-roomCount == 7', { roomCount: -7 }, true],
])('numbers: %s with %j is %j', ([text, known, expected]) => {
  expect(answer(text, known)).toBe(expected)
})

test.for<Case>([
  ['age(visitedOn) == 16', { visitedOn: '2000-02-29' }, true],
  ['age(visitedOn, date("2017-03-01")) == 17', { visitedOn: '2000-02-29' }, true],
  // Who is not yet born has no age, and is no child under 16.
  ['age(visitedOn) < 16', { visitedOn: '2017-03-01' }, null],
  ['age(visitedOn) == 0', { visitedOn: '2017-02-28' }, true],
  ['years(visitedOn, today) == 1', { visitedOn: '2017-04-12' }, true],
  ['days(visitedOn, asOf) == 59', { visitedOn: '2016-12-31' }, true],
  ['days(visitedOn, asOf) == -1', { visitedOn: '2017-03-01' }, true],
  ['yearOf(visitedOn) == year', { visitedOn: '2017-03-01' }, true],
  ['yearOf(identifiedInMonth) == 2014', { identifiedInMonth: '2014-01' }, true],
  ['monthOf(visitedOn) > identifiedInMonth', { visitedOn: '2014-02-01', identifiedInMonth: '2014-01' }, true],
  [
    'incomeYear(year - 1).netFen == 5',
    {
      incomeYears: [
        { year: 2016, netFen: 5 },
        { year: 2017, netFen: 6 },
      ],
    },
    true,
  ],
  ['incomeYear(exitYear).netFen == 5', { incomeYears: [{ year: 2016, netFen: 5 }] }, null],
])('time: on 2017-02-28 %s with %j is %j', ([text, known, expected]) => {
  expect(answer(text, known)).toBe(expected)
})

test.for<Case>([
  // By code point, not by UTF-16 unit: 𠮷 sorts after ～.
  ['remark > address', { remark: '𠮷', address: '～' }, true],
  ['remark < "b"', { remark: 'B' }, true],
  ['remark.size() == 1', { remark: '𠮷' }, true],
  ['remark.startsWith("上")', { remark: '上蔡' }, true],
  ['remark.endsWith("上")', { remark: '上蔡' }, false],
  ['remark.contains("%")', { remark: '上蔡' }, false],
  ['area.within("411722101000")', { area: '411722101007' }, true],
  ['area.within("411722000000")', { area: '411722101007' }, true],
  ['area.within("411722102000")', { area: '411722101007' }, false],
  ['area in ["411722101007"]', { area: '411722101007' }, true],
])('texts and areas: %s with %j is %j', ([text, known, expected]) => {
  expect(answer(text, known)).toBe(expected)
})

test('a record loaded without a list the rule reads is an error, not an empty list', () => {
  expect(() => ruleOf('members.size() == 0').test({}, MOMENT)).toThrow('loaded without members')
  expect(() => ruleOf('conditions.hasSafeWater').test({}, MOMENT)).toThrow('loaded without conditions')
  expect(() => ruleOf('has(incomeYear(2016))').test({}, MOMENT)).toThrow('loaded without incomeYears')
})

test('a value of another type than declared is an error that does not repeat the value', () => {
  const record = aTrialRecord({ visitedOn: 5, score: '1e5' })
  expect(() => ruleOf('visitedOn < asOf').test(record, MOMENT)).toThrow('no date in visitedOn')
  expect(() => ruleOf('score > 1').test(record, MOMENT)).toThrow('not plain decimal text')
})
