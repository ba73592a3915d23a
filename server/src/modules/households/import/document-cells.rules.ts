import type { NormalisationKind } from '@tiejun/contract/households/import.ts'
import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { readDocumentNumber } from '@tiejun/contract/standards/disability-card.ts'
import type { DocumentReading } from '@tiejun/contract/standards/disability-card.ts'
import type { CellValue } from '../../../platform/workbooks/index.ts'
import { DOCUMENT_FAULTS } from '../members.rules.ts'
import { lookupKey } from './cell-text.rules.ts'
import type { CellFault } from './parsed-cell.rules.ts'

/** What a cell with a document number tells; the number in the clear is sealed by the caller. */
export interface DocumentCell {
  number: string | null
  /** Undefined for numbers that follow no rule, such as an officer's card. */
  reading: DocumentReading | undefined
  fault: CellFault | null
  kind: NormalisationKind | null
}

const EMPTY: DocumentCell = { number: null, reading: undefined, fault: null, kind: null }

const refused = (code: ImportProblemCode, params: Record<string, unknown> = {}): DocumentCell => ({
  ...EMPTY,
  fault: { code, params },
})

const LONGEST_NUMBER = 22

/**
 * Reads a document number. A number the spreadsheet has made of it is refused, whatever its digits: beyond the 15th
 * they are not those that were typed, and nobody can tell which.
 * @param followsRule false for officers' cards and the like, whose numbers follow no rule we know
 */
export function readDocument(cell: CellValue, followsRule: boolean, today: string): DocumentCell {
  if (cell === null) return EMPTY
  if (typeof cell === 'number') return refused('digits_lost')
  if (typeof cell === 'object' && cell.kind === 'error') return refused('formula_error', { code: cell.code })
  if (typeof cell !== 'string') return refused('id_number_characters')
  if (lookupKey(cell) === '') return EMPTY
  if (!followsRule) {
    const number = lookupKey(cell).toUpperCase()
    if (number.length > LONGEST_NUMBER) return refused('too_long', { maximum: LONGEST_NUMBER })
    return { number, reading: undefined, fault: null, kind: kindOf(cell, number) }
  }
  const reading = readDocumentNumber(cell, today)
  if (!reading.ok) return refused(DOCUMENT_FAULTS[reading.fault])
  return { number: reading.documentNumber, reading, fault: null, kind: kindOf(cell, reading.documentNumber) }
}

function kindOf(before: string, after: string): NormalisationKind | null {
  if (before === after) return null
  if (/[\uFF10-\uFF5A]/.test(before)) return 'full_width'
  return /x/.test(before) ? 'lower_case_x' : 'stray_spaces'
}
