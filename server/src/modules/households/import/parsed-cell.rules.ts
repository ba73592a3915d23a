import type { NormalisationKind } from '@tiejun/contract/households/import.ts'
import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { COPY_NULL } from './cell-text.rules.ts'

export interface CellFault {
  code: ImportProblemCode
  params: Record<string, unknown>
}

/** What a cell means. All of one shape, and shared where possible: 31 million of them pass in one import. */
export interface ParsedCell {
  /** The value in COPY's text form; NULL for an empty or wrong cell. */
  readonly text: string
  readonly fault: CellFault | null
  /** How it had been written, when that had to be changed. */
  readonly kind: NormalisationKind | null
}

export const BLANK: ParsedCell = { text: COPY_NULL, fault: null, kind: null }

export const value = (text: string, kind: NormalisationKind | null = null): ParsedCell => ({
  text,
  fault: null,
  kind,
})

export const fault = (code: ImportProblemCode, params: Record<string, unknown> = {}): ParsedCell => ({
  text: COPY_NULL,
  fault: { code, params },
  kind: null,
})
