import type { ImportStatus } from '@tiejun/contract/households/import.ts'
import { expect, test } from 'vitest'
import { isNothingToChange } from './counts.rules.ts'
import { waitBeforeAsking } from './polling.rules.ts'
import { isOpen, shownStep, stateOf, stepOf, STEPS, type Step } from './steps.rules.ts'
import { aFaultyImport, anImport, someCounts, someRecords } from './testing.ts'

const unknownYear = {
  code: 'income_year_unknown',
  severity: 'error' as const,
  sheet: null,
  header: null,
  count: 1,
}

const STANDINGS: Record<ImportStatus, { step: Step; open: Step[] }> = {
  checking: { step: 'check', open: ['upload', 'columns', 'check'] },
  interrupted: { step: 'check', open: ['upload', 'columns', 'check'] },
  cancelled: { step: 'check', open: ['upload', 'columns', 'check'] },
  unreadable: { step: 'upload', open: ['upload', 'columns'] },
  checked: { step: 'preview', open: ['upload', 'columns', 'check', 'preview', 'commit'] },
  committing: { step: 'commit', open: ['upload', 'columns', 'check', 'commit'] },
  committed: { step: 'done', open: ['upload', 'columns', 'check', 'done'] },
  undoing: { step: 'done', open: ['upload', 'columns', 'check', 'done'] },
  undone: { step: 'done', open: ['upload', 'columns', 'check', 'done'] },
  discarded: { step: 'upload', open: ['upload'] },
}

test.for(Object.entries(STANDINGS) as [ImportStatus, (typeof STANDINGS)[ImportStatus]][])(
  'an import that is %s stands at its step and opens those behind it',
  ([status, { step, open }]) => {
    const found = anImport({ status })
    expect(stepOf(found)).toBe(step)
    expect(STEPS.filter((each) => isOpen(each, found))).toEqual(open)
  },
)

test('errors and a year that nobody gave keep a checked import at the step where they are solved', () => {
  expect(stepOf(aFaultyImport())).toBe('check')
  expect(stateOf('check', aFaultyImport())).toBe('fault')
  const withoutYear = aFaultyImport({ problemGroups: [unknownYear] })
  expect(stepOf(withoutYear)).toBe('columns')
  expect(stateOf('columns', withoutYear)).toBe('fault')
  expect(stateOf('upload', withoutYear)).toBe('done')
  expect(stateOf('commit', withoutYear)).toBe('waiting')
})

test('the address names the step, unless it has nothing to show', () => {
  expect(shownStep('columns', anImport())).toBe('columns')
  expect(shownStep('done', anImport())).toBe('preview')
  expect(shownStep('nonsense', anImport())).toBe('preview')
  expect(shownStep(undefined, anImport({ status: 'committed' }))).toBe('done')
})

test('nothing is to change when no record is new or changed, and errors are not nothing', () => {
  const unchanged = someCounts({
    households: someRecords({ rows: 40, unchanged: 40 }),
    persons: someRecords({ rows: 120, unchanged: 120 }),
    incomeYears: someRecords({ rows: 40, unchanged: 40 }),
  })
  expect(isNothingToChange(anImport({ counts: unchanged }))).toBe(true)
  expect(isNothingToChange(anImport({ counts: unchanged, errorCount: 1 }))).toBe(false)
  expect(isNothingToChange(anImport())).toBe(false)
  expect(isNothingToChange(anImport({ counts: null }))).toBe(false)
  const oneIncome = { ...unchanged, incomeYears: someRecords({ rows: 40, unchanged: 39, changed: 1 }) }
  expect(isNothingToChange(anImport({ counts: oneIncome }))).toBe(false)
})

test('one asks each second while there is news, less often without, never less than each ten seconds', () => {
  expect(waitBeforeAsking(0, 0)).toBe(1000)
  expect(waitBeforeAsking(3, 0)).toBe(1000)
  expect(waitBeforeAsking(4, 0)).toBe(1500)
  expect(waitBeforeAsking(0, 1)).toBe(1500)
  expect(waitBeforeAsking(100, 50)).toBe(10_000)
})
