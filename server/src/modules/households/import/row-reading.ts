import type { SheetRow } from '../../../platform/workbooks/index.ts'
import { COPY_NULL, fromCopyText } from './cell-text.rules.ts'
import type { ProblemLog } from './problem-log.ts'
import type { RecordLayout } from './records.rules.ts'
import type { ReadColumn, SheetColumns, SheetPlace } from './sheet-columns.ts'
import { noteNormalised } from './sheet-columns.ts'

/** The columns of a sheet that go into one kind of record, prepared so that a row is read in one pass. */
export interface RecordColumns {
  columns: ReadColumn[]
  slots: number[]
  /** Fields that must not be empty, with their column where the file has one. */
  required: { key: string; slot: number; column: ReadColumn | undefined; header: string }[]
}

export function recordColumns(
  sheet: SheetColumns,
  layout: RecordLayout,
  skip: ReadonlySet<string> = new Set(),
): RecordColumns {
  const present = layout.fields.flatMap((field) => {
    const column = sheet.byKey.get(field.key)
    return column && !skip.has(field.key) ? [{ column, slot: layout.slotOf(field.key) }] : []
  })
  const required = layout.fields
    .filter((field) => field.required && !skip.has(field.key))
    .map((field) => ({
      key: field.key,
      slot: layout.slotOf(field.key),
      column: sheet.byKey.get(field.key),
      header: field.headers[0] ?? field.key,
    }))
  return { columns: present.map(({ column }) => column), slots: present.map(({ slot }) => slot), required }
}

/** Where the problems of a row belong. */
export interface RowPlace {
  log: ProblemLog
  sheet: SheetPlace
  row: SheetRow
  householdNo: string | undefined
}

/** Reads the cells of one record; answers how many had a value. Wrong cells are left NULL and reported. */
export function readRecord(place: RowPlace, from: RecordColumns, record: string[]): number {
  const { values, number } = place.row
  const { columns, slots } = from
  let filled = 0
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at]
    const slot = slots[at]
    if (column === undefined || slot === undefined) continue
    const cell = values[column.index] ?? null
    if (cell === null) {
      record[slot] = COPY_NULL
      continue
    }
    const parsed = column.read(cell)
    record[slot] = parsed.text
    filled += 1
    column.filled += 1
    if (parsed.kind !== null) noteNormalised(column, number, cell, parsed)
    if (parsed.fault !== null) report(place, column, parsed.fault)
  }
  return filled
}

/** Reports what is wrong with a cell of the row. */
export function report(
  { log, sheet, row, householdNo }: RowPlace,
  column: ReadColumn,
  fault: { code: Parameters<ProblemLog['add']>[0]['code']; params?: Record<string, unknown> },
): void {
  log.add({ ...fault, sheet, row: row.number, column, cell: row.values[column.index] ?? null, householdNo })
}

/** Reports what is wrong with a field whose column may be missing. */
export function reportField(
  place: RowPlace,
  columns: SheetColumns,
  key: string,
  fault: { code: Parameters<ProblemLog['add']>[0]['code']; params?: Record<string, unknown> },
): void {
  const column = columns.byKey.get(key)
  if (column) report(place, column, fault)
  else {
    const { log, sheet, row, householdNo } = place
    const missing = columns.all.find(({ field }) => field?.key === key)
    log.add({ ...fault, sheet, row: row.number, householdNo, ...(missing && { column: missing }) })
  }
}

/** Reports required fields left empty, unless their cell has been refused already. */
export function checkRequired(place: RowPlace, from: RecordColumns, record: readonly string[]): void {
  for (const { slot, column, header } of from.required) {
    if (record[slot] !== COPY_NULL) continue
    if (column) {
      const cell = place.row.values[column.index] ?? null
      if (cell === null || column.read(cell).fault === null) report(place, column, { code: 'required' })
    } else {
      const { log, sheet, row, householdNo } = place
      log.add({
        code: 'required',
        sheet,
        row: row.number,
        column: { index: -1, header, field: null },
        householdNo,
      })
    }
  }
}

/** The text of a column's cell, read by its own rules; null when empty or wrong. */
export function textAt(place: RowPlace, column: ReadColumn | undefined): string | null {
  if (!column) return null
  const cell = place.row.values[column.index] ?? null
  if (cell === null) return null
  const parsed = column.read(cell)
  column.filled += 1
  if (parsed.fault !== null) {
    report(place, column, parsed.fault)
    return null
  }
  if (parsed.kind !== null) noteNormalised(column, place.row.number, cell, parsed)
  return fromCopyText(parsed.text) ?? null
}
