import type { ImportProblem, ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import type { ImportProblemsQuery } from '@tiejun/contract/households/import-endpoints.ts'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, orderBy, pageOfRows, rowsAfter } from '../../../platform/lists/keyset.ts'
import { lettersOf } from './sheet-columns.ts'

interface ProblemRow {
  problem_no: number
  sheet_no: number
  row_no: number
  column_no: number | null
  sheet: string | null
  header: string | null
  field: string | null
  value: string | null
  code: ImportProblemCode
  params: Record<string, unknown>
  severity: 'error' | 'warning'
  household_no: string | null
}

const present = (row: ProblemRow): ImportProblem => ({
  id: row.problem_no,
  sheet: row.sheet,
  row: row.row_no > 0 ? row.row_no : null,
  column: row.column_no === null ? null : lettersOf(row.column_no),
  header: row.header,
  field: row.field,
  value: row.value,
  code: row.code,
  params: row.params,
  severity: row.severity,
  householdNo: row.household_no,
})

const SORTS = ['sheet_no', 'row_no', 'problem_no'].map((column) => ({ column, descending: false }))

/** The table of problems, in the order of the file. */
export async function readProblems(tx: Tx, importId: string, query: z.output<typeof ImportProblemsQuery>) {
  const filters: RawBuilder<unknown>[] = [sql`import_id = ${importId}`]
  if (query.severity) filters.push(sql`severity = ${query.severity}`)
  if (query.code && query.code.length > 0) filters.push(sql`code = ANY (${query.code})`)
  if (query.sheet !== undefined) filters.push(sql`sheet = ${query.sheet}`)
  if (query.header !== undefined) filters.push(sql`header = ${query.header}`)
  if (query.householdNo !== undefined) filters.push(sql`household_no = ${query.householdNo}`)
  const where = sql.join(filters, sql` AND `)
  const after = query.after ? sql` AND ${rowsAfter(SORTS, decodeCursor(query.after, 3))}` : sql``
  const { rows } = await sql<ProblemRow>`SELECT * FROM import_problems WHERE ${where}${after}
    ORDER BY ${orderBy(SORTS)} LIMIT ${query.limit + 1}`.execute(tx)
  const counted = await sql<{
    total: number
  }>`SELECT count(*) AS total FROM import_problems WHERE ${where}`.execute(tx)
  const { page, next } = pageOfRows(rows, query.limit, (row) => [row.sheet_no, row.row_no, row.problem_no])
  return { rows: page.map(present), total: counted.rows[0]?.total ?? 0, next }
}
