import type { TextDecode } from './cell-text.ts'
import { stringItemText, textDecoder } from './cell-text.ts'
import type { SheetRow } from './cells.ts'
import type { SheetInfo } from './package-parts.ts'
import { readPackage } from './package-parts.ts'
import { sheetScanner } from './sheet-scanner.ts'
import { WorkbookError } from './workbook-error.ts'
import type { XmlStretch } from './xml-pieces.ts'
import { isNameEnd, wholeElements } from './xml-pieces.ts'
import type { ByteSource, UnpackLimits, ZipArchive } from './zip-archive.ts'
import { openZip } from './zip-archive.ts'

export interface XlsxReader {
  sheets: SheetInfo[]
  rows(sheetIndex: number, signal?: AbortSignal): AsyncGenerator<SheetRow[]>
}

export async function openXlsx(
  bytes: ByteSource,
  limits: UnpackLimits & { maxColumns: number },
): Promise<XlsxReader> {
  const zip = await openZip(bytes, limits)
  if (zip.has('EncryptedPackage')) throw new WorkbookError('encrypted', 'an encrypted package')
  const parts = await readPackage(zip)
  if (parts.sheets.length === 0) throw new WorkbookError('no_sheet', 'no worksheet inside')
  // Read when the first row is asked for, once: a list of sheets must not cost a second.
  let sharedStrings: string[] | undefined
  return {
    sheets: parts.sheets.map(({ name, hidden }) => ({ name, hidden })),
    async *rows(sheetIndex, signal) {
      const sheet = parts.sheets[sheetIndex]
      if (!sheet) throw new WorkbookError('no_sheet', `no sheet ${sheetIndex}`)
      sharedStrings ??= await readSharedStrings(zip, parts.sharedStringsPart, signal)
      const context = { ...parts, sharedStrings, maxColumns: limits.maxColumns }
      const scan = sheetScanner(context)
      for await (const stretch of wholeElements(zip.stream(sheet.part), 'row', 'sheetData')) {
        signal?.throwIfAborted()
        const batch = scan(stretch)
        if (batch.length > 0) yield batch
      }
    },
  }
}

async function readSharedStrings(
  zip: ZipArchive,
  part: string | undefined,
  signal?: AbortSignal,
): Promise<string[]> {
  const strings: string[] = []
  if (part === undefined) return strings
  const decode = textDecoder()
  for await (const stretch of wholeElements(zip.stream(part), 'si', 'sst')) {
    signal?.throwIfAborted()
    collectStrings(stretch, decode, strings)
  }
  return strings
}

function collectStrings({ bytes, prefix }: XmlStretch, decode: TextDecode, strings: string[]): void {
  for (let at = nextItem(bytes, 0, prefix, false); at >= 0; at = nextItem(bytes, at, prefix, false)) {
    const from = bytes.indexOf(0x3e, at) + 1
    const isEmpty = bytes[from - 2] === 0x2f
    const to = isEmpty ? from : nextItem(bytes, from, prefix, true)
    if (from === 0 || to < 0) throw new WorkbookError('damaged', 'broken shared strings')
    strings.push(isEmpty ? '' : stringItemText(bytes, from, to, prefix, decode))
    at = to
  }
}

/** Position of the next `<si` or `</si`, whichever is asked for; -1 when there is none. */
function nextItem(bytes: Buffer, from: number, prefix: number, closing: boolean): number {
  for (let at = bytes.indexOf(0x3c, from); at >= 0; at = bytes.indexOf(0x3c, at + 1)) {
    const closes = bytes[at + 1] === 0x2f
    const name = at + prefix + (closes ? 2 : 1)
    if (closes === closing && bytes[name] === 0x73 && bytes[name + 1] === 0x69 && isNameEnd(bytes[name + 2]))
      return at
  }
  return -1
}
