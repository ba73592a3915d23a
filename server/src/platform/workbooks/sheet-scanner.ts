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
const LOWER_A = 0x61
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

/**
 * Scans the bytes of `<sheetData>` into rows. It works on bytes, not on a tree or on events with attribute
 * objects: per cell it allocates nothing but the value itself. See README for the measured difference.
 */
export function sheetScanner(context: ScanContext): (stretch: XmlStretch) => SheetRow[] {
  const { sharedStrings, dateStyles, date1904, maxColumns } = context
  const decode = textDecoder()
  const dates = new Map<number, DateCell | undefined>()
  let bytes: Buffer = Buffer.alloc(0)
  let prefix = 0
  let pos = 0
  let lastRow = 0
  // The cell being read.
  let column = 0
  let style = 0
  let type = LOWER_N
  let rowAttribute = 0

  const damaged = () => new WorkbookError('damaged', 'broken XML in a sheet', { row: lastRow })

  /** Reads the attributes of the tag at `pos`, ends behind `>`; answers whether it was `<…/>`. */
  function readAttributes(isCell: boolean): boolean {
    for (;;) {
      const byte = bytes[pos]
      if (byte === undefined) throw damaged()
      if (byte === GT) {
        pos += 1
        return bytes[pos - 2] === SLASH
      }
      if (byte !== EQUALS) {
        pos += 1
        continue
      }
      const name = (bytes[pos - 2] ?? 0) <= 0x20 ? bytes[pos - 1] : 0
      const quote = bytes[pos + 1]
      if (quote !== QUOTE && quote !== APOSTROPHE) throw damaged()
      pos += 2
      if (name === LOWER_R) readReference(isCell)
      else if (isCell && name === LOWER_S) style = readInteger()
      else if (isCell && name === LOWER_T) type = readType()
      while (bytes[pos] !== quote) if (++pos >= bytes.length) throw damaged()
      pos += 1
    }
  }

  function readReference(isCell: boolean): void {
    if (!isCell) {
      rowAttribute = readInteger()
      return
    }
    let letters = 0
    for (let byte = bytes[pos] ?? 0; byte >= 0x41 && byte <= 0x5a; byte = bytes[pos] ?? 0) {
      letters = letters * 26 + byte - 0x40
      pos += 1
    }
    if (letters > 0) column = letters - 1
  }

  function readInteger(): number {
    let value = 0
    for (let byte = bytes[pos] ?? 0; byte >= 0x30 && byte <= 0x39; byte = bytes[pos] ?? 0) {
      value = value * 10 + byte - 0x30
      pos += 1
    }
    return value
  }

  function readType(): number {
    const first = bytes[pos] ?? LOWER_N
    return first === LOWER_S && bytes[pos + 1] === LOWER_T ? STR : first
  }

  /** Position of the next byte, searched natively when it may be far, since texts and formulas are long. */
  function find(byte: number, from: number): number {
    for (let near = from; near < from + 24; near += 1) if (bytes[near] === byte) return near
    const far = bytes.indexOf(byte, from + 24)
    if (far < 0) throw damaged()
    return far
  }

  /** Reads what stands in a cell up to behind `</c>`. */
  function readCell(): CellValue {
    let valueFrom = -1
    let valueTo = -1
    let inline: string | undefined
    let hasFormula = false
    for (;;) {
      const open = find(LT, pos)
      const next = bytes[open + 1]
      if (next === SLASH) {
        const name = bytes[open + 2 + prefix]
        pos = find(GT, open + 2) + 1
        if (name === LOWER_C) break
        continue
      }
      const name = bytes[open + 1 + prefix]
      const end = find(GT, open)
      pos = end + 1
      // <!-- or CDATA: no program writes them here, and guessing would lose content.
      if (next === 0x21) throw damaged()
      if (name === LOWER_F) hasFormula = true
      if (bytes[end - 1] === SLASH) continue
      if (name === LOWER_V) {
        valueFrom = pos
        valueTo = pos = find(LT, pos)
      } else if (name === LOWER_I) inline = readInline()
    }
    if (inline !== undefined) return inline === '' ? null : inline
    if (valueFrom >= 0 && valueTo > valueFrom) return valueOf(valueFrom, valueTo)
    return hasFormula && valueFrom < 0 ? NO_CACHED_VALUE : null
  }

  function readInline(): string {
    const from = pos
    // </is> is the only end: <is> does not nest.
    for (let at = from; ; at += 1) {
      at = find(LT, at)
      const name = at + 2 + prefix
      if (bytes[at + 1] !== SLASH || bytes[name] !== LOWER_I || bytes[name + 1] !== LOWER_S) continue
      pos = find(GT, at) + 1
      return stringItemText(bytes, from, at, prefix, decode)
    }
  }

  function valueOf(from: number, to: number): CellValue {
    if (type === LOWER_S) {
      const text = sharedStrings[numberOf(from, to)]
      if (text === undefined) throw damaged()
      return text === '' ? null : text
    }
    if (type === STR || type === LOWER_I) return decode(bytes, from, to)
    if (type === LOWER_B) return bytes[from] === 0x31 || bytes[from] === 0x74
    if (type === LOWER_E) return { kind: 'error', code: decode(bytes, from, to) }
    if (type === LOWER_D) return { kind: 'date', iso: decode(bytes, from, to).replace(/(\.\d+)?Z?$|T00:00:00.*$/, '') }
    const value = numberOf(from, to)
    if (Number.isNaN(value)) throw damaged()
    return dateStyles[style] === true ? (dateOf(value) ?? value) : value
  }

  /** The number written at [from, to); plain decimals of up to 15 digits without making a string. */
  function numberOf(from: number, to: number): number {
    let digits = 0
    let scale = 0
    const start = bytes[from] === 0x2d ? from + 1 : from
    for (let at = start; at < to; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte >= 0x30 && byte <= 0x39) {
        digits = digits * 10 + byte - 0x30
        scale *= 10
      } else if (byte === 0x2e && scale === 0 && at > start) scale = 1
      else return Number(bytes.toString('latin1', from, to).trim() || Number.NaN)
    }
    if (to - start > 15) return Number(bytes.toString('latin1', from, to))
    // Both exact below 2^53, so the quotient is rounded once: the same number as Number() gives.
    const value = scale > 1 ? digits / scale : digits
    return start > from ? -value : value
  }

  function dateOf(serial: number): DateCell | undefined {
    if (dates.has(serial)) return dates.get(serial)
    const date = dateFromSerial(serial, date1904)
    if (dates.size < MOST_KEPT_DATES) dates.set(serial, date)
    return date
  }

  /** Reads the cells up to behind `</row>`. */
  function readRow(): CellValue[] {
    const values: CellValue[] = []
    column = 0
    for (;;) {
      const open = find(LT, pos)
      pos = open + 1
      if (bytes[pos] === SLASH) {
        pos = find(GT, pos) + 1
        // </row>, or the end of an <extLst> inside the row
        if (bytes[open + 2 + prefix] === LOWER_R) return values
        continue
      }
      const name = pos + prefix
      if (bytes[name] !== LOWER_C || !isNameEnd(bytes[name + 1])) {
        pos = find(GT, pos) + 1
        continue
      }
      pos = name + 1
      style = 0
      type = LOWER_N
      const value = readAttributes(true) ? null : readCell()
      if (value !== null) put(values, value)
      column += 1
    }
  }

  function put(values: CellValue[], value: CellValue): void {
    if (column >= maxColumns) {
      throw new WorkbookError('too_many_columns', `a value beyond column ${maxColumns}`, { row: lastRow })
    }
    while (values.length < column) values.push(null)
    values[column] = value
  }

  function startOfRow(): number {
    for (let at = pos; ; at += 1) {
      at = bytes.indexOf('row', at, 'latin1')
      if (at < 0) return -1
      if (bytes[at - 1 - prefix] === LT && isNameEnd(bytes[at + 3])) return at + 3
    }
  }

  return (stretch) => {
    bytes = stretch.bytes
    prefix = stretch.prefix
    pos = 0
    const rows: SheetRow[] = []
    for (let start = startOfRow(); start >= 0; start = startOfRow()) {
      pos = start
      rowAttribute = 0
      const isEmpty = readAttributes(false)
      lastRow = rowAttribute > 0 ? rowAttribute : lastRow + 1
      const values = isEmpty ? [] : readRow()
      if (values.length > 0) rows.push({ number: lastRow, values })
    }
    return rows
  }
}
