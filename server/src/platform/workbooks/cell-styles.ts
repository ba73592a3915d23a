import type { ColumnKind } from './workbook-definition.ts'
import { SPREADSHEET, XML_HEAD } from './sheet-text.ts'

/** Indexes into `cellXfs` below. */
export const HEADER_STYLE = 1
export const TITLE_STYLE = 2
export const PLAIN_STYLES: Record<ColumnKind | 'instant', number> = {
  text: 3,
  number: 4,
  money: 5,
  date: 6,
  instant: 7,
}
export const MARKED_STYLES: typeof PLAIN_STYLES = { text: 8, number: 9, money: 10, date: 11, instant: 12 }

// 49 is the built-in text format "@": a number typed into such a cell keeps all its digits.
const FORMAT_IDS: Record<ColumnKind | 'instant', number> = {
  text: 49,
  number: 0,
  money: 4,
  date: 164,
  instant: 165,
}
const KINDS = ['text', 'number', 'money', 'date', 'instant'] as const

const SIDES = ['left', 'right', 'top', 'bottom']

const format = (kind: (typeof KINDS)[number], font: number, fill: number) =>
  `<xf numFmtId="${FORMAT_IDS[kind]}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" ` +
  `applyNumberFormat="1" applyFont="1" applyFill="1"/>`
const fill = (rgb: string) =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`
const font = (size: number, isBold: boolean, color = '') =>
  `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/>${color}<name val="等线"/></font>`

export const STYLES_XML =
  `${XML_HEAD}<styleSheet xmlns="${SPREADSHEET}">` +
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>' +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
  `<fonts count="4">${font(11, false)}${font(11, true)}${font(14, true)}` +
  `${font(11, false, '<color rgb="FF9C0006"/>')}</fonts>` +
  '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  `${fill('FFE7E6E6')}${fill('FFFF9B9B')}</fills>` +
  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>' +
  `<border>${SIDES.map((side) => `<${side} style="thin"><color auto="1"/></${side}>`).join('')}<diagonal/></border></borders>` +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="13"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" ' +
  'applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>' +
  '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" ' +
  'applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>' +
  `${KINDS.map((kind) => format(kind, 0, 0)).join('')}${KINDS.map((kind) => format(kind, 3, 3)).join('')}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
