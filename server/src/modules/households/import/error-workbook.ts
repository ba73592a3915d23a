import { PassThrough, type Readable } from 'node:stream'
import { recordAudit } from '../../../platform/audit/record.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import type {
  CellInput,
  ColumnDefinition,
  OpenedWorkbook,
  SheetRow,
} from '../../../platform/workbooks/index.ts'
import { openWorkbook, writeWorkbook } from '../../../platform/workbooks/index.ts'
import { lookupKey } from './cell-text.rules.ts'
import { HEADER_SEARCH_ROWS, layoutOf, recogniseSheet } from './columns.rules.ts'
import { run } from './commit.store.ts'
import { readFile } from './file-chunks.store.ts'
import type { ImportField, ImportVocabulary } from './import-fields.rules.ts'
import type { ImportMeans } from './import-means.ts'
import { IMPORT } from './import-means.ts'
import { lockFor } from './import.store.ts'
import { wordProblem } from './problem-words.rules.ts'
import { lettersOf } from './sheet-columns.ts'

interface Problem {
  sheet_no: number
  row_no: number
  column_no: number | null
  sheet: string | null
  header: string | null
  value: string | null
  code: string
  params: Record<string, unknown>
  severity: 'error' | 'warning'
  household_no: string | null
}

export interface Download {
  name: string
  stream: Readable
}

/** What the pages of an error workbook are made from. */
interface Source {
  workbook: OpenedWorkbook
  problems: Problem[]
  faulty: ReadonlySet<string>
  vocabulary: ImportVocabulary
}

/**
 * The rows of households with errors, wrong cells red with a comment, and a sheet 问题 that lists all. The uploaded file
 * is read again, so that what nobody complained of stays exactly as it was written.
 */
export async function errorWorkbook(means: ImportMeans, actor: Actor, id: string): Promise<Download> {
  const { db, clock, vault, vocabulary } = means
  const { fileName, problems } = await db.asActor(actor, IMPORT, async (tx) => {
    const row = await lockFor(tx, actor, id, ['download_errors'])
    const found = await run<Problem>(
      tx,
      'SELECT * FROM import_problems WHERE import_id = $1 ORDER BY sheet_no, row_no, problem_no',
      [id],
    )
    await recordAudit(tx, clock, actor, {
      action: 'import.errors_downloaded',
      recordType: 'import',
      recordId: id,
      recordLabel: row.file_name,
    })
    return { fileName: row.file_name, problems: found.rows }
  })
  const client = await db.pool.connect()
  const bytes = await readFile(client, vault, id).finally(() => client.release())
  const workbook = await openWorkbook(bytes, fileName)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const faulty = new Set(errors.flatMap(({ household_no: no }) => (no === null ? [] : [no])))
  const stream = new PassThrough()
  const source = { workbook, problems, faulty, vocabulary }
  void writePages(source, stream)
    .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error('unwritten')))
    .finally(() => workbook.close())
  return { name: `${fileName.replace(/\.[^.]*$/, '')}-有误.xlsx`, stream }
}

async function writePages(source: Source, out: PassThrough): Promise<void> {
  const { parts } = layoutOf(source.workbook.sheets)
  const sheets = []
  for (const [at, { index, part }] of parts.entries()) {
    const page = await pageOf(source, index, part, at + 1)
    if (page) sheets.push(page)
  }
  await writeWorkbook({ sheets: [...sheets, problemPage(source)] }, out)
}

