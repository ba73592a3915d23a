import { HEADER_STYLE, MARKED_STYLES, PLAIN_STYLES, TITLE_STYLE } from './cell-styles.ts'
import type { CellValue } from './cells.ts'
import { columnLetters, serialFromDate } from './cells.ts'
import type { CellComment } from './sheet-comments.ts'
import type { SharedStrings } from './sheet-text.ts'
import { RELATIONSHIPS, SPREADSHEET, XML_HEAD, escapeText, textElement } from './sheet-text.ts'
import type {
  CellInput,
  ColumnDefinition,
  ColumnKind,
  MarkedCell,
  SheetDefinition,
} from './workbook-definition.ts'
import { WorkbookError } from './workbook-error.ts'

export const MOST_ROWS = 1_048_576
const DEFAULT_WIDTH = 14

/** What the sheets of one workbook share while they are written. */
export interface WritingState {
  strings: SharedStrings
  /** Formula of a drop-down list: the options themselves or a range of the hidden sheet. */
  listFormula(options: readonly string[]): string
  takeComment(): boolean
  rows: number
  markedCells: number
}

/** Writes one `<worksheet>`; the comments found on the way are put into `comments`. */
export async function* sheetXml(
  sheet: SheetDefinition,
  state: WritingState,
  comments: CellComment[],
): AsyncGenerator<string> {
  const { columns, titleRows = [] } = sheet
  const hasHeader = columns.some(({ header }) => header !== undefined)
  const headRows = titleRows.length + (hasHeader ? 1 : 0)
  yield sheetHead(sheet, headRows)
  for (const [index, title] of titleRows.entries()) yield titleXml(title, index + 1)
  if (hasHeader) yield headerXml(columns, headRows, comments)
  const writeRow = rowWriter(sheet, state, comments)
  let number = headRows
  for await (const row of sheet.rows) {
    const placed = 'number' in row ? row : { number: number + 1, values: row }
    if (placed.number <= number) throw new RangeError('Rows must come in ascending order')
    number = placed.number
    if (number > MOST_ROWS)
      throw new WorkbookError('too_many_rows', 'over 1,048,576 rows', { sheet: sheet.name })
    state.rows += 1
    yield writeRow(number, placed.values)
  }
  yield `</sheetData>${mergesXml(titleRows.length, columns.length)}${validationsXml(columns, headRows, state)}`
  yield '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
  if (comments.length > 0) yield '<legacyDrawing r:id="rId1"/>'
  yield '</worksheet>'
}

