import { incomeTotals } from '@tiejun/contract/households/income-year.ts'
import type { Pack, TemplateSheet } from '@tiejun/contract/platform/packs.ts'
import { type LabelledField, listFlatColumns, listTemplateColumns } from '../../../platform/packs/index.ts'
import type { CellInput } from '../../../platform/workbooks/index.ts'
import type { InventedHousehold } from './households.ts'

/** One row to be written: cells by field key (entity.name). */
export type SheetRecord = Map<string, CellInput>

export interface DemoSheet {
  name: string
  columns: LabelledField[]
}

export type DemoLayout = 'flat' | 'template'

const TEMPLATE_SHEETS: readonly TemplateSheet[] = ['户', '人', '收入']

/** The sheets of a layout with their columns, as the pack lists them. */
export const sheetsOf = (pack: Pack, layout: DemoLayout): DemoSheet[] =>
  layout === 'flat'
    ? [{ name: '建档立卡户信息', columns: listFlatColumns(pack) }]
    : TEMPLATE_SHEETS.map((name) => ({ name, columns: listTemplateColumns(pack, name) }))

type Renderer = (value: unknown) => CellInput

/** How a value of a field stands in a cell: words instead of codes, yuan instead of fen, yyyyMM, 是 and 否. */
function rendererOf(pack: Pack, { field }: LabelledField): Renderer {
  const words = new Map(
    (field.enumeration ? (pack.enumerations[field.enumeration]?.values ?? []) : []).map((value) => [
      value.code,
      value.zh,
    ]),
  )
  switch (field.type) {
    case 'money':
      return (value) => Number(value) / 100
    case 'boolean':
      return (value) => (value ? '是' : '否')
    case 'month':
      return (value) => String(value).replace('-', '')
    case 'enumeration':
      return (value) => words.get(String(value)) ?? String(value)
    case 'enumerations':
      return (value) => (value as string[]).map((code) => words.get(code) ?? code).join(',')
    case 'text':
    case 'date':
      return String
    case 'year':
    case 'integer':
    case 'decimal':
      return Number
  }
}

/** What the sheets show besides what was typed: names of areas, head, counts and sums. */
function derivedOf(invented: InventedHousehold, areaNames: AreaNames) {
  const head = invented.members.find((member) => member.relation === 'head')
  return {
    ...areaNames(invented.household.villageCode),
    headName: head?.name ?? null,
    headIdNo: head?.idNo ?? null,
    memberCount: invented.members.length,
  }
}

/** Names of the areas a village code stands for. */
export type AreaNames = (villageCode: string) => {
  provinceName: string
  prefectureName: string
  countyName: string
  townshipName: string
  villageName: string
}

export function areaNamesOf(pack: Pack): AreaNames {
  const byCode = new Map(pack.areas.map((area) => [area.code, area]))
  const name = (code: string) => byCode.get(code)?.name ?? ''
  return (villageCode) => ({
    provinceName: name(`${villageCode.slice(0, 2)}0000000000`),
    prefectureName: name(`${villageCode.slice(0, 4)}00000000`),
    countyName: name(`${villageCode.slice(0, 6)}000000`),
    townshipName: name(`${villageCode.slice(0, 9)}000`),
    villageName: name(villageCode),
  })
}

/** Writes the records of one household, sheet by sheet. */
export function recordMaker(pack: Pack, layout: DemoLayout, sheets: DemoSheet[]) {
  const areaNames = areaNamesOf(pack)
  const renderers = new Map<string, Renderer>()
  for (const column of sheets.flatMap((sheet) => sheet.columns))
    renderers.set(column.key, rendererOf(pack, column))

  const fill = (record: SheetRecord, entity: string, values: object): void => {
    for (const [name, value] of Object.entries(values)) {
      const key = `${entity}.${name}`
      const render = renderers.get(key)
      if (render && value !== null && value !== undefined) record.set(key, render(value))
    }
  }
  const householdRecord = (invented: InventedHousehold): SheetRecord => {
    const record: SheetRecord = new Map()
    fill(record, 'household', { ...invented.household, ...derivedOf(invented, areaNames) })
    fill(record, 'livingConditions', invented.livingConditions)
    return record
  }
  const withNumber = (invented: InventedHousehold): SheetRecord =>
    new Map([['household.householdNo', invented.household.householdNo]])

  return (invented: InventedHousehold): SheetRecord[][] => {
    const shared = householdRecord(invented)
    const years = invented.incomeYears.map((year) => ({ ...year, ...incomeTotals(year) }))
    if (layout === 'flat') {
      fill(shared, 'incomeYear', years.at(-1) ?? {})
      return [invented.members.map((member) => fillCopy(shared, (record) => fill(record, 'member', member)))]
    }
    return [
      [shared],
      invented.members.map((member) =>
        fillCopy(withNumber(invented), (record) => fill(record, 'member', member)),
      ),
      years.map((year) => fillCopy(withNumber(invented), (record) => fill(record, 'incomeYear', year))),
    ]
  }
}

function fillCopy(record: SheetRecord, add: (copy: SheetRecord) => void): SheetRecord {
  const copy = new Map(record)
  add(copy)
  return copy
}
