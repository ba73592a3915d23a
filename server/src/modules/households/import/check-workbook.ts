import type { ImportColumn, ImportLayout, ImportNormalisation } from '@tiejun/contract/households/import.ts'
import type { OpenedWorkbook, SheetRow } from '../../../platform/workbooks/index.ts'
import type { CheckContext } from './check-context.ts'
import type { TemplateSheetName } from './columns.rules.ts'
import { HEADER_SEARCH_ROWS, layoutOf, recogniseSheet, yearInTitles } from './columns.rules.ts'
import type { ImportField } from './import-fields.rules.ts'
import { incomeReader } from './income-rows.ts'
import { memberReader } from './member-rows.ts'
import type { SheetColumns, SheetPlace } from './sheet-columns.ts'
import { columnReport, normalisationReport, readColumns } from './sheet-columns.ts'
import type { RowReader } from './sheet-rows.ts'
import { belongingRows, flatRows, householdRows } from './sheet-rows.ts'
import { checkWholeHouseholds } from './whole-households.ts'

export interface CheckedSheets {
  layout: ImportLayout
  incomeYear: number | null
  columns: ImportColumn[]
  normalisations: ImportNormalisation[]
  /** Columns by their field, for problems found later in the database. */
  households: SheetColumns | undefined
  members: SheetColumns | undefined
}

type Part = TemplateSheetName | 'flat'

export interface CheckHooks {
  /** Called between batches; waits until what was read has been stored. */
  settle(): Promise<void>
  signal: AbortSignal
  incomeYearGiven: number | null
}

/** Reads every row of the workbook, reports what is wrong and stages what can be read. */
export async function checkWorkbook(
  workbook: OpenedWorkbook,
  context: CheckContext,
  hooks: CheckHooks,
): Promise<CheckedSheets> {
  const { layout, parts } = layoutOf(workbook.sheets)
  context.layout = layout
  const checked: CheckedSheets = {
    layout,
    incomeYear: hooks.incomeYearGiven,
    columns: [],
    normalisations: [],
    households: undefined,
    members: undefined,
  }
  for (const [at, { index, part }] of parts.entries()) {
    const place = { no: at + 1, name: workbook.sheets[index]?.name ?? part }
    const columns = await readSheet(workbook, index, part, place, context, hooks, checked)
    if (!columns) continue
    if (part === 'flat' || part === '户') checked.households = columns
    if (part === 'flat' || part === '人') checked.members = columns
    checked.columns.push(...columnReport(columns))
    checked.normalisations.push(...normalisationReport(columns))
  }
  checkWholeHouseholds(context, checked.households, checked.members)
  return checked
}

async function readSheet(
  workbook: OpenedWorkbook,
  index: number,
  part: Part,
  place: SheetPlace,
  context: CheckContext,
  hooks: CheckHooks,
  checked: CheckedSheets,
): Promise<SheetColumns | undefined> {
  const head: SheetRow[] = []
  let columns: SheetColumns | undefined
  let read: RowReader | undefined
  const begin = () => {
    columns = recognise(head, part, place, context)
    read = columns && rowReader(context, columns, part, head, checked)
    for (const row of head) if (columns && row.number > columns.headerRow) read?.(row)
  }
  for await (const batch of workbook.rows(index, hooks.signal)) {
    for (const row of batch) {
      if (columns) read?.(row)
      else {
        head.push(row)
        if (head.length < HEADER_SEARCH_ROWS) continue
        begin()
        if (!columns) return undefined
      }
    }
    await hooks.settle()
  }
  if (!columns) begin()
  if (columns && context.counts.rows === 0 && part !== '收入')
    context.log.add({ code: 'no_rows', sheet: place })
  return columns
}

function recognise(
  head: readonly SheetRow[],
  part: Part,
  place: SheetPlace,
  context: CheckContext,
): SheetColumns | undefined {
  const { fields } = context.rules.vocabulary
  const belongs = (field: ImportField) => (part === 'flat' ? field.isFlat : field.sheets.includes(part))
  const candidates =
    part === 'flat' ? fields : fields.filter((field) => belongs(field) || isCompared(field, part))
  const sheet = recogniseSheet(head, candidates, belongs)
  if (!sheet) {
    context.log.add({ code: 'header_not_found', sheet: place })
    return undefined
  }
  const columns = readColumns(place, sheet, context.rules)
  reportMissing(context, columns, part)
  return columns
}

/** Derived columns people may leave in a sheet; they are looked at, never stored. */
const isCompared = (field: ImportField, part: TemplateSheetName) =>
  field.column === null && { 户: 'household', 人: 'member', 收入: 'incomeYear' }[part] === field.entity

const NEEDED: Record<Part, string[]> = {
  flat: ['household.householdNo', 'member.name', 'member.relation'],
  户: ['household.householdNo'],
  人: ['household.householdNo', 'member.name', 'member.relation'],
  收入: ['household.householdNo', 'incomeYear.year'],
}

/** Columns without which no row can be taken over. */
function reportMissing(context: CheckContext, columns: SheetColumns, part: Part): void {
  const labelOf = (key: string) =>
    context.rules.vocabulary.fields.find((field) => field.key === key)?.headers[0] ?? key
  const missing = NEEDED[part].filter((key) => !columns.byKey.has(key))
  const hasVillage = ['household.villageCode', 'household.villageName'].some((key) => columns.byKey.has(key))
  if ((part === 'flat' || part === '户') && !hasVillage) missing.push('household.villageName')
  for (const key of missing) {
    const column = columns.all.find(({ field, index }) => field?.key === key && index < 0)
    if (column) column.use = 'missing_required'
    context.log.add({
      code: 'required_column_missing',
      params: { header: labelOf(key) },
      sheet: columns.place,
      column,
    })
  }
}

function rowReader(
  context: CheckContext,
  columns: SheetColumns,
  part: Part,
  head: readonly SheetRow[],
  checked: CheckedSheets,
): RowReader {
  if (part === '户') return householdRows(context, columns)
  if (part === '人') return belongingRows(context, columns, memberReader(context, columns))
  if (part === '收入') return belongingRows(context, columns, incomeReader(context, columns, null))
  const titles = head
    .filter(({ number }) => number < columns.headerRow)
    .map(({ values }) => values.filter((cell) => typeof cell === 'string').join(' '))
  const hasIncome = [...columns.byKey.values()].some(
    ({ field }) => field.entity === 'incomeYear' && field.key !== 'incomeYear.year',
  )
  const hasYear = columns.byKey.has('incomeYear.year')
  checked.incomeYear ??= yearInTitles([...titles, columns.place.name]) ?? null
  if (hasIncome && !hasYear && checked.incomeYear === null)
    context.log.add({ code: 'income_year_unknown', sheet: columns.place })
  return flatRows(context, columns, checked.incomeYear)
}
