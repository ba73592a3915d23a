import { WorkbookError } from './workbook-error.ts'

// ECMA-376 and Excel's own limit of a cell.
const LONGEST_CELL = 32_767
const LARGEST_TABLE = 65_536
const LONGEST_SHARED = 64

export const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

// eslint-disable-next-line no-control-regex -- exactly the characters XML 1.0 forbids, and CR, which parsers turn into LF
const NEEDS_CARE = /[\u0000-\u0008\u000b-\u001f&<>"\ufffe\uffff]|_x[\da-f]{4}_/gi
const NAMES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for an attribute or element of SpreadsheetML; control characters become `_xHHHH_` as Excel writes them. */
export function escapeText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  if (whole.search(NEEDS_CARE) < 0) return whole
  return whole.replace(NEEDS_CARE, (found) => {
    if (found.length > 1) return `_x005F${found}`
    return NAMES[found] ?? `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
}

/** `<t>` with spaces and line breaks kept. */
export function textElement(text: string): string {
  if (text.length > LONGEST_CELL) throw new WorkbookError('text_too_long', `${text.length} characters`)
  const keep = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''
  return `<t${keep}>${escapeText(text)}</t>`
}

export interface SharedStrings {
  /** Index of the text in the table, or -1 when it is to be written in its cell. */
  indexOf(text: string): number
  count(): number
  xml(): Generator<string>
}

/**
 * The table of repeated texts, which keeps files small. It takes the first 65,536 short texts and no more:
 * the vocabulary of a register shows up early, and unique numbers must not fill the memory.
 */
export function sharedStrings(): SharedStrings {
  const indexes = new Map<string, number>()
  return {
    indexOf(text) {
      const known = indexes.get(text)
      if (known !== undefined) return known
      if (indexes.size >= LARGEST_TABLE || text.length > LONGEST_SHARED) return -1
      indexes.set(text, indexes.size)
      return indexes.size - 1
    },
    count: () => indexes.size,
    *xml() {
      yield `${XML_HEAD}<sst xmlns="${SPREADSHEET}" uniqueCount="${indexes.size}">`
      for (const text of indexes.keys()) yield `<si>${textElement(text)}</si>`
      yield '</sst>'
    },
  }
}

/** Joins small strings into pieces of some 64 KB. */
export async function* inPieces(strings: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let text = ''
  for await (const string of strings) {
    text += string
    if (text.length < 65_536) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
