import type { SheetRow } from './cells.ts'
import { openCsv } from './csv-reader.ts'
import type { SheetInfo } from './package-parts.ts'
import { WorkbookError } from './workbook-error.ts'
import { openXlsx } from './xlsx-reader.ts'
import type { ByteSource } from './zip-archive.ts'
import { openBytes } from './zip-archive.ts'

export interface OpenOptions {
  /** Most bytes one part of an .xlsx may unpack to; 4 GiB unless told. A full county (350,000 × 90) is 1.4 GB. */
  maxPartBytes?: number
  /** Most unpacked bytes per packed byte, looked at beyond 16 MB; 500 unless told. Deflate can reach 1,032. */
  maxRatio?: number
  /** Furthest column that may hold a value; 1,024 unless told. */
  maxColumns?: number
}

/** An opened spreadsheet file. `close` it when done, also after an error. */
export interface OpenedWorkbook {
  readonly format: 'xlsx' | 'csv'
  readonly sheets: readonly SheetInfo[]
  /**
   * The rows of a sheet that hold at least one value, in batches of some hundred, read as they are asked for.
   * May be called again to read again. Throws `WorkbookError`, or the signal's reason when aborted.
   */
  rows(sheetIndex: number, signal?: AbortSignal): AsyncGenerator<SheetRow[]>
  close(): Promise<void>
}

/**
 * Opens a spreadsheet file, recognised by its content; its name only names the one sheet of a CSV file.
 * @param source the bytes, or the path of the file: with a path the archive is never held in memory
 */
export async function openWorkbook(
  source: Buffer | string,
  fileName: string,
  options: OpenOptions = {},
): Promise<OpenedWorkbook> {
  const { maxPartBytes = 4 * 1024 ** 3, maxRatio = 500, maxColumns = 1024 } = options
  const bytes = await openBytes(source)
  const close = () => bytes.close()
  try {
    if ((await recogniseFormat(bytes)) === 'csv') {
      const { sheets, rows } = await openCsv(bytes, fileName, maxColumns)
      return { format: 'csv', sheets, rows, close }
    }
    const { sheets, rows } = await openXlsx(bytes, { maxPartBytes, maxRatio, maxColumns })
    return { format: 'xlsx', sheets, rows, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** xlsx or csv; throws the `WorkbookError` of anything else. */
async function recogniseFormat(bytes: ByteSource): Promise<'xlsx' | 'csv'> {
  if (bytes.size === 0) throw new WorkbookError('empty_file', 'no bytes')
  const head = await bytes.read(0, 4096)
  const magic = head.toString('latin1', 0, 8)
  if (magic.startsWith('PK\u0003\u0004')) return 'xlsx'
  if (magic.startsWith('PK\u0005\u0006')) throw new WorkbookError('other_format', 'an empty zip')
  if (magic === '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1') throw await compoundFileError(bytes, head)
  // BIFF2–BIFF4 without a compound file: the BOF record.
  if (head[0] === 0x09 && head[2] === 0x04 && [0, 2, 4].includes(head[1] ?? -1)) {
    throw new WorkbookError('legacy_xls', 'a BIFF stream')
  }
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text === '' && bytes.size < 4096) throw new WorkbookError('empty_file', 'nothing but white space')
  if (
    /^<(!doctype\s+html|html|head|meta|body|table|style)\b/i.test(text) ||
    /^<\?xml[^>]*>\s*<html/i.test(text)
  ) {
    throw new WorkbookError('html_table', 'a web page')
  }
  if (text.startsWith('<?xml') || text.startsWith('%PDF') || text.startsWith('{\\rtf')) {
    throw new WorkbookError('other_format', 'XML, PDF or RTF')
  }
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (!isUtf16 && head.includes(0)) throw new WorkbookError('other_format', 'neither a zip nor text')
  return 'csv'
}

/** A compound file is an old .xls, or an encrypted .xlsx: the directory tells ([MS-CFB] 2.2 and 2.6). */
async function compoundFileError(bytes: ByteSource, head: Buffer): Promise<WorkbookError> {
  if (head.length >= 52) {
    const sectorBytes = 2 ** Math.min(head.readUInt16LE(30), 12)
    const directory = await bytes.read((head.readUInt32LE(48) + 1) * sectorBytes, 4096)
    if (directory.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
      return new WorkbookError('encrypted', 'an encrypted package')
    }
  }
  return new WorkbookError('legacy_xls', 'a compound file')
}
