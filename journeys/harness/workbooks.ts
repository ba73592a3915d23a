import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type CellValue,
  openWorkbook,
  type SheetRow,
  writeWorkbook,
} from '../../server/src/platform/workbooks/index.ts'
import { runNode } from '../../scripts/command.ts'

/** A sheet as somebody sees it who opens the file: titles, header, rows. */
export interface Sheet {
  name: string
  titles: string[]
  header: string[]
  rows: CellValue[][]
}

interface Invented {
  households: number
  seed: number
  /** Of the rows. */
  errorPercent?: number
}

/** Writes an invented flat table, as `tiejun demo workbook` does; the same seed gives the same people, with errors or without. */
export async function inventWorkbook(
  path: string,
  { households, seed, errorPercent = 0 }: Invented,
): Promise<void> {
  const options = [
    '--households',
    String(households),
    '--seed',
    String(seed),
    '--errors',
    String(errorPercent),
  ]
  const { code, output } = await runNode('server/src/main.ts', [
    'demo',
    'workbook',
    ...options,
    '--out',
    path,
  ])
  if (code !== 0) throw new Error(output)
}

/** The first sheet of a workbook. */
export async function readSheet(path: string): Promise<Sheet> {
  const workbook = await openWorkbook(await readFile(path), basename(path))
  const read: SheetRow[] = []
  for await (const batch of workbook.rows(0)) read.push(...batch)
  await workbook.close()
  // Titles stand in one cell over the whole width.
  const at = read.findIndex(({ values }) => values.filter((value) => value !== null).length > 1)
  const titles = read.slice(0, at).map(({ values }) => String(values[0]))
  const header = read[at]?.values.map(String) ?? []
  return {
    name: workbook.sheets[0]?.name ?? '',
    titles,
    header,
    rows: read.slice(at + 1).map((row) => row.values),
  }
}

/** Saves a sheet as a spreadsheet program does whose columns are set to text. */
export async function saveSheet(path: string, { name, titles, header, rows }: Sheet): Promise<void> {
  const columns = header.map((text) => ({ kind: 'text' as const, header: text }))
  await writeWorkbook({ sheets: [{ name, titleRows: titles, columns, rows }] }, path)
}

/** What a clerk does with an error workbook and the papers at hand: each row gets the values of the same person in the right table. */
export function putRight(faulty: Sheet, right: Sheet): Sheet {
  const place = right.header.findIndex((header) => header.startsWith('人编号'))
  const rightRows = new Map(right.rows.map((row) => [String(row[place]), row]))
  const own = faulty.header.findIndex((header) => header.startsWith('人编号'))
  return {
    ...faulty,
    header: right.header,
    rows: faulty.rows.map((row) => rightRows.get(String(row[own])) ?? row),
  }
}
