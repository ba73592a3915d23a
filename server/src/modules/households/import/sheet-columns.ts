import type { ImportColumn, ImportNormalisation } from '@tiejun/contract/households/import.ts'
import { maskBankAccount, maskIdNumber, maskPhone } from '@tiejun/contract/standards/masks.ts'
import { MASKED_FIELDS } from '@tiejun/contract/households/allowed.ts'
import type { CellValue, SheetRow } from '../../../platform/workbooks/index.ts'
import { COPY_NULL, fromCopyText, shownCell } from './cell-text.rules.ts'
import { cellReader, normalisationTally } from './column-readers.rules.ts'
import type { NormalisationTally, ReadingRules } from './column-readers.rules.ts'
import type { RecognisedColumn, RecognisedSheet } from './columns.rules.ts'
import type { ImportField } from './import-fields.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'

/** A sheet that is being read. */
export interface SheetPlace {
  /** From 1, in the order of reading. */
  no: number
  name: string
}

/** A column whose cells are read. */
export interface ReadColumn {
  index: number
  header: string
  field: ImportField
  read(cell: CellValue): ParsedCell
  filled: number
  tally: NormalisationTally
}

export interface SheetColumns {
  place: SheetPlace
  headerRow: number
  all: RecognisedColumn[]
  /** The columns that are read, by the key of their field. */
  byKey: Map<string, ReadColumn>
}

export function readColumns(place: SheetPlace, sheet: RecognisedSheet, rules: ReadingRules): SheetColumns {
  const byKey = new Map<string, ReadColumn>()
  for (const { index, header, field, use } of sheet.columns) {
    if (index < 0 || field === null || (use !== 'imported' && use !== 'compared')) continue
    const read = cellReader(field, rules)
    byKey.set(field.key, { index, header, field, read, filled: 0, tally: normalisationTally() })
  }
  return { place, headerRow: sheet.headerRow, all: sheet.columns, byKey }
}

const MASKS = { idNo: maskIdNumber, bankAccount: maskBankAccount, phone: maskPhone }

/**
 * A cell as it may be shown and kept beside a problem. A birth date is hidden, because together with a masked ID
 * number it gives the number away (masks.ts); a number of the wrong length keeps its length.
 */
export function maskedCell(field: ImportField | null, text: string | null): string | null {
  if (text === null || field === null) return text
  const kind = MASKED_FIELDS[field.key]
  if (kind) return MASKS[kind](text)
  return field.key === 'member.birthOn' ? text.replace(/\d(?=.*$)/g, '*') : text
}

export const cellAt = (row: SheetRow, column: ReadColumn | undefined): CellValue =>
  column === undefined ? null : (row.values[column.index] ?? null)

/** Notes what was brought to the product's own spelling. */
export function noteNormalised(column: ReadColumn, row: number, cell: CellValue, parsed: ParsedCell): void {
  if (parsed.kind === null) return
  const before = maskedCell(column.field, shownCell(cell)) ?? ''
  const after = maskedCell(column.field, fromCopyText(parsed.text) ?? '') ?? ''
  column.tally.note(parsed.kind, row, before, parsed.text === COPY_NULL ? '' : after)
}

export function columnReport({ place, all, byKey }: SheetColumns): ImportColumn[] {
  return all.map(({ index, header, field, use }) => ({
    sheet: place.name,
    letters: index < 0 ? null : lettersOf(index),
    header,
    field: field?.key ?? null,
    use,
    filled: use === 'imported' || use === 'compared' ? (byKey.get(field?.key ?? '')?.filled ?? 0) : 0,
  }))
}

export function normalisationReport({ place, byKey }: SheetColumns): ImportNormalisation[] {
  return [...byKey.values()].flatMap(({ header, field, tally }) =>
    [...tally.counts].map(([kind, { count, examples }]) => ({
      sheet: place.name,
      header,
      field: field.key,
      kind,
      count,
      examples,
    })),
  )
}

/** 0 → A, 27 → AB. */
export function lettersOf(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}
