import { createWriteStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { STYLES_XML } from './cell-styles.ts'
import { columnLetters } from './cells.ts'
import type { CellComment } from './sheet-comments.ts'
import { commentShapesXml, commentsXml, countShapeBlocks } from './sheet-comments.ts'
import { RELATIONSHIPS, SPREADSHEET, XML_HEAD, escapeText, inPieces, sharedStrings } from './sheet-text.ts'
import type { WritingState } from './sheet-writer.ts'
import { sheetXml } from './sheet-writer.ts'
import type { RowInput, SheetDefinition, WorkbookDefinition, WorkbookSummary } from './workbook-definition.ts'
import { checkDefinition } from './workbook-definition.ts'
import type { ZipPart } from './zip-writer.ts'
import { zipBytes } from './zip-writer.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const MOST_COMMENTS = 20_000
// Excel's limit for a list written into the rule itself.
const LONGEST_INLINE_LIST = 255

/**
 * Writes an .xlsx as a stream: rows are taken as the receiver accepts bytes, and only a bounded table of texts
 * and the comments are kept. Ends `out`. Rejects with an AbortError (its cause is the signal's reason) when aborted, or with the error
 * of the rows; `out` is then destroyed.
 * @param out a writable stream, or the path of the file to write
 */
export async function writeWorkbook(
  definition: WorkbookDefinition,
  out: Writable | string,
  signal?: AbortSignal,
): Promise<WorkbookSummary> {
  checkDefinition(definition)
  const summary: WorkbookSummary = { rows: 0, markedCells: 0, commentsLeftOut: 0 }
  const bytes = Readable.from(zipBytes(workbookParts(definition, summary)), { objectMode: false })
  await pipeline(bytes, typeof out === 'string' ? createWriteStream(out) : out, { signal })
  return summary
}

async function* workbookParts(
  definition: WorkbookDefinition,
  summary: WorkbookSummary,
): AsyncGenerator<ZipPart> {
  const lists = optionLists(definition)
  const strings = sharedStrings()
  let commentsLeft = definition.maxComments ?? MOST_COMMENTS
  const state: WritingState = {
    strings,
    listFormula: lists.formula,
    takeComment: () => {
      commentsLeft -= 1
      if (commentsLeft < 0) summary.commentsLeftOut += 1
      return commentsLeft >= 0
    },
    rows: 0,
    markedCells: 0,
  }
  const withComments: number[] = []
  let shapeBlock = 1
  for (const [index, sheet] of definition.sheets.entries()) {
    const number = index + 1
    const comments: CellComment[] = []
    yield { name: `xl/worksheets/sheet${number}.xml`, data: inPieces(sheetXml(sheet, state, comments)) }
    if (comments.length === 0) continue
    withComments.push(number)
    yield* commentParts(number, comments, shapeBlock)
    shapeBlock += countShapeBlocks(comments)
  }
  summary.rows = state.rows
  summary.markedCells = state.markedCells
  const names = definition.sheets.map(({ name }) => name)
  if (lists.sheet) {
    names.push(lists.sheet.name)
    yield { name: `xl/worksheets/sheet${names.length}.xml`, data: inPieces(sheetXml(lists.sheet, state, [])) }
  }
  yield { name: 'xl/sharedStrings.xml', data: inPieces(strings.xml()) }
  yield text('xl/styles.xml', STYLES_XML)
  yield text('xl/workbook.xml', workbookXml(names, lists.sheet !== undefined))
  yield text('xl/_rels/workbook.xml.rels', workbookRelationsXml(names.length))
  yield text('_rels/.rels', relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']]))
  yield text('[Content_Types].xml', contentTypesXml(names.length, withComments))
}

function* commentParts(number: number, comments: CellComment[], shapeBlock: number): Generator<ZipPart> {
  yield { name: `xl/comments${number}.xml`, data: inPieces(commentsXml(comments)) }
  yield {
    name: `xl/drawings/vmlDrawing${number}.vml`,
    data: inPieces(commentShapesXml(comments, shapeBlock)),
  }
  yield text(
    `xl/worksheets/_rels/sheet${number}.xml.rels`,
    relationsXml([
      ['rId1', 'vmlDrawing', `../drawings/vmlDrawing${number}.vml`],
      ['rId2', 'comments', `../comments${number}.xml`],
    ]),
  )
}

/** Short lists stand in the rule; long ones, or ones with commas, in a column of a hidden sheet, each list once. */
function optionLists({ sheets }: WorkbookDefinition): {
  formula(options: readonly string[]): string
  sheet?: SheetDefinition
} {
  const taken = new Set(sheets.map(({ name }) => name.toLowerCase()))
  let name = '_lists'
  while (taken.has(name)) name = `_${name}`
  const columns = new Map<string, readonly string[]>()
  const key = (options: readonly string[]) => JSON.stringify(options)
  for (const { options = [] } of sheets.flatMap((sheet) => sheet.columns)) {
    if (options.length > 0 && !fitsInline(options)) columns.set(key(options), options)
  }
  const keys = [...columns.keys()]
  const formula = (options: readonly string[]) => {
    if (fitsInline(options)) return `"${options.join(',')}"`
    const letters = columnLetters(keys.indexOf(key(options)))
    return `'${name}'!$${letters}$1:$${letters}$${options.length}`
  }
  if (keys.length === 0) return { formula }
  const lists = [...columns.values()]
  return { formula, sheet: { name, columns: lists.map(() => ({ kind: 'text' })), rows: transposed(lists) } }
}

function fitsInline(options: readonly string[]): boolean {
  return (
    options.join(',').length <= LONGEST_INLINE_LIST &&
    options.every((option) => /^[^,"\s](?:[^,"]*[^,"\s])?$/.test(option))
  )
}

function* transposed(lists: readonly (readonly string[])[]): Generator<RowInput> {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0)
  for (let row = 0; row < longest; row += 1) yield lists.map((list) => list[row])
}

function text(name: string, content: string): ZipPart {
  return { name, data: [Buffer.from(content)] }
}

function workbookXml(names: readonly string[], isLastHidden: boolean): string {
  const sheets = names.map((name, index) => {
    const state = isLastHidden && index === names.length - 1 ? ' state="hidden"' : ''
    return `<sheet name="${escapeText(name)}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`
  })
  return (
    `${XML_HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONSHIPS}">` +
    `<bookViews><workbookView/></bookViews><sheets>${sheets.join('')}</sheets></workbook>`
  )
}

function workbookRelationsXml(sheets: number): string {
  const relations = Array.from({ length: sheets }, (_, index): [string, string, string] => [
    `rId${index + 1}`,
    'worksheet',
    `worksheets/sheet${index + 1}.xml`,
  ])
  return relationsXml([
    ...relations,
    [`rId${sheets + 1}`, 'styles', 'styles.xml'],
    [`rId${sheets + 2}`, 'sharedStrings', 'sharedStrings.xml'],
  ])
}

function relationsXml(relations: [id: string, type: string, target: string][]): string {
  const items = relations.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  )
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`
}

function contentTypesXml(sheets: number, withComments: readonly number[]): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${SHEET_TYPE}.${type}+xml"/>`
  const parts = [
    override('workbook', 'sheet.main'),
    override('styles', 'styles'),
    override('sharedStrings', 'sharedStrings'),
    ...Array.from({ length: sheets }, (_, index) => override(`worksheets/sheet${index + 1}`, 'worksheet')),
    ...withComments.map((number) => override(`comments${number}`, 'comments')),
  ]
  return (
    `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
    `${parts.join('')}</Types>`
  )
}
