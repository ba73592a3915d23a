export type { CellValue, DateCell, ErrorCell, SheetRow } from './cells.ts'
export { writeCsv } from './csv-writer.ts'
export type { OpenedWorkbook, OpenOptions } from './open-workbook.ts'
export { openWorkbook } from './open-workbook.ts'
export type { SheetInfo } from './package-parts.ts'
export type {
  CellInput,
  ColumnDefinition,
  ColumnKind,
  MarkedCell,
  RowInput,
  SheetDefinition,
  WorkbookDefinition,
  WorkbookSummary,
} from './workbook-definition.ts'
export type { WorkbookErrorKind, WorkbookErrorPlace } from './workbook-error.ts'
export { WorkbookError } from './workbook-error.ts'
export { writeWorkbook } from './workbook-writer.ts'
