import type { ImportLayout } from '@tiejun/contract/households/import.ts'
import type { CellValue, SheetRow } from '../../../platform/workbooks/index.ts'
import { lookupKey, shownCell } from './cell-text.rules.ts'
import type { ImportField } from './import-fields.rules.ts'

/** A column of a sheet and the field it carries; `index` counts from 0, -1 for a column the file lacks. */
export interface RecognisedColumn {
  index: number
  header: string
  field: ImportField | null
  use: 'imported' | 'compared' | 'unknown' | 'duplicate' | 'missing' | 'missing_required'
}

export interface RecognisedSheet {
  headerRow: number
  columns: RecognisedColumn[]
  /** Text of the rows above the header. */
  titles: string[]
}

/** Rows looked through for a header: title, filling-in instructions and unit line come first. */
export const HEADER_SEARCH_ROWS = 30
/** So many recognised headers make a row the header of a small sheet; a title row has none. */
const FEWEST_HEADERS = 3

/** A mark of "must be filled in", a number before or a unit behind do not make it another header. */
function headerKeys(header: string): string[] {
  const key = lookupKey(header)
    .replace(/^[*＊]+|[*＊:：]+$/g, '')
    .replace(/^\d+[.、]/, '')
  const withoutUnit = key.replace(/\((?:单位[:：])?[^()]*\)$/, '')
  return key === withoutUnit ? [key] : [key, withoutUnit]
}

interface Candidate {
  field: ImportField
  /** The lower, the better the header fits its field. */
  rank: number
}

/** Where every known header leads. A header two fields share leads to the one that belongs into this layout. */
function headerIndex(fields: readonly ImportField[], belongs: (field: ImportField) => boolean) {
  const index = new Map<string, Candidate>()
  const passes: [boolean, number][] = [
    [true, 0],
    [false, 1],
  ]
  for (const [mustBelong, penalty] of passes) {
    for (const field of fields.filter((one) => belongs(one) === mustBelong)) {
      field.headers.forEach((header, place) => {
        const key = lookupKey(header)
        const known = index.get(key)
        const rank = penalty * 1000 + place
        if (!known || (known.rank > rank && known.rank >= 1000)) index.set(key, { field, rank })
      })
    }
  }
  return index
}

const find = (index: ReadonlyMap<string, Candidate>, header: string): Candidate | undefined => {
  for (const key of headerKeys(header)) {
    const candidate = index.get(key)
    if (candidate) return candidate
  }
  return undefined
}

function recognisedIn(row: SheetRow, index: ReadonlyMap<string, Candidate>): number {
  const fields = new Set(
    row.values.flatMap((cell) => (typeof cell === 'string' ? (find(index, cell)?.field.key ?? []) : [])),
  )
  return fields.size
}

/**
 * Finds the header among the first rows of a sheet and what each column is.
 * @param expected the fields this sheet should have; those absent are named as missing
 * @returns undefined when no row looks like a header
 */
export function recogniseSheet(
  rows: readonly SheetRow[],
  fields: readonly ImportField[],
  belongs: (field: ImportField) => boolean,
): RecognisedSheet | undefined {
  const index = headerIndex(fields, belongs)
  const scored = rows.map((row) => ({ row, score: recognisedIn(row, index) }))
  const best = scored.reduce<{ row: SheetRow; score: number } | undefined>(
    (top, one) => (one.score > (top?.score ?? 0) ? one : top),
    undefined,
  )
  if (!best || best.score < FEWEST_HEADERS) return undefined
  const columns = columnsOf(best.row.values, index)
  const present = new Set(columns.flatMap(({ field }) => field?.key ?? []))
  const missing = fields
    .filter((field) => belongs(field) && field.column !== null && !present.has(field.key))
    .map((field): RecognisedColumn => ({
      index: -1,
      header: field.headers[0] ?? field.key,
      field,
      use: field.required ? 'missing_required' : 'missing',
    }))
  const titles = rows
    .filter(({ number }) => number < best.row.number)
    .map(({ values }) => values.map((cell) => shownCell(cell) ?? '').join(' '))
  return { headerRow: best.row.number, columns: [...columns, ...missing], titles }
}

function columnsOf(headers: readonly CellValue[], index: ReadonlyMap<string, Candidate>): RecognisedColumn[] {
  const taken = new Map<string, { rank: number; column: RecognisedColumn }>()
  const columns: RecognisedColumn[] = []
  headers.forEach((cell, place) => {
    const header = shownCell(cell)?.trim() ?? ''
    if (header === '') return
    const candidate = find(index, header)
    if (!candidate) {
      columns.push({ index: place, header, field: null, use: 'unknown' })
      return
    }
    const { field, rank } = candidate
    const use = field.column === null ? 'compared' : 'imported'
    const column: RecognisedColumn = { index: place, header, field, use }
    const earlier = taken.get(field.key)
    if (earlier && earlier.rank <= rank) column.use = 'duplicate'
    else {
      if (earlier) earlier.column.use = 'duplicate'
      taken.set(field.key, { rank, column })
    }
    columns.push(column)
  })
  return columns
}

const TEMPLATE_SHEETS = ['户', '人', '收入'] as const
export type TemplateSheetName = (typeof TEMPLATE_SHEETS)[number]

/** Which sheets to read, as what; a workbook with a sheet 户 or 人 is our template, else the first visible sheet counts. */
export function layoutOf(sheets: readonly { name: string; hidden: boolean }[]): {
  layout: ImportLayout
  parts: { index: number; part: TemplateSheetName | 'flat' }[]
} {
  const named = sheets.map(({ name }, index) => ({ index, name: lookupKey(name) }))
  const parts = TEMPLATE_SHEETS.flatMap((part) => {
    const sheet = named.find(({ name }) => name === part)
    return sheet ? [{ index: sheet.index, part }] : []
  })
  if (parts.length > 0) return { layout: 'template', parts }
  const first = sheets.findIndex(({ hidden, name }) => !hidden && name !== '问题')
  return { layout: 'flat', parts: [{ index: Math.max(first, 0), part: 'flat' }] }
}

/** The year a title row names, as in 2018年度 or 二〇一八年; undefined when it names none or several. */
export function yearInTitles(titles: readonly string[]): number | undefined {
  const years = titles.flatMap((title) =>
    [...lookupKey(title).matchAll(/(20[12]\d)年/g)].map((match) => Number(match[1])),
  )
  const different = [...new Set(years)]
  return different.length === 1 ? different[0] : undefined
}
