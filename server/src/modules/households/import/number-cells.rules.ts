import type { CellValue } from '../../../platform/workbooks/index.ts'
import { withHalfWidth } from './cell-text.rules.ts'
import { BLANK, fault, value } from './parsed-cell.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'

/** Ways of saying "nothing" in a column of numbers. */
const NOTHING = /^(?:[-—–/\\]+|无)$/
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/
const UNIT = /(?:元|亩|公里|千米|平方米|㎡|m2|km|个月|月|人|口|户)$/i

export interface NumberBounds {
  minimum: number | null
  maximum: number | null
  scale: number
}

interface NumberRead {
  number: number
  kind: ParsedCell['kind']
}

function numberOf(cell: CellValue): NumberRead | ParsedCell {
  if (cell === null) return BLANK
  if (typeof cell === 'number') return { number: cell, kind: null }
  if (typeof cell === 'boolean') return fault('not_a_number')
  if (typeof cell === 'object')
    return cell.kind === 'error' ? fault('formula_error', { code: cell.code }) : fault('not_a_number')
  if (PLAIN_NUMBER.test(cell)) return { number: Number(cell), kind: null }
  const text = withHalfWidth(cell)
    .replace(/[\s\u200B-\u200F\uFEFF]/g, '')
    .replaceAll('．', '.')
  if (text === '') return BLANK
  if (NOTHING.test(text)) return { ...BLANK, kind: 'number_form' }
  const plain = text
    .replace(/^[¥￥]/, '')
    .replace(UNIT, '')
    .replace(/(?<=\d)[,，](?=\d{3})/g, '')
  return PLAIN_NUMBER.test(plain) ? { number: Number(plain), kind: 'number_form' } : fault('not_a_number')
}

/** More decimals than this are what a formula's binary arithmetic leaves, not what somebody entered. */
const DUST = 1e-6

/** The number × 10^scale when it has no more than `scale` decimals; undefined otherwise. */
function scaled(number: number, scale: number): number | undefined {
  const large = number * 10 ** scale
  const whole = Math.round(large)
  return Math.abs(large - whole) < DUST * Math.max(1, Math.abs(large) * 1e-9) ? whole : undefined
}

function beyond(number: number, { minimum, maximum }: NumberBounds): ParsedCell | undefined {
  if (minimum !== null && number < minimum) return fault('too_small', { minimum })
  if (maximum !== null && number > maximum) return fault('too_big', { maximum })
  return undefined
}

/** A whole number. */
export function readInteger(cell: CellValue, bounds: NumberBounds): ParsedCell {
  const read = numberOf(cell)
  if ('text' in read) return read
  if (!Number.isSafeInteger(read.number)) return fault('not_an_integer')
  return beyond(read.number, bounds) ?? value(String(read.number), read.kind)
}

/** A quantity with a fixed number of decimals; more are refused, because rounding would change what was entered. */
export function readDecimal(cell: CellValue, bounds: NumberBounds): ParsedCell {
  const read = numberOf(cell)
  if ('text' in read) return read
  const whole = scaled(read.number, bounds.scale)
  if (whole === undefined) return fault('too_many_decimals', { scale: bounds.scale })
  return beyond(read.number, bounds) ?? value(String(whole / 10 ** bounds.scale), read.kind)
}

/** Yuan in the file, fen in the registry. */
export function readMoney(cell: CellValue, bounds: NumberBounds): ParsedCell {
  const read = numberOf(cell)
  if ('text' in read) return read
  const fen = scaled(read.number, 2)
  if (fen === undefined) return fault('too_many_decimals', { scale: 2 })
  return beyond(read.number, bounds) ?? value(String(fen), read.kind)
}
