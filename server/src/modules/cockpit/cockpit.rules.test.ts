import type { PackFigure } from '@tiejun/contract/platform/packs.ts'
import { expect, test } from 'vitest'
import { type Counted, figureTable, isMet } from './cockpit.rules.ts'

for (const [value, number, comparison, expected] of [
  [59, 60, 'at_least', false],
  [60, 60, 'at_least', true],
  [61, 60, 'at_least', true],
  [7, 7, 'at_most', true],
  [8, 7, 'at_most', false],
  [6, 6, 'equal', true],
  [7, 6, 'equal', false],
] as const) {
  test(`${value} against ${comparison} ${number} is ${expected ? 'met' : 'not met'}`, () => {
    expect(isMet(value, { text: '', number, comparison })).toBe(expected)
  })
}

const words = { zh: '工作组', en: 'Working groups' }
const reported = (id: string): PackFigure => ({
  id,
  name: words,
  unit: words,
  counts: words,
  reported: { text: '6', number: 6, comparison: 'at_least' },
})
const counted = (id: string, value: number): Counted => ({
  id,
  group: 'registry',
  label: '户',
  labelEn: 'Households',
  unit: '户',
  unitEn: 'households',
  counts: '全部档卡',
  countsEn: 'All cards',
  value,
  href: '/households',
})

test('figures stand in the order of the report, our own behind them', () => {
  const table = figureTable(
    [reported('inspections'), reported('working_groups')],
    [counted('households', 2000), counted('working_groups', 6)],
  )
  expect(table.map(({ id, value, met }) => [id, value, met])).toEqual([
    ['inspections', null, null],
    ['working_groups', 6, true],
    ['households', 2000, null],
  ])
})

test('a figure of a module not built yet has no value and no link, and is not called unmet', () => {
  const [figure] = figureTable([reported('inspections')], [])
  expect(figure).toMatchObject({ value: null, met: null, href: null, reported: '6', label: '工作组' })
})

test('nothing counted is a value', () => {
  const [figure] = figureTable([reported('working_groups')], [counted('working_groups', 0)])
  expect(figure).toMatchObject({ value: 0, met: false, href: '/households', group: 'report' })
})
