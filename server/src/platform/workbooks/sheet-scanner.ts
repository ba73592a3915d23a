import type { TextDecode } from './cell-text.ts'
import { stringItemText, textDecoder } from './cell-text.ts'
import type { CellValue, DateCell, ErrorCell, SheetRow } from './cells.ts'
import { dateFromSerial } from './cells.ts'
import { WorkbookError } from './workbook-error.ts'
import type { XmlStretch } from './xml-pieces.ts'
import { isNameEnd } from './xml-pieces.ts'

export interface ScanContext {
  sharedStrings: readonly string[]
  dateStyles: readonly boolean[]
  date1904: boolean
  maxColumns: number
}

// Bytes of XML, named as they are read.
const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27
const LOWER_B = 0x62
const LOWER_C = 0x63
const LOWER_D = 0x64
const LOWER_E = 0x65
const LOWER_F = 0x66
const LOWER_I = 0x69
const LOWER_N = 0x6e
const LOWER_R = 0x72
const LOWER_S = 0x73
const LOWER_T = 0x74
const LOWER_V = 0x76

/** Cell types (`t`), by one letter: s shared, S `str`, i inlineStr, n number, b, e, d. */
const STR = 0x53

const MOST_KEPT_DATES = 50_000
const NO_CACHED_VALUE: ErrorCell = { kind: 'error', code: 'no_cached_value' }

/** Where the scan stands, and what it needs to know. One object of a fixed shape: fields are as fast as variables. */
interface Scan extends ScanContext {
  bytes: Buffer
  prefix: number
  pos: number
  lastRow: number
  rowAttribute: number
  /** Of the cell being read. */
  column: number
  style: number
  type: number
  decode: TextDecode
  dates: Map<number, DateCell | undefined>
}

/**
 * Scans the bytes of `<sheetData>` into rows. It works on bytes, not on a tree or on events with attribute
 * objects: per cell it allocates nothing but the value itself. See README for the measured difference.
 */
export function sheetScanner(context: ScanContext): (stretch: XmlStretch) => SheetRow[] {
  const { sharedStrings, dateStyles, date1904, maxColumns } = context
  const scan: Scan = {
    sharedStrings,
    dateStyles,
    date1904,
    maxColumns,
    bytes: Buffer.alloc(0),
    prefix: 0,
    pos: 0,
    lastRow: 0,
    rowAttribute: 0,
    column: 0,
    style: 0,
    type: LOWER_N,
    decode: textDecoder(),
    dates: new Map(),
  }
  return (stretch) => {
    scan.bytes = stretch.bytes
    scan.prefix = stretch.prefix
    scan.pos = 0
    const rows: SheetRow[] = []
    for (let start = startOfRow(scan); start >= 0; start = startOfRow(scan)) {
      scan.pos = start
      scan.rowAttribute = 0
      const isEmpty = readAttributes(scan, false)
      scan.lastRow = scan.rowAttribute > 0 ? scan.rowAttribute : scan.lastRow + 1
      const values = isEmpty ? [] : readRow(scan)
      if (values.length > 0) rows.push({ number: scan.lastRow, values })
    }
    return rows
  }
}

function damaged({ lastRow }: Scan): WorkbookError {
  return new WorkbookError('damaged', 'broken XML in a sheet', { row: lastRow })
}

/** Reads the attributes of the tag at `pos`, ends behind `>`; answers whether it was `<…/>`. */
function readAttributes(scan: Scan, isCell: boolean): boolean {
  for (;;) {
    const byte = scan.bytes[scan.pos]
    if (byte === undefined) throw damaged(scan)
    if (byte === GT) {
      scan.pos += 1
      return scan.bytes[scan.pos - 2] === SLASH
    }
    if (byte !== EQUALS) {
      scan.pos += 1
      continue
    }
    const name = (scan.bytes[scan.pos - 2] ?? 0) <= 0x20 ? scan.bytes[scan.pos - 1] : 0
    const quote = scan.bytes[scan.pos + 1]
    if (quote !== QUOTE && quote !== APOSTROPHE) throw damaged(scan)
    scan.pos += 2
    if (name === LOWER_R) readReference(scan, isCell)
    else if (isCell && name === LOWER_S) scan.style = readInteger(scan)
    else if (isCell && name === LOWER_T) scan.type = readType(scan)
    while (scan.bytes[scan.pos] !== quote) if (++scan.pos >= scan.bytes.length) throw damaged(scan)
    scan.pos += 1
  }
}

