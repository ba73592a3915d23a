import type { CellValue } from './cells.ts'

/** A cell shown with a red fill and, as a comment, what is wrong with it. Its value may be empty. */
export interface MarkedCell {
  readonly kind: 'marked'
  readonly value: CellValue | undefined
  readonly problem: string
}

export type CellInput = CellValue | undefined | MarkedCell

/**
 * How a column's values are formatted. A string always stays text, so that nothing typed by a person can start
 * a formula or lose a digit; only in a `date` column a `YYYY-MM-DD` becomes a date.
 * `money` takes whole fen and shows yuan with two decimals.
 */
export type ColumnKind = 'text' | 'number' | 'money' | 'date'

export interface ColumnDefinition {
  /** Text of the header cell. When no column has one, no header row is written. */
  header?: string
  /** In characters of the standard font, as Excel counts; a Chinese character takes two. 14 unless told. */
  width?: number
  kind: ColumnKind
  /** What may be chosen from a drop-down list below the header; Excel refuses anything else. */
  options?: readonly string[]
  /** Comment on the header cell. */
  note?: string
}

/** A row right below the last one, or at a row number of its own (ascending), to mirror another sheet. */
export type RowInput =
  | readonly CellInput[]
  | { readonly number: number; readonly values: readonly CellInput[] }

export interface SheetDefinition {
  /** At most 31 characters, none of `[ ] : * ? / \`. */
  name: string
  columns: readonly ColumnDefinition[]
  /** Written as they come; nothing is kept. */
  rows: Iterable<RowInput> | AsyncIterable<RowInput>
  /** Lines above the header, each merged over all columns. */
  titleRows?: readonly string[]
  /** Keeps titles and header in sight while scrolling. True unless told. */
  freezeHeader?: boolean
}

export interface WorkbookDefinition {
  sheets: readonly SheetDefinition[]
  /** Comments beyond this number are left out, their cells stay red: Excel crawls with more. 20,000 unless told. */
  maxComments?: number
}

export interface WorkbookSummary {
  /** Rows written below the headers, over all sheets. */
  rows: number
  markedCells: number
  /** Comments on marked cells that were left out. */
  commentsLeftOut: number
}

/** Throws on definitions Excel would call damaged: a programming error, not a user's. */
export function checkDefinition({ sheets }: WorkbookDefinition): void {
  if (sheets.length === 0) throw new RangeError('A workbook without sheets')
  const names = new Set<string>()
  for (const { name, columns } of sheets) {
    if (!/^[^[\]:*?/\\]{1,31}$/.test(name) || name.startsWith("'") || name.endsWith("'")) {
      throw new RangeError(`Not a sheet name: ${name}`)
    }
    if (names.has(name.toLowerCase())) throw new RangeError(`Two sheets named ${name}`)
    names.add(name.toLowerCase())
    if (columns.length === 0 || columns.length > 16_384) throw new RangeError(`Sheet ${name}: columns`)
  }
}
