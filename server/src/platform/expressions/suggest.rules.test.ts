import { expect, test } from 'vitest'
import { didYouMean } from './suggest.rules.ts'

const CANDIDATES = [
  { name: 'exitYear', words: ['脱贫年度', 'exit year'] },
  { name: 'birthOn', words: ['出生日期', 'date of birth'] },
  { name: 'area', words: ['行政村', 'village'] },
]

test.for<[typed: string, meant: string | undefined]>([
  ['exitYaer', 'exitYear'],
  ['exityear', 'exitYear'],
  ['exit_year', 'exitYear'],
  ['exitYears', 'exitYear'],
  ['birtOn', 'birthOn'],
  ['脱贫年度', 'exitYear'],
  ['village', 'area'],
  ['arae', 'area'],
  ['income', undefined],
  ['x', undefined],
])('%s probably means %s', ([typed, meant]) => {
  expect(didYouMean(typed, CANDIDATES)).toBe(meant)
})
