import { WorkbookError } from './workbook-error.ts'
import type { ZipArchive } from './zip-archive.ts'

/** A worksheet as the workbook lists it. */
export interface SheetInfo {
  readonly name: string
  /** Hidden by the user or by a program: usually helper lists, not data. */
  readonly hidden: boolean
}

export interface PackageParts {
  sheets: (SheetInfo & { part: string })[]
  sharedStringsPart?: string
  /** Per style index: does its number format show a date or time? */
  dateStyles: boolean[]
  date1904: boolean
}

interface Tag {
  name: string
  closes: boolean
  attributes: Record<string, string>
}

const TAG = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with XML entities resolved. Only the five of XML and numeric ones: no DTD is ever read. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[String(name)] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function* tagsOf(xml: string): Generator<Tag> {
  for (const [, closing, name, attributeText] of xml.replace(/<!--[\s\S]*?-->/g, '').matchAll(TAG)) {
    const attributes: Record<string, string> = {}
    for (const [, key, quoted, single] of (attributeText ?? '').matchAll(ATTRIBUTE)) {
      // r:id, sheet:id … : the prefix is the writer's choice.
      if (key && !key.startsWith('xmlns'))
        attributes[key.slice(key.indexOf(':') + 1)] = unescapeXml(quoted ?? single ?? '')
    }
    yield { name: name ?? '', closes: closing === '/', attributes }
  }
}

/** Finds the sheets, the styles and the shared strings by relationships, not by usual file names. */
export async function readPackage(zip: ZipArchive): Promise<PackageParts> {
  const workbookPart = await findWorkbookPart(zip)
  const relations = await readRelations(zip, workbookPart)
  const parts: PackageParts = { sheets: [], dateStyles: [], date1904: false }
  for (const { name, closes, attributes } of tagsOf(await zip.text(workbookPart))) {
    if (closes) continue
    if (name === 'workbookPr') parts.date1904 = isTrue(attributes['date1904'])
    if (name !== 'sheet') continue
    const relation = relations.find((each) => each.id === attributes['id'])
    // Chart sheets and macro sheets hold no rows.
    if (relation?.type !== 'worksheet') continue
    if (!zip.has(relation.target)) throw new WorkbookError('damaged', 'a listed worksheet is missing')
    const hidden = attributes['state'] === 'hidden' || attributes['state'] === 'veryHidden'
    parts.sheets.push({ name: attributes['name'] ?? '', hidden, part: relation.target })
  }
  const partOf = (type: string) =>
    relations.find((each) => each.type === type && zip.has(each.target))?.target
  parts.sharedStringsPart = partOf('sharedStrings')
  const stylesPart = partOf('styles')
  if (stylesPart) parts.dateStyles = readDateStyles(await zip.text(stylesPart))
  return parts
}

async function findWorkbookPart(zip: ZipArchive): Promise<string> {
  const root = zip.has('_rels/.rels') ? await readRelations(zip, '') : []
  const part = root.find(({ type }) => type === 'officeDocument')?.target
  if (part?.endsWith('.bin')) throw new WorkbookError('other_format', 'a binary workbook (.xlsb)')
  const found = part && zip.has(part) ? part : 'xl/workbook.xml'
  if (zip.has(found) && /(^|\/)xl\/|workbook/.test(found)) return found
  throw new WorkbookError(
    root.length > 0 && zip.has('xl/styles.xml') ? 'damaged' : 'other_format',
    'no workbook inside',
  )
}

async function readRelations(zip: ZipArchive, part: string) {
  const slash = part.lastIndexOf('/')
  const folder = part.slice(0, slash + 1)
  const relationsPart = `${folder}_rels/${part.slice(slash + 1)}.rels`
  if (!zip.has(relationsPart))
    throw new WorkbookError('damaged', 'the relationships of the workbook are missing')
  const relations: { id: string; type: string; target: string }[] = []
  for (const { name, attributes } of tagsOf(await zip.text(relationsPart))) {
    if (name !== 'Relationship' || attributes['TargetMode'] === 'External') continue
    const target = attributes['Target'] ?? ''
    relations.push({
      id: attributes['Id'] ?? '',
      // Transitional and strict files differ in the namespace, not in the last word.
      type: (attributes['Type'] ?? '').split('/').pop() ?? '',
      target: target.startsWith('/') ? target.slice(1) : resolvePath(folder + target),
    })
  }
  return relations
}

function resolvePath(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

function readDateStyles(xml: string): boolean[] {
  const customFormats = new Map<string, string>()
  const dateStyles: boolean[] = []
  let inCellFormats = false
  for (const { name, closes, attributes } of tagsOf(xml)) {
    if (name === 'cellXfs') inCellFormats = !closes
    if (closes) continue
    if (name === 'numFmt') customFormats.set(attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '')
    if (name === 'xf' && inCellFormats) {
      const id = attributes['numFmtId'] ?? '0'
      const custom = customFormats.get(id)
      dateStyles.push(custom === undefined ? isBuiltInDate(Number(id)) : showsDate(custom))
    }
  }
  return dateStyles
}

// ECMA-376 part 1, 18.8.30: 14–22 and 45–47 everywhere, 27–36 and 50–58 in East Asian locales.
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

function showsDate(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdhs]/i.test(bare)
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on'
}
