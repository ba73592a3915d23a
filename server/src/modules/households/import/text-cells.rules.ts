import type { NormalisationKind } from '@tiejun/contract/households/import.ts'
import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { readBankAccount } from '@tiejun/contract/standards/bank-account.ts'
import { readPhone } from '@tiejun/contract/standards/phone.ts'
import type { TelephoneArea } from '@tiejun/contract/standards/phone.ts'
import type { CellValue } from '../../../platform/workbooks/index.ts'
import { copyText, lookupKey, tidyName, tidyText, withHalfWidth } from './cell-text.rules.ts'
import { BLANK, fault, value } from './parsed-cell.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'

/** A double has 15 sure decimal digits, and so has every spreadsheet's number. */
const SURE_DIGITS = 1e15
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d+$/i

/** The text of a cell that should hold text; a number is taken only while no digit can have been lost. */
function plainText(cell: CellValue): string | ParsedCell {
  if (typeof cell === 'string') return cell
  if (cell === null) return ''
  if (typeof cell === 'number') {
    if (!Number.isSafeInteger(cell) ? Math.abs(cell) >= 1e9 : Math.abs(cell) >= SURE_DIGITS)
      return fault('digits_lost')
    return String(cell)
  }
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return cell.kind === 'error' ? fault('formula_error', { code: cell.code }) : cell.iso
}

function kindOf(before: CellValue, after: string): NormalisationKind | null {
  if (before === after) return null
  if (typeof before === 'number') return 'text_number'
  if (typeof before !== 'string') return null
  return withHalfWidth(before).length === before.length && withHalfWidth(before) !== before
    ? 'full_width'
    : 'stray_spaces'
}

const PLAIN = /^[\p{Script=Han}\w]+$/u

/** Running text, such as an address or a name. */
export function textReader(maxLength: number | null, isName: boolean): (cell: CellValue) => ParsedCell {
  const longest = maxLength ?? Number.POSITIVE_INFINITY
  return (cell) => {
    if (typeof cell === 'string' && cell.length <= longest && PLAIN.test(cell)) return value(cell)
    const text = plainText(cell)
    if (typeof text !== 'string') return text
    const tidy = isName ? tidyName(text) : tidyText(text)
    if (tidy === '') return BLANK
    if (tidy.length > longest) return fault('too_long', { maximum: longest })
    return value(copyText(tidy), kindOf(cell, tidy))
  }
}

const NUMBER_CODE = /^[0-9A-Za-z-]+$/

/** A number that is only ever compared: household number, person number. No blanks, half-width. */
export function codeReader(maxLength: number | null): (cell: CellValue) => ParsedCell {
  const longest = maxLength ?? Number.POSITIVE_INFINITY
  return (cell) => {
    if (typeof cell === 'string' && cell.length <= longest && NUMBER_CODE.test(cell))
      return SCIENTIFIC.test(cell) ? fault('digits_lost') : value(cell)
    const text = plainText(cell)
    if (typeof text !== 'string') return text
    const key = lookupKey(text)
    if (key === '') return BLANK
    if (SCIENTIFIC.test(key)) return fault('digits_lost')
    if (key.length > longest) return fault('too_long', { maximum: longest })
    return value(copyText(key), kindOf(cell, key))
  }
}

const MOBILE = /^1[3-9]\d{9}$/

export function phoneReader(local: TelephoneArea): (cell: CellValue) => ParsedCell {
  return (cell) => {
    if (typeof cell === 'string' && MOBILE.test(cell)) return value(cell)
    const text = plainText(cell)
    if (typeof text !== 'string') return text
    if (lookupKey(text) === '') return BLANK
    const read = readPhone(text, local)
    if (!read.ok) return fault('phone_invalid')
    return value(read.phone, kindOf(cell, read.phone))
  }
}

const BANK_FAULTS: Record<'spreadsheet_number' | 'charset' | 'length', ImportProblemCode> = {
  spreadsheet_number: 'digits_lost',
  charset: 'bank_account_characters',
  length: 'bank_account_length',
}

/** A bank account in the clear; the caller seals it. A number is never taken: most accounts have over 15 digits. */
export function readAccount(cell: CellValue): ParsedCell {
  if (typeof cell === 'number') return fault('digits_lost')
  const text = plainText(cell)
  if (typeof text !== 'string') return text
  if (lookupKey(text) === '') return BLANK
  const read = readBankAccount(text)
  if (!read.ok) return fault(BANK_FAULTS[read.fault])
  return value(read.account, kindOf(cell, read.account))
}
