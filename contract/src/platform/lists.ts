import { z } from 'zod'

export const PAGE_SIZES = [20, 50, 100, 200] as const

/** 分页参数: what every keyset list accepts besides its own declared filters. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Rows on a page, at most 200'),
  after: z.string().optional().describe('The `next` of the page before; opaque'),
}

/** One page of a keyset list: the rows, the exact number of rows that match, and where the next page starts. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    total: z.number().int().describe('Exact number of records that match the filters within reach'),
    next: z.string().nullable().describe('Hand back as `after` for the next page; null on the last page'),
  })

/** 导出格式: the same rows and columns that the list shows, as a file. */
export const ExportFormat = z.enum(['xlsx', 'csv'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** A query parameter that may be given once or several times; always read as an array. */
export const manyOf = <Item extends z.ZodType>(item: Item) =>
  z
    .preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item))
    .optional()

/** 排序: the columns a list can be sorted by; `name` ascending, `-name` descending. */
export const sortBy = <const Column extends string>(...columns: readonly Column[]) =>
  z
    .enum(columns.flatMap((column) => [column, `-${column}` as const]))
    .optional()
    .describe('Column to sort by; a leading minus sorts descending')

/** The query of an export: the list's own filters and sort without the page, and the kind of file. */
export const exportQuery = { format: ExportFormat.default('xlsx') }
