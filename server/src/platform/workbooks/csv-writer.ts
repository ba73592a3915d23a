import { createWriteStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CellValue } from './cells.ts'
import { inPieces } from './sheet-text.ts'

/**
 * Writes UTF-8 with BOM (Excel would take it for GB18030 without) and CRLF, as a stream; ends `out`.
 * A text that a spreadsheet would run as a formula gets an apostrophe in front; `openWorkbook` takes it off.
 * @param out a writable stream, or the path of the file to write
 */
export async function writeCsv(
  rows: Iterable<readonly (CellValue | undefined)[]> | AsyncIterable<readonly (CellValue | undefined)[]>,
  out: Writable | string,
  signal?: AbortSignal,
): Promise<void> {
  async function* lines() {
    yield '\uFEFF'
    for await (const row of rows) yield `${row.map(fieldText).join(',')}\r\n`
  }
  const bytes = Readable.from(inPieces(lines()), { objectMode: false })
  await pipeline(bytes, typeof out === 'string' ? createWriteStream(out) : out, { signal })
}

function fieldText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return quoted(isFormulaStart(value) ? `'${value}` : value)
  if (typeof value === 'object') return quoted(value.kind === 'date' ? value.iso : value.code)
  return String(value)
}

/** OWASP, "CSV Injection": = + - @ tab CR, and their full-width forms. A plain number such as -5 runs nothing. */
function isFormulaStart(text: string): boolean {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text)
}

function quoted(text: string): string {
  return /[",\r\n\t;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
