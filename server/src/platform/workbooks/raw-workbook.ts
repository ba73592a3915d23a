import { Writable } from 'node:stream'
import { zipBytes } from './zip-writer.ts'

/** Parts of an .xlsx written by hand, to show the reader what other programs write. For tests only. */
export interface RawWorkbook {
  /** Content of `<sheetData>`, or a whole worksheet when it begins with `<?xml`. */
  sheet: string
  sharedStrings?: string
  /** `<numFmts>` and `<cellXfs>` of the styles. */
  styles?: string
  workbookPr?: string
  sheets?: string
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

export async function rawWorkbook(raw: RawWorkbook): Promise<Buffer> {
  const sheet = raw.sheet.startsWith('<?xml')
    ? raw.sheet
    : `<worksheet ${MAIN}><dimension ref="A1:A1"/><sheetData>${raw.sheet}</sheetData><rowBreaks/></worksheet>`
  const sheets = raw.sheets ?? '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  return rawZip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OFFICE}">${raw.workbookPr ?? ''}<sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships xmlns="${PACKAGE}">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}` +
      `${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}${relation('rId3', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    'xl/sharedStrings.xml': `<sst ${MAIN}>${raw.sharedStrings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet ${MAIN}>${raw.styles ?? ''}</styleSheet>`,
  })
}

export async function rawZip(parts: Record<string, string>): Promise<Buffer> {
  async function* each() {
    for (const [name, text] of Object.entries(parts)) yield { name, data: [Buffer.from(text)] }
  }
  const pieces: Buffer[] = []
  for await (const piece of zipBytes(each())) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** A stream that keeps what is written to it. */
export function collector(): Writable & { bytes(): Buffer } {
  const pieces: Buffer[] = []
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece)
      done()
    },
  })
  return Object.assign(stream, { bytes: () => Buffer.concat(pieces) })
}
