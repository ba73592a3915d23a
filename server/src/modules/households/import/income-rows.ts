import { incomeTotals } from '@tiejun/contract/households/income-year.ts'
import { COPY_NULL, copyText } from './cell-text.rules.ts'
import type { CheckContext, HouseholdState } from './check-context.ts'
import { INCOME_TOTALS } from './household-checks.rules.ts'
import { copyLine } from './records.rules.ts'
import type { ReadColumn } from './sheet-columns.ts'
import type { RowPlace } from './row-reading.ts'
import { checkRequired, readRecord, recordColumns, report, reportField, textAt } from './row-reading.ts'
import type { SheetColumns } from './sheet-columns.ts'

const YEAR = 'incomeYear.year'
/** Totals in files are often rounded to whole yuan. */
const TOLERANCE_FEN = 100

/** Reads yearly incomes; `year` is that of the whole file when there is no column 年度. */
export function incomeReader(
  context: CheckContext,
  sheet: SheetColumns,
  year: number | null,
): (place: RowPlace, state: HouseholdState | undefined) => void {
  const layout = context.layouts.incomeYear
  const from = recordColumns(sheet, layout)
  const yearSlot = layout.slotOf(YEAR)
  const names = layout.fields.map(({ key }) => key.slice('incomeYear.'.length))
  const record = layout.blank()
  const hasYear = sheet.byKey.has(YEAR)
  const totalColumns = TOTALS.flatMap((name) => {
    const column = sheet.byKey.get(`incomeYear.${name}`)
    return column ? [{ name, column }] : []
  })
  const kinds = INCOME_TOTALS.map(({ total, other, parts }) => ({
    name: total.slice('incomeYear.'.length),
    other: layout.slotOf(other),
    parts: parts.map((part) => layout.slotOf(`incomeYear.${part}`)),
  }))
  return (place, state) => {
    record.fill(COPY_NULL)
    const filled = readRecord(place, from, record)
    const totals = readTotals(totalColumns, place)
    if (filled === 0 && totals.size === 0) return
    if (!hasYear) record[yearSlot] = year === null ? COPY_NULL : String(year)
    else if (context.layout === 'template') checkRequired(place, from, record)
    settleTotals(kinds, record, totals)
    checkTotals(sheet, place, names, record, totals)
    context.counts.incomes += 1
    const ownYear = Number(record[yearSlot])
    if (!state || Number.isNaN(ownYear)) return
    if (state.years.includes(ownYear)) {
      reportField(place, sheet, YEAR, { code: 'income_year_repeated', params: { firstRow: state.firstRow } })
      return
    }
    state.years.push(ownYear)
    if (state.isUsable) stage(context, sheet, place, state, record)
  }
}

const TOTALS = ['wageFen', 'propertyFen', 'transferFen', 'grossFen', 'netFen', 'netPerCapitaFen']

/** The totals the file states, in fen. */
function readTotals(
  columns: readonly { name: string; column: ReadColumn }[],
  place: RowPlace,
): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { name, column } of columns) {
    const text = textAt(place, column)
    if (text !== null) totals.set(name, Number(text))
  }
  return totals
}

/** Older tables give only the total of a kind: it goes into the part 其他 (income-year.ts). */
function settleTotals(
  kinds: readonly { name: string; other: number; parts: number[] }[],
  record: string[],
  totals: ReadonlyMap<string, number>,
): void {
  for (const { name, other, parts } of kinds) {
    const stated = totals.get(name)
    if (stated !== undefined && parts.every((slot) => record[slot] === COPY_NULL))
      record[other] = String(stated)
  }
}

function partsIn(names: readonly string[], record: readonly string[]): Record<string, number | null> {
  const parts: Record<string, number | null> = {}
  for (let slot = 0; slot < names.length; slot += 1) {
    const text = record[slot]
    parts[names[slot] ?? ''] = text === undefined || text === COPY_NULL ? null : Number(text)
  }
  return parts
}

function checkTotals(
  sheet: SheetColumns,
  place: RowPlace,
  names: readonly string[],
  record: readonly string[],
  totals: ReadonlyMap<string, number>,
): void {
  if (totals.size === 0) return
  const computed = incomeTotals(partsIn(names, record))
  for (const [name, declaredFen] of totals) {
    const computedFen = computed[name as keyof typeof computed]
    const column = sheet.byKey.get(`incomeYear.${name}`)
    if (column && computedFen !== null && Math.abs(computedFen - declaredFen) > TOLERANCE_FEN)
      report(place, column, { code: 'total_differs', params: { declaredFen, computedFen } })
  }
}

function stage(
  context: CheckContext,
  sheet: SheetColumns,
  place: RowPlace,
  state: HouseholdState,
  record: readonly string[],
): void {
  const start = `${context.importId}\t${sheet.place.no}\t${place.row.number}\t${context.newId()}\t${state.id}\t${copyText(state.householdNo)}\t${state.villageCode}`
  context.staging.incomes.line(copyLine(start, record, context.layouts.incomeYear.copied))
}

export const INCOME_PREFIX = [
  'import_id',
  'sheet_no',
  'row_no',
  'id',
  'household_id',
  'household_no',
  'village_code',
]
