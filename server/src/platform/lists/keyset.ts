import { type Expression, type SqlBool, sql } from 'kysely'
import { AppError } from '../http/errors.ts'

type Value = string | number | null

/** One column a list is sorted by. `column` is written by us, never taken from a request. */
export interface SortColumn {
  /** SQL expression, e.g. `h.household_no`. */
  column: string
  descending: boolean
  /** False when the column is never NULL, which keeps the condition plain enough for an index. */
  nullable?: boolean
}

/** The `next` of a page: the sort values of its last row, opaque to the caller. */
export const encodeCursor = (values: Value[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** The sort values of an `after`; throws `malformed_request` for anything else. */
export function decodeCursor(after: string, columns: number): Value[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === columns && values.every(isValue)) return values
  } catch {
    // Falls through to the same refusal as a cursor of the wrong shape.
  }
  throw new AppError('malformed_request', undefined, [{ path: 'after', code: 'invalid_cursor' }])
}

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'string' || typeof value === 'number'

const reference = (column: string) => sql.raw(column)

/** `column` lies after `value`; NULLs come last in both directions. */
function isAfter({ column, descending, nullable }: SortColumn, value: Value) {
  if (value === null) return sql<SqlBool>`false`
  const beyond = descending
    ? sql<SqlBool>`${reference(column)} < ${value}`
    : sql<SqlBool>`${reference(column)} > ${value}`
  return nullable ? sql<SqlBool>`(${beyond} OR ${reference(column)} IS NULL)` : beyond
}

const isSame = (sort: SortColumn, value: Value) =>
  value === null
    ? sql<SqlBool>`${reference(sort.column)} IS NULL`
    : sql<SqlBool>`${reference(sort.column)} = ${value}`

/** The condition for rows after a cursor: (a, b, id) later than the values, column by column. */
export function rowsAfter(sorts: SortColumn[], values: Value[]): Expression<SqlBool> {
  const alternatives = sorts.map((sort, index) => {
    const same = sorts.slice(0, index).map((earlier, at) => isSame(earlier, values[at] ?? null))
    return sql<SqlBool>`(${sql.join([...same, isAfter(sort, values[index] ?? null)], sql` AND `)})`
  })
  return sql<SqlBool>`(${sql.join(alternatives, sql` OR `)})`
}

/** ORDER BY of the same columns, NULLs last. */
export const orderBy = (sorts: SortColumn[]) =>
  sql.join(
    sorts.map(({ column, descending, nullable }) => {
      const direction = descending ? sql` DESC` : sql` ASC`
      return sql`${reference(column)}${direction}${nullable ? sql` NULLS LAST` : sql``}`
    }),
  )

/** Cuts a result read with `limit + 1` to the page and makes its `next`. */
export function pageOfRows<Row>(rows: Row[], limit: number, sortValues: (row: Row) => Value[]) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, next: rows.length > limit && last !== undefined ? encodeCursor(sortValues(last)) : null }
}
