import { isUtf8 } from 'node:buffer'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { SheetRow } from './cells.ts'
import type { SheetInfo } from './package-parts.ts'
import { WorkbookError } from './workbook-error.ts'
import type { ByteSource } from './zip-archive.ts'

export interface CsvReader {
  sheets: SheetInfo[]
  encoding: CsvEncoding
  separator: CsvSeparator
  rows(sheetIndex: number, signal?: AbortSignal): AsyncGenerator<SheetRow[]>
}

export type CsvEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'
export type CsvSeparator = ',' | '\t' | ';'

const PIECE = 256 * 1024
const BATCH = 500
// An unclosed quote would otherwise swallow the rest of the file before anyone notices.
const LARGEST_RECORD = 4 * 1024 * 1024

/** Opens separated text. Its encoding is found by looking at every byte, its separator at the first lines. */
export async function openCsv(bytes: ByteSource, fileName: string, maxColumns: number): Promise<CsvReader> {
  const encoding = await detectEncoding(bytes)
  const sample: string[] = []
  for await (const text of textPieces({ ...bytes, size: Math.min(bytes.size, PIECE) }, encoding, false))
    sample.push(text)
  const separator = detectSeparator(sample.join(''))
  const name = basename(fileName, extname(fileName)) || 'CSV'
  return {
    sheets: [{ name, hidden: false }],
    encoding,
    separator,
    async *rows(sheetIndex, signal) {
      if (sheetIndex !== 0) throw new WorkbookError('no_sheet', `no sheet ${sheetIndex}`)
      yield* readRecords(bytes, encoding, separator, maxColumns, signal)
    },
  }
}

async function* readRecords(
  bytes: ByteSource,
  encoding: CsvEncoding,
  separator: CsvSeparator,
  maxColumns: number,
  signal?: AbortSignal,
): AsyncGenerator<SheetRow[]> {
  const source = Readable.from(textPieces(bytes, encoding, true), { objectMode: false })
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    // ="4117…" has quotes inside an unquoted field.
    relax_quotes: true,
    max_record_size: LARGEST_RECORD,
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let batch: SheetRow[] = []
  let number = 0
  try {
    for await (const record of parser) {
      number += 1
      // csv-parse types its records as unknown; without `columns` and `cast` they are string arrays.
      const values = rowValues(record as string[])
      if (values.length > maxColumns)
        throw new WorkbookError('too_many_columns', 'a long record', { row: number })
      if (values.length > 0) batch.push({ number, values })
      if (batch.length < BATCH) continue
      signal?.throwIfAborted()
      yield batch
      batch = []
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The message of CsvError quotes the file; its code does not.
    throw new WorkbookError('damaged', error.code, { row: parser.info.records + 1 })
  } finally {
    source.destroy()
    parser.destroy()
  }
  if (batch.length > 0) yield batch
}

function rowValues(record: string[]): SheetRow['values'] {
  let length = record.length
  const values = record.map(unwrapText)
  while (length > 0 && values[length - 1] === null) length -= 1
  values.length = length
  return values
}

/**
 * Takes off what people put around long numbers so that Excel keeps their digits: `="4117…"`, a leading
 * apostrophe, a trailing tab. The apostrophe is taken only before a digit or a sign that starts a formula,
 * because elsewhere it may be meant.
 */
function unwrapText(field: string): string | null {
  if (field === '') return null
  let text = field
  if (text.endsWith('\t')) text = text.replace(/\t+$/, '')
  if (text.startsWith('="') && text.endsWith('"') && text.length > 2)
    text = text.slice(2, -1).replaceAll('""', '"')
  else if (text.startsWith("'") && /^'[\d=+\-@\t\r＝＋－＠]/.test(text)) text = text.slice(1)
  return text === '' ? null : text
}

async function detectEncoding(bytes: ByteSource): Promise<CsvEncoding> {
  const head = await bytes.read(0, 2)
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  let carried = Buffer.alloc(0)
  for (let at = 0; at < bytes.size; at += PIECE) {
    const piece = Buffer.concat([carried, await bytes.read(at, Math.min(PIECE, bytes.size - at))])
    const cut = at + PIECE >= bytes.size ? piece.length : lastCharacterStart(piece)
    if (!isUtf8(piece.subarray(0, cut))) return 'gb18030'
    carried = Buffer.from(piece.subarray(cut))
  }
  return 'utf-8'
}

/** Where the last UTF-8 character begins, which may be cut off by the end of the piece. */
function lastCharacterStart(piece: Buffer): number {
  for (let at = piece.length - 1; at > 0 && at > piece.length - 5; at -= 1) {
    if (((piece[at] ?? 0) & 0xc0) !== 0x80) return at
  }
  return piece.length
}

/** @param isWhole false for a sample, whose last character may be cut off */
async function* textPieces(
  bytes: ByteSource,
  encoding: CsvEncoding,
  isWhole: boolean,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for (let at = 0; at < bytes.size; at += PIECE) {
      const piece = await bytes.read(at, Math.min(PIECE, bytes.size - at))
      const text = decoder.decode(piece, { stream: true })
      if (text !== '') yield text
    }
    const rest = isWhole ? decoder.decode() : ''
    if (rest !== '') yield rest
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new WorkbookError('bad_encoding', `not ${encoding}`)
  }
}

/** The separator that stands most evenly in the first lines, outside quotes. */
function detectSeparator(sample: string): CsvSeparator {
  const lines = sample
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 50)
  let best: CsvSeparator = ','
  let bestScore = 0
  for (const separator of [',', '\t', ';'] as const) {
    const counts = lines.map((line) => line.split(separator).length - 1).filter((count) => count > 0)
    const score = counts.length === 0 ? 0 : counts.length * Math.min(10, median(counts))
    if (score > bestScore) [best, bestScore] = [separator, score]
  }
  return best
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
