import type { CellValue } from '../../../platform/workbooks/index.ts'
import { withHalfWidth } from './cell-text.rules.ts'
import { BLANK, fault, value } from './parsed-cell.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'

const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
/** 1 January 1900 to 31 December 2099 as Excel counts days. */
const FIRST_SERIAL = 1
const LAST_SERIAL = 73_050

/** The day behind an Excel serial number that lost its date format; undefined outside the years 1900 to 2099. */
export function dayOfSerial(serial: number): string | undefined {
  if (!(serial >= FIRST_SERIAL && serial <= LAST_SERIAL)) return undefined
  const days = Math.floor(serial)
  // Excel counts a 29 February 1900 that never was.
  const at = EPOCH_1900 + (days < 61 ? days + 1 : days) * DAY_MS
  return new Date(at).toISOString().slice(0, 10)
}

const two = (digits: string) => digits.padStart(2, '0')

const LONGEST_MONTHS = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeapYear = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Counted, not asked of Date: a county's workbook has a million dates. */
function calendarDay(year: string, month: string, day: string): string | undefined {
  const days = LONGEST_MONTHS[Number(month)] ?? 0
  const isReal = Number(day) >= 1 && Number(day) <= days
  if (!isReal || (Number(month) === 2 && day === '29' && !isLeapYear(Number(year)))) return undefined
  return `${year}-${two(month)}-${two(day)}`
}

const DAY_FORM = /^(\d{4})(?:[-./年])(\d{1,2})(?:[-./月])(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/
const DAY_DIGITS = /^(\d{4})(\d{2})(\d{2})$/

/** 1965-03-12 and its variants, 19650312, a date cell, or a serial number without its format. */
export function readDay(cell: CellValue, today: string): ParsedCell {
  const read = dayOf(cell)
  if (read.fault === null && read.text > today && read !== BLANK) return fault('date_in_future')
  return read
}

function dayOf(cell: CellValue): ParsedCell {
  if (cell === null) return BLANK
  if (typeof cell === 'object') {
    if (cell.kind === 'error') return fault('formula_error', { code: cell.code })
    return /^\d{4}-/.test(cell.iso) ? value(cell.iso.slice(0, 10), 'excel_date') : fault('not_a_date')
  }
  if (typeof cell === 'boolean') return fault('not_a_date')
  const text = typeof cell === 'number' ? String(cell) : withHalfWidth(cell).replace(/\s+/g, ' ').trim()
  if (text === '') return BLANK
  const match = DAY_FORM.exec(text) ?? DAY_DIGITS.exec(text)
  if (match) {
    const [, year = '', month = '', day = ''] = match
    const iso = calendarDay(year, month, day)
    return iso ? value(iso, iso === cell ? null : 'date_form') : fault('not_a_date')
  }
  const serial = /^\d{1,5}(\.\d+)?$/.test(text) ? dayOfSerial(Number(text)) : undefined
  return serial ? value(serial, 'excel_date') : fault('not_a_date')
}

const MONTH_FORM = /^(\d{4})(?:[-./年])(\d{1,2})(?:月(?:份)?)?(?:[-./]?\d{1,2}日?)?$/
const MONTH_DIGITS = /^(\d{4})(\d{2})(?:\d{2})?$/

/** 201412, 2014-12, 2014年12月, a full day, a date cell or its serial number; kept as 2014-12. */
export function readMonth(cell: CellValue, minimum: number | null, maximum: number | null): ParsedCell {
  const read = monthOf(cell)
  if (read.fault !== null || read === BLANK) return read
  const year = Number(read.text.slice(0, 4))
  if (minimum !== null && year < minimum) return fault('too_small', { minimum })
  if (maximum !== null && year > maximum) return fault('too_big', { maximum })
  return read
}

function monthOf(cell: CellValue): ParsedCell {
  if (cell === null) return BLANK
  if (typeof cell === 'object') {
    if (cell.kind === 'error') return fault('formula_error', { code: cell.code })
    return /^\d{4}-/.test(cell.iso) ? value(cell.iso.slice(0, 7), 'excel_date') : fault('not_a_month')
  }
  if (typeof cell === 'boolean') return fault('not_a_month')
  const text = typeof cell === 'number' ? String(cell) : withHalfWidth(cell).replace(/\s+/g, '')
  if (text === '') return BLANK
  const match = MONTH_DIGITS.exec(text) ?? MONTH_FORM.exec(text)
  if (match) {
    const [, year = '', month = ''] = match
    const isMonth = Number(month) >= 1 && Number(month) <= 12
    // The national system itself writes 201412, so that is no variant worth reporting.
    const kind = /^\d{6}$/.test(text) && typeof cell === 'string' ? null : 'month_form'
    return isMonth ? value(`${year}-${two(month)}`, kind) : fault('not_a_month')
  }
  const day = /^\d{5}$/.test(text) ? dayOfSerial(Number(text)) : undefined
  return day ? value(day.slice(0, 7), 'excel_date') : fault('not_a_month')
}

/** 2018, 2018年, or the year of a date cell. */
export function readYear(cell: CellValue, minimum: number | null, maximum: number | null): ParsedCell {
  if (cell === null) return BLANK
  let kind: ParsedCell['kind'] = null
  let text = ''
  if (typeof cell === 'object') {
    if (cell.kind === 'error') return fault('formula_error', { code: cell.code })
    text = cell.iso.slice(0, 4)
    kind = 'excel_date'
  } else {
    text = withHalfWidth(String(cell)).replace(/\s+/g, '')
    const plain = /^(\d{4})(?:年度?)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[-./]\d{1,2}){0,2}$/.exec(text)?.[1]
    if (plain !== undefined && plain !== String(cell)) kind = 'date_form'
    text = plain ?? text
  }
  if (text === '') return BLANK
  if (!/^\d{4}$/.test(text)) return fault('not_a_year')
  if (minimum !== null && Number(text) < minimum) return fault('too_small', { minimum })
  if (maximum !== null && Number(text) > maximum) return fault('too_big', { maximum })
  return value(text, kind)
}
