import { expect, test } from 'vitest'
import {
  checkHelper,
  checkIncomeYear,
  checkLivingConditions,
  checkMeasure,
  checkStatus,
} from './sections.rules.ts'

const TODAY = '2018-04-02'
const codes = (problems: { path: string; code: string }[]) =>
  problems.map(({ path, code }) => `${path} ${code}`)

test.each([
  [{ povertyStatus: 'not_exited' }, []],
  [{ povertyStatus: 'exited_with_support' }, ['exitYear exit_year_missing']],
  [{ povertyStatus: 'exited_without_support', exitYear: 2016 }, []],
  [{ povertyStatus: 'pre_exit', exitYear: 2017 }, ['exitYear exit_year_unexpected']],
  [{ povertyStatus: 'returned', exitYear: 2015, returnYear: 2017 }, []],
  [{ povertyStatus: 'returned', exitYear: 2017, returnYear: 2015 }, ['returnYear return_before_exit']],
  [{ exitYear: 2019 }, ['exitYear too_big']],
  [{ returnYear: 2019 }, ['returnYear too_big']],
  [{ plannedExitYear: 2019 }, []],
  [{ firstIdentifiedInMonth: '2018-05' }, ['firstIdentifiedInMonth date_in_future']],
  [{ firstIdentifiedInMonth: '2016-01', exitYear: 2015 }, ['exitYear exit_before_identification']],
  [{ firstIdentifiedInMonth: '2015-12', exitYear: 2015 }, []],
  [{ mainCause: 'illness', otherCauses: ['schooling', 'illness'] }, ['otherCauses causes_repeat']],
  [{ mainCause: 'illness', otherCauses: ['schooling'] }, []],
  [{ isRelocated: true }, ['relocationWay relocation_way_missing']],
  [{ isRelocated: true, relocationWay: 'concentrated' }, []],
  [{ isRelocated: false, relocationAddress: '幸福社区' }, ['isRelocated relocation_unexpected']],
  [{ isRelocated: null, relocationWay: 'scattered' }, ['isRelocated relocation_unexpected']],
])('status %o: %o', (values, expected) => {
  expect(codes(checkStatus(values, TODAY))).toEqual(expected)
})

test.each([
  [{ isDangerousHouse: true, dangerLevel: 'd' }, []],
  [{ isDangerousHouse: true, dangerLevel: 'b' }, ['dangerLevel danger_level_differs']],
  [{ isDangerousHouse: false, dangerLevel: 'c' }, ['dangerLevel danger_level_differs']],
  [{ isDangerousHouse: null, dangerLevel: 'c' }, []],
  [{ farmlandMu: 3, irrigatedMu: 3 }, []],
  [{ farmlandMu: 3, irrigatedMu: 3.5 }, ['irrigatedMu irrigated_exceeds_farmland']],
  [{ farmlandMu: null, irrigatedMu: 3.5 }, []],
  [{ renovationYear: 2019 }, ['renovationYear too_big']],
  [{ renovationYear: 2018 }, []],
])('living conditions %o: %o', (values, expected) => {
  expect(codes(checkLivingConditions(values, TODAY))).toEqual(expected)
})

test('nobody has an income of a year to come', () => {
  expect(checkIncomeYear(2018, TODAY)).toEqual([])
  expect(codes(checkIncomeYear(2019, TODAY))).toEqual(['year too_big'])
})

test('helping does not end before it began', () => {
  expect(checkHelper({ startedOn: '2017-01-01', endedOn: '2017-01-01' })).toEqual([])
  expect(codes(checkHelper({ startedOn: '2017-01-01', endedOn: '2016-12-31' }))).toEqual([
    'endedOn ended_before_started',
  ])
})

test('a measure has happened, and its effect comes after it', () => {
  expect(checkMeasure({ providedOn: '2018-04-02', effectOn: '2018-04-02' }, TODAY)).toEqual([])
  expect(codes(checkMeasure({ providedOn: '2018-04-03' }, TODAY))).toEqual(['providedOn date_in_future'])
  expect(codes(checkMeasure({ providedOn: '2018-02-01', effectOn: '2018-01-01' }, TODAY))).toEqual([
    'effectOn effect_before_provided',
  ])
})
