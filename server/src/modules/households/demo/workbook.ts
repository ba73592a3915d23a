import { writeFile } from 'node:fs/promises'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import {
  type CellInput,
  type ColumnDefinition,
  type SheetDefinition,
  writeWorkbook,
} from '../../../platform/workbooks/index.ts'
import { type InjectedFault, injectFault } from './faults.ts'
import { inventHouseholds } from './households.ts'
import { type Chance, chanceOf } from './random.ts'
import { type DemoLayout, type DemoSheet, recordMaker, type SheetRecord, sheetsOf } from './sheets.ts'

export interface DemoWorkbook {
  layout: DemoLayout
  households: number
  seed: number
  /** Share of persons' rows that get a fault, in percent; at most one fault in a household. */
  errorPercent: number
  today: string
  /** Income years; the flat layout shows the last one. */
  years: readonly number[]
}

/** What stands in FILE.errors.json: every fault put in, with the problem an import must report. */
export interface ManifestEntry {
  sheet: string
  row: number
  header: string
  field: string
  kind: string
  code: string
  householdNo: string
}

export interface DemoManifest {
  layout: DemoLayout
  seed: number
  households: number
  persons: number
  errors: ManifestEntry[]
}

const HEADER_ROWS = 1

const titlesOf = (layout: DemoLayout, year: number): string[] =>
  layout === 'flat'
    ? [`上蔡县建档立卡户信息（${year}年度，演示数据，人物均为虚构）`, '单位：元、亩、平方米、公里']
    : []

/** The villages of the pack; there is at least one. */
export const villagesOf = (pack: Pack): [string, ...string[]] => {
  const [first, ...rest] = pack.areas.filter((area) => area.level === 'village').map((area) => area.code)
  if (first === undefined) throw new Error('the pack has no villages')
  return [first, ...rest]
}

const NUMBER_TYPES = new Set(['money', 'integer', 'decimal', 'year'])

function columnsOf(sheet: DemoSheet): ColumnDefinition[] {
  return sheet.columns.map(({ field, label }) => ({
    header: label.zh,
    kind: NUMBER_TYPES.has(field.type) ? 'number' : 'text',
    width: Math.min(24, Math.max(10, label.zh.length * 2 + 2)),
  }))
}

/** Spoils a share of the households, so that about that share of all rows carries a fault. */
function faultMaker(workbook: DemoWorkbook, layout: DemoLayout) {
  const chance: Chance = chanceOf(workbook.seed + 7_411_722)
  return (sheets: SheetRecord[][]) => {
    const [first = [], second = [], third = []] = sheets
    const members = layout === 'flat' ? first : second
    if (!chance.happens((workbook.errorPercent / 100) * members.length)) return undefined
    return injectFault({ members, household: first, income: layout === 'flat' ? first : third }, chance)
  }
}

/** One sheet while it is being written: its column keys, how many rows it has, and rows kept for later. */
interface OpenSheet {
  sheet: DemoSheet
  keys: string[]
  /** Row number, as the spreadsheet shows it, of the next record. */
  nextRow: number
  rows: CellInput[][]
}

const openSheets = (sheets: DemoSheet[], titles: number): OpenSheet[] =>
  sheets.map((sheet) => ({
    sheet,
    keys: sheet.columns.map((column) => column.key),
    nextRow: titles + HEADER_ROWS + 1,
    rows: [],
  }))

/** Where a fault lies in the sheets as they will be written. */
function entryOf(
  fault: InjectedFault,
  records: SheetRecord[][],
  open: OpenSheet[],
  householdNo: string,
): ManifestEntry[] {
  return records.flatMap((ofSheet, place) => {
    const index = ofSheet.indexOf(fault.record)
    const target = open[place]
    if (index < 0 || !target) return []
    const header = target.sheet.columns.find((column) => column.key === fault.field)?.label.zh ?? ''
    const { kind, code, field } = fault
    return [{ sheet: target.sheet.name, row: target.nextRow + index, header, field, kind, code, householdNo }]
  })
}

interface Making {
  pack: Pack
  workbook: DemoWorkbook
  open: OpenSheet[]
  manifest: DemoManifest
}

/** Gives the rows of the first sheet as they are invented and keeps those of the others until it is written. */
function* makeRows({ pack, workbook, open, manifest }: Making): Generator<CellInput[]> {
  const makeRecords = recordMaker(
    pack,
    workbook.layout,
    open.map(({ sheet }) => sheet),
  )
  const spoil = faultMaker(workbook, workbook.layout)
  for (const invented of inventHouseholds({ ...workbook, villages: villagesOf(pack), birthDays: 'odd' })) {
    const records = makeRecords(invented)
    const fault = spoil(records)
    if (fault) manifest.errors.push(...entryOf(fault, records, open, invented.household.householdNo))
    manifest.households += 1
    manifest.persons += invented.members.length
    for (const [place, ofSheet] of records.entries()) {
      const target = open[place]
      if (!target) continue
      target.nextRow += ofSheet.length
      const rendered = ofSheet.map((record) => target.keys.map((key) => record.get(key)))
      if (place === 0) yield* rendered
      else target.rows.push(...rendered)
    }
  }
}

/** Writes an invented workbook, and FILE.errors.json with what is wrong in it; returns the latter. */
export async function writeDemoWorkbook(
  pack: Pack,
  workbook: DemoWorkbook,
  file: string,
): Promise<DemoManifest> {
  const { layout, seed } = workbook
  const titles = titlesOf(layout, workbook.years.at(-1) ?? 0)
  const open = openSheets(sheetsOf(pack, layout), titles.length)
  const manifest: DemoManifest = { layout, seed, households: 0, persons: 0, errors: [] }
  const firstRows = makeRows({ pack, workbook, open, manifest })
  const definitions = open.map(({ sheet, rows }, place): SheetDefinition => ({
    name: sheet.name,
    columns: columnsOf(sheet),
    titleRows: titles,
    rows: place === 0 ? firstRows : rows,
  }))
  await writeWorkbook({ sheets: definitions }, file)
  await writeFile(`${file}.errors.json`, `${JSON.stringify(manifest, undefined, 2)}\n`)
  return manifest
}