function readReference(scan: Scan, isCell: boolean): void {
  if (!isCell) {
    scan.rowAttribute = readInteger(scan)
    return
  }
  let letters = 0
  for (let byte = scan.bytes[scan.pos] ?? 0; byte >= 0x41 && byte <= 0x5a; byte = scan.bytes[scan.pos] ?? 0) {
    letters = letters * 26 + byte - 0x40
    scan.pos += 1
  }
  if (letters > 0) scan.column = letters - 1
}

function readInteger(scan: Scan): number {
  let value = 0
  for (let byte = scan.bytes[scan.pos] ?? 0; byte >= 0x30 && byte <= 0x39; byte = scan.bytes[scan.pos] ?? 0) {
    value = value * 10 + byte - 0x30
    scan.pos += 1
  }
  return value
}

function readType(scan: Scan): number {
  const first = scan.bytes[scan.pos] ?? LOWER_N
  return first === LOWER_S && scan.bytes[scan.pos + 1] === LOWER_T ? STR : first
}

/** Position of the next byte, searched natively when it may be far, since texts and formulas are long. */
function find(scan: Scan, byte: number, from: number): number {
  for (let near = from; near < from + 24; near += 1) if (scan.bytes[near] === byte) return near
  const far = scan.bytes.indexOf(byte, from + 24)
  if (far < 0) throw damaged(scan)
  return far
}

/** Reads what stands in a cell up to behind `</c>`. */
function readCell(scan: Scan): CellValue {
  let valueFrom = -1
  let valueTo = -1
  let inline: string | undefined
  let hasFormula = false
  for (;;) {
    const open = find(scan, LT, scan.pos)
    const next = scan.bytes[open + 1]
    if (next === SLASH) {
      const name = scan.bytes[open + 2 + scan.prefix]
      scan.pos = find(scan, GT, open + 2) + 1
      if (name === LOWER_C) break
      continue
    }
    const name = scan.bytes[open + 1 + scan.prefix]
    const end = find(scan, GT, open)
    scan.pos = end + 1
    // <!-- or CDATA: no program writes them here, and guessing would lose content.
    if (next === 0x21) throw damaged(scan)
    if (name === LOWER_F) hasFormula = true
    if (scan.bytes[end - 1] === SLASH) continue
    if (name === LOWER_V) {
      valueFrom = scan.pos
      valueTo = scan.pos = find(scan, LT, scan.pos)
    } else if (name === LOWER_I) inline = readInline(scan)
  }
  if (inline !== undefined) return inline === '' ? null : inline
  if (valueFrom >= 0 && valueTo > valueFrom) return valueOf(scan, valueFrom, valueTo)
  return hasFormula && valueFrom < 0 ? NO_CACHED_VALUE : null
}

function readInline(scan: Scan): string {
  const from = scan.pos
  // <t>…</t></is> is what nearly every program writes; the rest takes the long way.
  if (scan.prefix === 0 && isPlainText(scan.bytes, from)) {
    const to = find(scan, LT, from + 3)
    if (isPlainEnd(scan.bytes, to)) {
      scan.pos = to + 9
      return to === from + 3 ? '' : scan.decode(scan.bytes, from + 3, to)
    }
  }
  // </is> is the only end: <is> does not nest.
  for (let at = from; ; at += 1) {
    at = find(scan, LT, at)
    const name = at + 2 + scan.prefix
    if (scan.bytes[at + 1] !== SLASH || scan.bytes[name] !== LOWER_I || scan.bytes[name + 1] !== LOWER_S)
      continue
    scan.pos = find(scan, GT, at) + 1
    return stringItemText(scan.bytes, from, at, scan.prefix, scan.decode)
  }
}

function isPlainText(bytes: Buffer, at: number): boolean {
  return bytes[at] === LT && bytes[at + 1] === LOWER_T && bytes[at + 2] === GT
}

