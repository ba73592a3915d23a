/**
 * Why a spreadsheet file cannot be read or written. The caller words each in Chinese and says what to do;
 * `message` is for the log only and never holds a cell's content (it may be personal data).
 *
 * - `empty_file`: no bytes at all
 * - `legacy_xls`: Excel 97–2003 or WPS .et (BIFF), whatever its name says: save it as .xlsx
 * - `encrypted`: opens only with a password: remove the password
 * - `html_table`: a web page named .xls, as many systems "export": open it and save it as .xlsx
 * - `other_format`: something else (.xlsb, .ods, XML 2003, PDF, picture, a zip of other files)
 * - `damaged`: it is the right format but cut off or altered
 * - `too_large`: unpacks to more than the limit, or at a ratio no office program produces
 * - `too_many_columns`: a row reaches further right than `maxColumns`
 * - `no_sheet`: no worksheet inside, or the sheet asked for is not there
 * - `bad_encoding`: text that is neither UTF-8 nor GB18030
 * - `too_many_rows`: writing: more than 1,048,576 rows on a sheet
 * - `text_too_long`: writing: a cell of more than 32,767 characters
 */
export type WorkbookErrorKind =
  | 'empty_file'
  | 'legacy_xls'
  | 'encrypted'
  | 'html_table'
  | 'other_format'
  | 'damaged'
  | 'too_large'
  | 'too_many_columns'
  | 'no_sheet'
  | 'bad_encoding'
  | 'too_many_rows'
  | 'text_too_long'

/** Where in the file, as Excel counts it; absent when it concerns the file as a whole. */
export interface WorkbookErrorPlace {
  sheet?: string
  row?: number
}

export class WorkbookError extends Error {
  readonly kind: WorkbookErrorKind
  readonly place: WorkbookErrorPlace

  constructor(
    kind: WorkbookErrorKind,
    message: string,
    options: { cause?: unknown } & WorkbookErrorPlace = {},
  ) {
    super(`${kind}: ${message}`, { cause: options.cause })
    this.name = 'WorkbookError'
    this.kind = kind
    this.place = { sheet: options.sheet, row: options.row }
  }
}
