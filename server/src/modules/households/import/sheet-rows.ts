import type { SheetRow } from '../../../platform/workbooks/index.ts'
import { shownCell } from './cell-text.rules.ts'
import type { CheckContext, HouseholdState } from './check-context.ts'
import { mayImportInto } from './check-context.ts'
import { householdReader, stageMention } from './household-rows.ts'
import type { HouseholdReader } from './household-rows.ts'
import { incomeReader } from './income-rows.ts'
import { memberReader } from './member-rows.ts'
import type { RowPlace } from './row-reading.ts'
import { report, reportField, textAt } from './row-reading.ts'
import type { SheetColumns } from './sheet-columns.ts'

/** Reads one row below the header. */
export type RowReader = (row: SheetRow) => void

const NUMBER = 'household.householdNo'
/** Sums and signatures below the table. */
const FOOTER = /^(?:合计|总计|小计|填表人|制表|审核|注[:：]|说明[:：])/

function isFooter(row: SheetRow): boolean {
  const first = row.values.find((cell) => cell !== null)
  return FOOTER.test(shownCell(first)?.trim() ?? '')
}

function placeOf(context: CheckContext, sheet: SheetColumns, row: SheetRow): RowPlace {
  return { log: context.log, sheet: sheet.place, row, householdNo: undefined }
}

/** The household number of the row; undefined when it has none, which is reported. */
function readNumber(sheet: SheetColumns, place: RowPlace): string | undefined {
  const before = place.log.count
  const householdNo = textAt(place, sheet.byKey.get(NUMBER)) ?? undefined
  if (householdNo === undefined && place.log.count === before)
    reportField(place, sheet, NUMBER, { code: 'household_no_missing' })
  place.householdNo = householdNo
  return householdNo
}

/** The national export: one row per person, what concerns the household repeated on each. */
export function flatRows(context: CheckContext, sheet: SheetColumns, incomeYear: number | null): RowReader {
  const readHousehold = householdReader(context, sheet)
  const readMember = memberReader(context, sheet)
  const readIncome = incomeReader(context, sheet, incomeYear)
  return (row) => {
    if (isFooter(row)) return
    context.counts.rows += 1
    const place = placeOf(context, sheet, row)
    const householdNo = readNumber(sheet, place)
    if (householdNo === undefined) {
      readMember(place, undefined)
      return
    }
    let state = context.households.get(householdNo)
    if (state) {
      compareRepeats(place, readHousehold, state)
    } else {
      state = readHousehold.open(place, householdNo)
      readIncome(place, state)
    }
    readMember(place, state)
  }
}

/** Holds a later row of a household against its first one. A later row may leave out what the first one says. */
function compareRepeats(place: RowPlace, { columns }: HouseholdReader, state: HouseholdState): void {
  const { values } = place.row
  const { firstCells } = state
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at]
    if (column === undefined) continue
    const cell = values[column.index] ?? null
    if (cell === firstCells[at] || cell === null) continue
    compareCell(place, column, firstCells[at] ?? null, cell, state.firstRow)
  }
}

/** Written differently may still mean the same. */
function compareCell(
  place: RowPlace,
  column: HouseholdReader['columns'][number],
  first: SheetRow['values'][number],
  cell: SheetRow['values'][number],
  firstRow: number,
): void {
  const before = column.read(first)
  const now = column.read(cell)
  if (now.fault !== null) report(place, column, now.fault)
  else if (before.fault === null && before.text !== now.text)
    report(place, column, { code: 'contradictory_repeat', params: { firstRow } })
}

/** Sheet 户 of the template: one row per household. */
export function householdRows(context: CheckContext, sheet: SheetColumns): RowReader {
  const readHousehold = householdReader(context, sheet)
  return (row) => {
    if (isFooter(row)) return
    context.counts.rows += 1
    const place = placeOf(context, sheet, row)
    const householdNo = readNumber(sheet, place)
    if (householdNo === undefined) return
    const earlier = context.households.get(householdNo)
    if (earlier)
      reportField(place, sheet, NUMBER, {
        code: 'household_repeated',
        params: { firstRow: earlier.firstRow },
      })
    else readHousehold.open(place, householdNo)
  }
}

/** Sheets 人 and 收入: rows that name a household of the sheet 户 or of the registry. */
export function belongingRows(
  context: CheckContext,
  sheet: SheetColumns,
  readRow: (place: RowPlace, state: HouseholdState | undefined) => void,
): RowReader {
  return (row) => {
    if (isFooter(row)) return
    context.counts.rows += 1
    const place = placeOf(context, sheet, row)
    const householdNo = readNumber(sheet, place)
    const state = householdNo === undefined ? undefined : stateOf(context, sheet, householdNo)
    if (householdNo !== undefined && !state) reportField(place, sheet, NUMBER, { code: 'household_unknown' })
    readRow(place, state)
  }
}

function stateOf(
  context: CheckContext,
  sheet: SheetColumns,
  householdNo: string,
): HouseholdState | undefined {
  const state = context.households.get(householdNo)
  if (state) return state
  const known = context.registry.get(householdNo)
  if (!known || !mayImportInto(context.reach, known.villageCode)) return undefined
  const { villageCode } = known
  const { area } = context
  if (area.from === null || villageCode < area.from) area.from = villageCode
  if (area.to === null || villageCode > area.to) area.to = villageCode
  const made: HouseholdState = {
    householdNo,
    id: known.id,
    villageCode,
    isKnown: true,
    isUsable: true,
    firstRow: 0,
    firstSheet: sheet.place,
    firstCells: [],
    members: [],
    memberRows: [],
    years: [],
    declared: { count: null, headName: null, headIdNo: null },
    headName: null,
    headIdNo: null,
  }
  context.households.set(householdNo, made)
  stageMention(context, made)
  return made
}
