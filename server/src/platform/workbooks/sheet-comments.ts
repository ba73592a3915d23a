import { columnLetters } from './cells.ts'
import { SPREADSHEET, XML_HEAD, textElement } from './sheet-text.ts'

/** A comment on a cell; row and column count from 0. */
export interface CellComment {
  row: number
  column: number
  text: string
}

// Shape ids come in blocks of 1,024, and a block belongs to one drawing of the workbook.
const BLOCK = 1024

/** How many blocks of shape ids a drawing with so many comments uses. */
export function countShapeBlocks(comments: readonly CellComment[]): number {
  return Math.ceil((comments.length + 1) / BLOCK)
}

export function* commentsXml(comments: readonly CellComment[]): Generator<string> {
  yield `${XML_HEAD}<comments xmlns="${SPREADSHEET}"><authors><author></author></authors><commentList>`
  for (const { row, column, text } of comments) {
    yield `<comment ref="${columnLetters(column)}${row + 1}" authorId="0"><text>${textElement(text)}</text></comment>`
  }
  yield '</commentList></comments>'
}

/** The boxes of the comments. Excel still wants them in VML (ECMA-376 part 4, 19). */
export function* commentShapesXml(comments: readonly CellComment[], firstBlock: number): Generator<string> {
  const blocks = Array.from({ length: countShapeBlocks(comments) }, (_, index) => firstBlock + index)
  yield (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
      'xmlns:x="urn:schemas-microsoft-com:office:excel">' +
      `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${blocks.join(',')}"/></o:shapelayout>` +
      '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
      '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
  )
  let id = firstBlock * BLOCK
  for (const { row, column, text } of comments) {
    id += 1
    const lines = Math.min(12, 2 + Math.ceil(text.length / 14) + text.split('\n').length)
    yield (
      `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" ` +
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>' +
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>' +
        `<x:Anchor>${column + 1},10,${Math.max(0, row - 1)},5,${column + 4},0,${Math.max(0, row - 1) + lines},5</x:Anchor>` +
        `<x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
    )
  }
  yield '</xml>'
}