function sheetHead({ columns, freezeHeader = true }: SheetDefinition, headRows: number): string {
  const pane =
    freezeHeader && headRows > 0
      ? `<pane ySplit="${headRows}" topLeftCell="A${headRows + 1}" activePane="bottomLeft" state="frozen"/>`
      : ''
  const widths = columns.map(
    // The column's style reaches the empty cells below: what is typed there later stays text.
    ({ width = DEFAULT_WIDTH, kind }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${PLAIN_STYLES[kind]}" customWidth="1"/>`,
  )
  return (
    `${XML_HEAD}<worksheet xmlns="${SPREADSHEET}" xmlns:r="${RELATIONSHIPS}">` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`
  )
}

function titleXml(title: string, row: number): string {
  return (
    `<row r="${row}" ht="24" customHeight="1"><c r="A${row}" s="${TITLE_STYLE}" t="inlineStr">` +
    `<is>${textElement(title)}</is></c></row>`
  )
}

function headerXml(columns: readonly ColumnDefinition[], row: number, comments: CellComment[]): string {
  const cells = columns.map(({ header = '', note }, column) => {
    if (note !== undefined) comments.push({ row: row - 1, column, text: note })
    const at = `<c r="${columnLetters(column)}${row}" s="${HEADER_STYLE}"`
    return `${at} t="inlineStr"><is>${textElement(header)}</is></c>`
  })
  return `<row r="${row}">${cells.join('')}</row>`
}

function rowWriter({ columns, name }: SheetDefinition, state: WritingState, comments: CellComment[]) {
  const starts = columns.map((_, column) => `<c r="${columnLetters(column)}`)
  const kinds = columns.map(({ kind }) => kind)
  return (row: number, values: readonly CellInput[]): string => {
    if (values.length > columns.length) throw new RangeError(`Sheet ${name}: a row with too many values`)
    let cells = ''
    for (let column = 0; column < values.length; column += 1) {
      const input = values[column]
      if (input === null || input === undefined) continue
      const start = `${starts[column] ?? ''}${row}`
      const kind = kinds[column] ?? 'text'
      if (!isMarked(input)) {
        cells += cellXml(start, kind, input, PLAIN_STYLES, state.strings)
        continue
      }
      state.markedCells += 1
      if (state.takeComment()) comments.push({ row: row - 1, column, text: input.problem })
      cells +=
        cellXml(start, kind, input.value ?? null, MARKED_STYLES, state.strings) ||
        `${start}" s="${MARKED_STYLES[kind]}"/>`
    }
    return `<row r="${row}">${cells}</row>`
  }
}

function isMarked(input: Exclude<CellInput, null | undefined>): input is MarkedCell {
  return typeof input === 'object' && input.kind === 'marked'
}

/** One cell, or '' when there is nothing to write. `start` is `<c r="A1`. */
function cellXml(
  start: string,
  kind: ColumnKind,
  value: CellValue,
  styles: typeof PLAIN_STYLES,
  strings: SharedStrings,
): string {
  if (value === null || value === '') return ''
  if (typeof value === 'string') {
    const serial = kind === 'date' ? serialFromDate(value) : undefined
    if (serial !== undefined) return `${start}" s="${styles.date}"><v>${serial}</v></c>`
    const index = strings.indexOf(value)
    if (index >= 0) return `${start}" s="${styles[kind]}" t="s"><v>${index}</v></c>`
    return `${start}" s="${styles[kind]}" t="inlineStr"><is>${textElement(value)}</is></c>`
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return ''
    return `${start}" s="${styles[kind]}"><v>${kind === 'money' ? yuanText(value) : value}</v></c>`
  }
  if (typeof value === 'boolean') return `${start}" s="${styles[kind]}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (value.kind === 'date') {
    const serial = value.serial ?? serialFromDate(value.iso)
    if (serial === undefined) return cellXml(start, 'text', value.iso, styles, strings)
    const style = value.iso.length === 10 ? styles.date : styles.instant
    return `${start}" s="${style}"><v>${serial}</v></c>`
  }
  // A formula without a result has none to show.
  return value.code.startsWith('#')
    ? `${start}" s="${styles[kind]}" t="e"><v>${escapeText(value.code)}</v></c>`
    : ''
}

/** Fen as yuan in decimal, made from integers: the file holds 0.29, never 0.28999…. */
function yuanText(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError('Money must be whole fen')
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function mergesXml(titleRows: number, columns: number): string {
  if (titleRows === 0 || columns < 2) return ''
  const last = columnLetters(columns - 1)
  const merges = Array.from(
    { length: titleRows },
    (_, index) => `<mergeCell ref="A${index + 1}:${last}${index + 1}"/>`,
  )
  return `<mergeCells count="${titleRows}">${merges.join('')}</mergeCells>`
}

function validationsXml(columns: readonly ColumnDefinition[], headRows: number, state: WritingState): string {
  const lists = columns.flatMap(({ options }, column) => {
    if (options === undefined || options.length === 0) return []
    const letters = columnLetters(column)
    return [
      '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" ' +
        `sqref="${letters}${headRows + 1}:${letters}${MOST_ROWS}">` +
        `<formula1>${escapeText(state.listFormula(options))}</formula1></dataValidation>`,
    ]
  })
  return lists.length === 0
    ? ''
    : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`
}
