/**
 * A cell carrying a date or time format. No `Date`: a sheet's date has no time zone.
 * `iso` is `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM:SS`, or `HH:MM:SS` when the cell holds a time of day only.
 */
export interface DateCell {
  readonly kind: 'date'
  readonly iso: string
  /** The number behind the date, as the file has it; undefined for ISO dates of strict OOXML files. */
  readonly serial?: number
}

/** `#REF!`, `#N/A` …; `no_cached_value` for a formula saved by a program that did not compute it. */
export interface ErrorCell {
  readonly kind: 'error'
  readonly code: string
}

/**
 * The value of one cell. Plain JavaScript values because 31 million of them pass in one import: an object per
 * cell costs more than parsing the file. `typeof` tells the kinds apart: an 18-digit number stored as text is
 * a string with every digit; stored as a number it is a `number`, and whoever needs the digits must refuse it.
 * An empty cell and an empty text are both null.
 */
export type CellValue = string | number | boolean | null | DateCell | ErrorCell

/** One row that has at least one value. */
export interface SheetRow {
  /** The row number as Excel shows it, from 1. In CSV the number of the record, blank ones counted. */
  readonly number: number
  /** Values from column A on; null where empty; ends with the last value. Never reused: it may be kept. */
  readonly values: CellValue[]
}

// ECMA-376 part 1, 18.17.4.1: last serial of 9999-12-31 in the 1900 system.
const LAST_SERIAL = 2_958_465
const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const DAYS_1904_TO_1900 = 1462

/** A serial number with a date format as a date; undefined where Excel itself shows no date (#####). */
export function dateFromSerial(serial: number, date1904: boolean): DateCell | undefined {
  const inSystem1900 = date1904 ? serial + DAYS_1904_TO_1900 : serial
  if (!(inSystem1900 >= 0) || inSystem1900 >= LAST_SERIAL + 1) return undefined
  // Whole seconds, as Excel shows them: 0.1 s of floating-point dust must not become 23:59:59.
  const seconds = Math.round(inSystem1900 * 86_400)
  const days = Math.floor(seconds / 86_400)
  const time = timeOf(seconds % 86_400)
  if (days === 0 && !date1904) return { kind: 'date', iso: time, serial }
  const date = dayOf(days)
  return { kind: 'date', iso: time === '00:00:00' ? date : `${date}T${time}`, serial }
}

function dayOf(days: number): string {
  // The 1900 system counts a 29 February 1900 that never was (kept from Lotus 1-2-3).
  if (days === 60) return '1900-02-29'
  const shifted = days < 60 ? days + 1 : days
  return new Date(EPOCH_1900 + shifted * DAY_MS).toISOString().slice(0, 10)
}

function timeOf(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** The serial of a `YYYY-MM-DD` in the 1900 system; undefined for what is no day after 1 March 1900. */
export function serialFromDate(iso: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined
  const at = Date.parse(`${iso}T00:00:00Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== iso) return undefined
  const serial = (at - EPOCH_1900) / DAY_MS
  return serial > 60 ? serial : undefined
}

/** Column letters as Excel shows them: 0 → A, 27 → AB. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
