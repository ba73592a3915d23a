import type { ImportProblemGroup } from '@tiejun/contract/households/import.ts'
import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import type { CellValue } from '../../../platform/workbooks/index.ts'
import { COPY_NULL, copyText, shownCell } from './cell-text.rules.ts'
import type { ImportField } from './import-fields.rules.ts'
import { maskedCell } from './sheet-columns.ts'
import type { SheetPlace } from './sheet-columns.ts'

/** The codes that hinder nothing; all others keep their household out. */
export const WARNING_CODES: ReadonlySet<ImportProblemCode> = new Set<ImportProblemCode>([
  // A workbook tells how it was on an earlier day: a pupil of then may have grown up since.
  'school_status_contradicts_age',
  'member_count_differs',
  'total_differs',
  'head_differs',
  'county_differs',
  'relation_contradicts_age',
  'bank_account_luhn',
  'id_number_differs',
])

export interface FoundProblem {
  code: ImportProblemCode
  params?: Record<string, unknown>
  /** Absent when the file as a whole is meant. */
  sheet?: SheetPlace
  row?: number
  column?: { index: number; header: string; field: ImportField | null }
  cell?: CellValue
  householdNo?: string
}

export interface ProblemLog {
  add(problem: FoundProblem): void
  /** Households with at least one error. */
  faulty: Set<string>
  groups: Map<string, ImportProblemGroup>
  readonly count: number
  hasFileError: boolean
}

/** Beyond this nobody reads on, and the file is the wrong one. */
export const MOST_PROBLEMS = 200_000

/** Collects what is wrong, as lines of COPY into import_problems. */
export function problemLog(importId: string, write: (line: string) => void): ProblemLog {
  let count = 0
  const log: ProblemLog = {
    faulty: new Set(),
    groups: new Map(),
    get count() {
      return count
    },
    hasFileError: false,
    add: (problem) => {
      const isWarning = WARNING_CODES.has(problem.code)
      if (!isWarning && problem.householdNo !== undefined) log.faulty.add(problem.householdNo)
      if (!isWarning && problem.row === undefined) log.hasFileError = true
      if (count >= MOST_PROBLEMS && problem.row !== undefined) return
      count += 1
      write(lineOf(importId, count, problem))
      countGroup(log.groups, problem)
    },
  }
  return log
}

function countGroup(groups: Map<string, ImportProblemGroup>, { code, sheet, column }: FoundProblem): void {
  const key = `${code}|${sheet?.no ?? 0}|${column?.header ?? ''}`
  const group = groups.get(key)
  if (group) {
    group.count += 1
    return
  }
  const severity = WARNING_CODES.has(code) ? 'warning' : 'error'
  groups.set(key, { code, severity, sheet: sheet?.name ?? null, header: column?.header ?? null, count: 1 })
}

export const PROBLEM_COLUMNS = [
  'import_id',
  'problem_no',
  'sheet_no',
  'row_no',
  'column_no',
  'sheet',
  'header',
  'field',
  'value',
  'code',
  'params',
  'severity',
  'household_no',
]

const orNull = (text: string | null | undefined) =>
  text === null || text === undefined ? COPY_NULL : copyText(text)

function lineOf(importId: string, number: number, problem: FoundProblem): string {
  const { code, params = {}, sheet, row = 0, column, cell, householdNo } = problem
  const shown = maskedCell(column?.field ?? null, shownCell(cell))
  return [
    importId,
    number,
    sheet?.no ?? 0,
    row,
    column && column.index >= 0 ? column.index : COPY_NULL,
    orNull(sheet?.name),
    orNull(column?.header),
    orNull(column?.field?.key),
    orNull(shown?.slice(0, 200)),
    code,
    copyText(JSON.stringify(params)),
    WARNING_CODES.has(code) ? 'warning' : 'error',
    orNull(householdNo),
  ].join('\t')
}