/** One sheet of the file: its titles, its header, the rows at fault. */
async function pageOf(source: Source, index: number, part: string, sheetNo: number) {
  const { workbook, vocabulary } = source
  const head: SheetRow[] = []
  for await (const batch of workbook.rows(index)) {
    head.push(...batch.slice(0, HEADER_SEARCH_ROWS - head.length))
    if (head.length >= HEADER_SEARCH_ROWS) break
  }
  const belongs = (field: ImportField) => (part === 'flat' ? field.isFlat : field.sheets.includes(part))
  const sheet = recogniseSheet(
    head,
    part === 'flat' ? vocabulary.fields : vocabulary.fields.filter(belongs),
    belongs,
  )
  if (!sheet) return undefined
  const present = sheet.columns.filter((column) => column.index >= 0)
  const width = present.reduce((most, column) => Math.max(most, column.index + 1), 1)
  const columns = Array.from({ length: width }, (_, at): ColumnDefinition => {
    const column = present.find((one) => one.index === at)
    // Text throughout: what stands there keeps its digits, and what is typed does too.
    return { kind: 'text', width: 14, ...(column && { header: column.header }) }
  })
  const numberAt = present.find(
    ({ field, use }) => field?.key === 'household.householdNo' && use === 'imported',
  )?.index
  return {
    name: workbook.sheets[index]?.name ?? part,
    columns,
    titleRows: sheet.titles.map((title) => title.trim()).filter((title) => title !== ''),
    rows: faultyRows(source, index, sheetNo, sheet.headerRow, width, numberAt),
  }
}

async function* faultyRows(
  source: Source,
  index: number,
  sheetNo: number,
  headerRow: number,
  width: number,
  numberAt: number | undefined,
): AsyncGenerator<CellInput[]> {
  const marks = marksOf(source, sheetNo)
  for await (const batch of source.workbook.rows(index)) {
    for (const row of batch) {
      if (row.number <= headerRow) continue
      const own = marks.get(row.number)
      const no = numberAt === undefined ? null : row.values[numberAt]
      const isOfFaulty = no !== null && no !== undefined && source.faulty.has(lookupKey(String(no)))
      if (!own && !isOfFaulty) continue
      yield Array.from({ length: width }, (_, at): CellInput => {
        const problem = own?.get(at)
        const value = row.values[at] ?? null
        return problem === undefined ? value : { kind: 'marked', value, problem }
      })
    }
  }
}

/** Problems of a sheet by row and column; those of no column stand at the household number, or at the first cell. */
function marksOf({ problems, vocabulary }: Source, sheetNo: number): Map<number, Map<number, string>> {
  const marks = new Map<number, Map<number, string>>()
  for (const problem of problems) {
    if (problem.sheet_no !== sheetNo || problem.row_no <= 0) continue
    const row = marks.get(problem.row_no) ?? new Map<number, string>()
    const at = problem.column_no ?? 0
    const { what, todo } = wordProblem(problem.code, problem.params, problem.header, vocabulary)
    row.set(at, [row.get(at), `${what}\n${todo}`].filter(Boolean).join('\n'))
    marks.set(problem.row_no, row)
  }
  return marks
}

const PROBLEM_COLUMNS: ColumnDefinition[] = [
  { header: '工作表', kind: 'text', width: 12 },
  { header: '原文件行号', kind: 'number', width: 12 },
  { header: '列', kind: 'text', width: 8 },
  { header: '列名', kind: 'text', width: 22 },
  { header: '户编号', kind: 'text', width: 20 },
  { header: '内容', kind: 'text', width: 24 },
  { header: '级别', kind: 'text', width: 8 },
  { header: '问题', kind: 'text', width: 44 },
  { header: '怎么办', kind: 'text', width: 60 },
]

function problemPage({ problems, vocabulary }: Source) {
  const rows = problems.map((problem): CellInput[] => {
    const { what, todo } = wordProblem(problem.code, problem.params, problem.header, vocabulary)
    return [
      problem.sheet,
      problem.row_no > 0 ? problem.row_no : null,
      problem.column_no === null ? null : lettersOf(problem.column_no),
      problem.header,
      problem.household_no,
      problem.value,
      problem.severity === 'error' ? '错误' : '提醒',
      what,
      todo,
    ]
  })
  return { name: '问题', columns: PROBLEM_COLUMNS, rows }
}
