import { PassThrough } from 'node:stream'
import type { ExportFormat } from '@tiejun/contract/platform/lists.ts'
import type { FastifyReply } from 'fastify'
import { type CellValue, type ColumnKind, writeCsv, writeWorkbook } from '../workbooks/index.ts'

/** One column of an exported list, as the list shows it. */
export interface ExportColumn<Row> {
  header: string
  kind: ColumnKind
  /** In characters; see ColumnDefinition of the workbooks. */
  width?: number
  value: (row: Row) => CellValue | undefined
}

/** One page of rows as the list itself reads it; asked again with `next` until that is null. */
export type PageReader<Row> = (after: string | undefined) => Promise<{ rows: Row[]; next: string | null }>

const MEDIA_TYPES: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** Rows a page of an export has: few queries, little memory. */
export const EXPORT_PAGE = 1000

interface ListExport<Row> {
  format: ExportFormat
  /** Sheet and file name, Chinese, without ending. */
  name: string
  columns: readonly ExportColumn<Row>[]
  readPage: PageReader<Row>
}

/**
 * Sends a list as a file while it is read: exactly its rows and columns, texts that a spreadsheet would run as formulas
 * made harmless by the writers. Resolves when all rows are read, so it is called inside the transaction that reads
 * them. A fault half-way, or a reader who goes away, cuts the file off; the browser then reports the download as failed.
 */
export async function sendList<Row>(reply: FastifyReply, list: ListExport<Row>): Promise<void> {
  const out = new PassThrough()
  const fileName = encodeURIComponent(`${list.name}.${list.format}`)
  // The first page is read before anything is sent, so that a refusal is still an answer of its own.
  const first = await list.readPage(undefined)
  reply
    .type(MEDIA_TYPES[list.format])
    .header('content-disposition', `attachment; filename*=UTF-8''${fileName}`)
    .send(out)
  await write(list, pagesFrom(first, list.readPage), out)
}

async function* pagesFrom<Row>(first: { rows: Row[]; next: string | null }, readPage: PageReader<Row>) {
  let page = first
  for (;;) {
    yield* page.rows
    if (page.next === null) return
    page = await readPage(page.next)
  }
}

async function write<Row>(
  { format, name, columns }: ListExport<Row>,
  rows: AsyncIterable<Row>,
  out: PassThrough,
): Promise<void> {
  const cells = cellsOf(rows, columns)
  if (format === 'xlsx') {
    await writeWorkbook({ sheets: [{ name, columns, rows: cells }] }, out)
    return
  }
  const headers = columns.map((column) => column.header)
  await writeCsv(withHeader(headers, cells), out)
}

async function* cellsOf<Row>(rows: AsyncIterable<Row>, columns: readonly ExportColumn<Row>[]) {
  for await (const row of rows) yield columns.map((column) => column.value(row))
}

async function* withHeader(headers: string[], rows: AsyncIterable<readonly (CellValue | undefined)[]>) {
  yield headers
  yield* rows
}
