import fc from 'fast-check'
import type { LoadedRecord } from '../record-model.ts'

// Few values of each kind, so that random rules meet them, and those at which SQL and programs are known to differ:
// a sign beyond 16 bits beside one that sorts after its surrogates, 29 February, numbers that are no doubles.
export const TEXTS = ['', 'a', 'ab', 'B', '上蔡', '上蔡县', '𠮷', '～', '吉%_', "o'clock"]
export const DAYS = [
  '1950-03-01',
  '1999-12-31',
  '2000-02-29',
  '2001-03-01',
  '2004-02-28',
  '2016-02-29',
  '2017-07-01',
]
export const MONTHS = ['2013-12', '2014-01', '2015-11', '2016-06']
export const AREAS = ['411722101001', '411722101002', '411722102001', '411723001001']

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 3, nil: null })
const oneOf = <T>(values: readonly T[]) => maybe(fc.constantFrom(...values))

const CAUSES = ['illness', 'schooling', 'disaster']
const codes = (all: readonly string[]) => fc.uniqueArray(fc.constantFrom(...all), { maxLength: 2 })
const decimals = oneOf(['0', '0.01', '-1.5', '2', '3.33', '999999.99'])
const money = oneOf([0, 1, -350, 300000, 400000, 999_999_999_999])

const member = fc.record({
  name: fc.constantFrom('张三', '李四', '王五', 'a'),
  monthsAway: oneOf([0, 1, 6, 12]),
  landMu: decimals,
  wageFen: money,
  birthOn: oneOf(DAYS),
  joinedInMonth: oneOf(MONTHS),
  hasDibao: maybe(fc.boolean()),
  relation: oneOf(['head', 'spouse', 'child']),
  health: codes(['healthy', 'chronic', 'disabled']),
})

const incomeYear = fc.record({
  year: fc.constantFrom(2014, 2015, 2016, 2017),
  netFen: money,
  memberCount: oneOf([0, 1, 3, 4]),
})

const conditions = fc.record({
  farmlandMu: decimals,
  hasSafeWater: maybe(fc.boolean()),
  builtOn: oneOf(DAYS),
  kinds: codes(CAUSES),
})

/** A household of any kind: absent values, no members, several years, no living conditions. */
export const randomRecord: fc.Arbitrary<LoadedRecord> = fc.record({
  area: oneOf(AREAS),
  remark: oneOf(TEXTS),
  address: oneOf(TEXTS),
  roomCount: oneOf([-2, 0, 1, 3, 7]),
  score: decimals,
  debtFen: money,
  exitYear: oneOf([2014, 2016, 2017]),
  isRelocated: maybe(fc.boolean()),
  visitedOn: oneOf(DAYS),
  identifiedInMonth: oneOf(MONTHS),
  mainCause: oneOf(CAUSES),
  returnReason: oneOf(CAUSES),
  otherCauses: maybe(codes(CAUSES)),
  members: fc.array(member, { maxLength: 4 }),
  incomeYears: fc.uniqueArray(incomeYear, { maxLength: 3, selector: ({ year }) => year }),
  conditions: maybe(conditions),
})
