import type { CellValue } from '../../../platform/workbooks/index.ts'

/** NULL in the text format of COPY. */
export const COPY_NULL = '\\N'

const FULL_WIDTH = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\u3000]/g
const STRAY = /^[\s\u200B-\u200F\uFEFF]+|[\s\u200B-\u200F\uFEFF]+$/g

/** Full-width letters, digits and the ideographic space; Chinese punctuation stays, it is meant in running text. */
export function withHalfWidth(text: string): string {
  return text.replace(FULL_WIDTH, (mark) =>
    mark === '\u3000' ? ' ' : String.fromCharCode(mark.charCodeAt(0) - 0xfee0),
  )
}

/** One spelling of a word to be looked up: half-width brackets and digits, no white space at all. */
export function lookupKey(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B-\u200F\u2060\uFEFF]/g, '')
}

/** Running text: outer white space and line breaks go, blanks inside become one. */
export function tidyText(text: string): string {
  return withHalfWidth(text)
    .replace(STRAY, '')
    .replace(/[\s\u200B-\u200F\uFEFF]+/g, ' ')
}

/** Names: blanks between Chinese characters are there only to line columns up (李\u3000明). */
export function tidyName(text: string): string {
  return tidyText(text).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

const NEEDS_ESCAPE = /[\\\t\n\r]/

/** A text as COPY reads it (PostgreSQL manual, COPY, text format). */
export function copyText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

/** Back from COPY's form; undefined for NULL. */
export function fromCopyText(text: string): string | undefined {
  if (text === COPY_NULL) return undefined
  if (!text.includes('\\')) return text
  return text.replace(/\\([\\tnr])/g, (_, mark: string) =>
    mark === 't' ? '\t' : mark === 'n' ? '\n' : mark === 'r' ? '\r' : '\\',
  )
}

/** A cell as a person sees it in the spreadsheet, for the table of problems. */
export function shownCell(cell: CellValue | undefined): string | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (typeof cell === 'object') return cell.kind === 'date' ? cell.iso : cell.code
  return String(cell)
}