/** Whether `</t></is>` stands here; the first byte is known to be `<`. */
function isPlainEnd(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 1] === SLASH &&
    bytes[at + 2] === LOWER_T &&
    bytes[at + 3] === GT &&
    bytes[at + 4] === LT &&
    bytes[at + 5] === SLASH &&
    bytes[at + 6] === LOWER_I &&
    bytes[at + 7] === LOWER_S &&
    bytes[at + 8] === GT
  )
}

function valueOf(scan: Scan, from: number, to: number): CellValue {
  if (scan.type === LOWER_S) {
    const text = scan.sharedStrings[numberOf(scan, from, to)]
    if (text === undefined) throw damaged(scan)
    return text === '' ? null : text
  }
  if (scan.type === STR || scan.type === LOWER_I) return scan.decode(scan.bytes, from, to)
  if (scan.type === LOWER_B) return scan.bytes[from] === 0x31 || scan.bytes[from] === 0x74
  if (scan.type === LOWER_E) return { kind: 'error', code: scan.decode(scan.bytes, from, to) }
  if (scan.type === LOWER_D)
    return { kind: 'date', iso: scan.decode(scan.bytes, from, to).replace(/(\.\d+)?Z?$|T00:00:00.*$/, '') }
  const value = numberOf(scan, from, to)
  if (Number.isNaN(value)) throw damaged(scan)
  return scan.dateStyles[scan.style] === true ? (dateOf(scan, value) ?? value) : value
}

/** The number written at [from, to); plain decimals of up to 15 digits without making a string. */
function numberOf(scan: Scan, from: number, to: number): number {
  let digits = 0
  let scale = 0
  const start = scan.bytes[from] === 0x2d ? from + 1 : from
  for (let at = start; at < to; at += 1) {
    const byte = scan.bytes[at] ?? 0
    if (byte >= 0x30 && byte <= 0x39) {
      digits = digits * 10 + byte - 0x30
      scale *= 10
    } else if (byte === 0x2e && scale === 0 && at > start) scale = 1
    else return Number(scan.bytes.toString('latin1', from, to).trim() || Number.NaN)
  }
  if (to - start > 15) return Number(scan.bytes.toString('latin1', from, to))
  // Both exact below 2^53, so the quotient is rounded once: the same number as Number() gives.
  const value = scale > 1 ? digits / scale : digits
  return start > from ? -value : value
}

function dateOf(scan: Scan, serial: number): DateCell | undefined {
  if (scan.dates.has(serial)) return scan.dates.get(serial)
  const date = dateFromSerial(serial, scan.date1904)
  if (scan.dates.size < MOST_KEPT_DATES) scan.dates.set(serial, date)
  return date
}

/** Reads the cells up to behind `</row>`. */
function readRow(scan: Scan): CellValue[] {
  const values: CellValue[] = []
  scan.column = 0
  for (;;) {
    const open = find(scan, LT, scan.pos)
    scan.pos = open + 1
    if (scan.bytes[scan.pos] === SLASH) {
      scan.pos = find(scan, GT, scan.pos) + 1
      // </row>, or the end of an <extLst> inside the row
      if (scan.bytes[open + 2 + scan.prefix] === LOWER_R) return values
      continue
    }
    const name = scan.pos + scan.prefix
    if (scan.bytes[name] !== LOWER_C || !isNameEnd(scan.bytes[name + 1])) {
      scan.pos = find(scan, GT, scan.pos) + 1
      continue
    }
    scan.pos = name + 1
    scan.style = 0
    scan.type = LOWER_N
    const value = readAttributes(scan, true) ? null : readCell(scan)
    if (value !== null) put(scan, values, value)
    scan.column += 1
  }
}

function put(scan: Scan, values: CellValue[], value: CellValue): void {
  if (scan.column >= scan.maxColumns) {
    throw new WorkbookError('too_many_columns', `a value beyond column ${scan.maxColumns}`, {
      row: scan.lastRow,
    })
  }
  while (values.length < scan.column) values.push(null)
  values[scan.column] = value
}

function startOfRow(scan: Scan): number {
  for (let at = scan.pos; ; at += 1) {
    at = scan.bytes.indexOf('row', at, 'latin1')
    if (at < 0) return -1
    if (scan.bytes[at - 1 - scan.prefix] === LT && isNameEnd(scan.bytes[at + 3])) return at + 3
  }
}
