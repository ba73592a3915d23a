import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OpenOptions, SheetRow, WorkbookErrorKind } from './index.ts'
import { WorkbookError, openWorkbook } from './index.ts'
import type { RawWorkbook } from './raw-workbook.ts'
import { rawWorkbook, rawZip } from './raw-workbook.ts'
import { wholeElements } from './xml-pieces.ts'

async function readAll(source: Buffer | string, options?: OpenOptions, sheet = 0): Promise<SheetRow[]> {
  const book = await openWorkbook(source, 'file.xlsx', options)
  try {
    const rows: SheetRow[] = []
    for await (const batch of book.rows(sheet)) rows.push(...batch)
    return rows
  } finally {
    await book.close()
  }
}

const read = async (raw: RawWorkbook, options?: OpenOptions) => readAll(await rawWorkbook(raw), options)

async function failure(attempt: Promise<unknown>): Promise<WorkbookErrorKind | undefined> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error !== undefined && !(error instanceof WorkbookError)) throw error
  return error?.kind
}

test('a number card stored as text keeps its 18 digits, stored as a number it is seen to be one', async () => {
  const rows = await read({
    sharedStrings: '<si><t>411722199601019961</t></si>',
    sheet:
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>4.1172219960101997E+17</v></c>' +
      '<c r="C1" t="str"><v>411722199601019961</v></c><c r="D1"><v>411722199601019961</v></c></row>',
  })
  expect(rows[0]?.values[0]).toBe('411722199601019961')
  expect(rows[0]?.values[1]).toBe(411722199601019970)
  expect(rows[0]?.values[2]).toBe('411722199601019961')
  expect(typeof rows[0]?.values[3]).toBe('number')
})

test.each([
  ['0', 0],
  ['-12', -12],
  ['0.29', 0.29],
  ['1234567.89', 1234567.89],
  ['-0.1', -0.1],
  ['.5', 0.5],
  ['0.30000000000000004', 0.30000000000000004],
  ['90071992.54740993', Number('90071992.54740993')],
  ['12345.678901234567', 12345.678901234567],
  ['0.1234567890123456', 0.1234567890123456],
  ['1e3', 1000],
  ['3.3300000000000001', 3.33],
  ['999999999999999', 999999999999999],
  ['123456789012345678', 123456789012345680],
])('the number %s is read exactly', async (written, expected) => {
  const rows = await read({ sheet: `<row r="1"><c r="A1"><v>${written}</v></c></row>` })
  expect(rows[0]?.values).toEqual([expected])
})

test('shared strings: rich text is joined, phonetic runs are left out, escapes and entities are resolved', async () => {
  const rows = await read({
    sharedStrings:
      '<si><t>上蔡县</t></si><si><r><rPr><b/></rPr><t>陈</t></r><r><t xml:space="preserve"> 庄</t></r>' +
      '<rPh sb="0" eb="1"><t>chén</t></rPh><phoneticPr fontId="1"/></si>' +
      '<si><t>一_x000D_\n二&amp;&lt;&#x4E09;&#22235;_x005F_x0041_</t></si><si/><si><t/></si><si><t></t></si>',
    sheet: `<row r="1">${[0, 1, 2, 3, 4, 5].map((index) => `<c t="s"><v>${index}</v></c>`).join('')}<c><v>7</v></c></row>`,
  })
  expect(rows[0]?.values).toEqual(['上蔡县', '陈 庄', '一\r\n二&<三四_x0041_', null, null, null, 7])
})

test('inline strings are read the same way', async () => {
  const rows = await read({
    sheet:
      '<row r="1"><c r="A1" t="inlineStr"><is><t>户主</t></is></c>' +
      '<c r="B1" t="inlineStr"><is><r><t>张</t></r><r><t>三&amp;</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c>' +
      '<c r="C1" t="inlineStr"><is><t/></is></c><c r="D1" t="inlineStr"><is><t>户主</t></is></c></row>',
  })
  expect(rows[0]?.values).toEqual(['户主', '张三&', null, '户主'])
})

test('a text longer than the usual, and many different ones, come out whole', async () => {
  const texts = Array.from({ length: 10_000 }, (_, index) => `村民${index}组${'长'.repeat(index % 60)}`)
  const rows = await read({
    sheet: texts.map((text) => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`).join(''),
  })
  expect(rows.map(({ values }) => values[0])).toEqual(texts)
})

test('cells without references, as some programs write them, follow each other', async () => {
  const rows = await read({
    sheet: '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>',
  })
  expect(rows).toEqual([
    { number: 1, values: [1, null, 3] },
    { number: 2, values: [4] },
  ])
})

test('a wrong dimension is ignored; gaps become nulls; blank rows are skipped but counted', async () => {
  const rows = await read({
    sheet:
      '<row r="2"><c r="C2"><v>1</v></c></row><row r="3"><c r="A3" s="1"/></row><row r="4"/><row r="5" spans="1:3"></row>' +
      '<row r="7" ht="20"><c r="AA7" s="0"><v>2</v></c><c r="AB7"/></row>',
  })
  expect(rows.map(({ number }) => number)).toEqual([2, 7])
  expect(rows[0]?.values).toEqual([null, null, 1])
  expect(rows[1]?.values).toHaveLength(27)
})

test('prefixed tags, single quotes and white space between tags are understood', async () => {
  const rows = await read({
    sheet:
      `<?xml version="1.0"?>\n<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\n` +
      `<x:sheetData>\n <x:row r='3' x14ac:dyDescent="0.2">\n  <x:c r='B3' t='inlineStr'>\n <x:is><x:t>值</x:t></x:is></x:c>\n` +
      `<x:c r='C3'>\n<x:f>1+1</x:f>\n<x:v>2</x:v>\n</x:c></x:row>\n</x:sheetData></x:worksheet>`,
  })
  expect(rows).toEqual([{ number: 3, values: [null, '值', 2] }])
})

test('formulas give their last result; one never computed says so', async () => {
  const rows = await read({
    sheet:
      '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>5</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>5x</v></c>' +
      '<c r="C1"><f>NOW()</f></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="b"><v>1</v></c>' +
      '<c r="F1" t="b"><v>0</v></c><c r="G1"><f t="shared" si="0"/><v>9</v></c><c r="H1" t="str"><f>""</f><v></v></c><c r="I1"><v>1</v></c></row>',
  })
  expect(rows[0]?.values).toEqual([
    5,
    '5x',
    { kind: 'error', code: 'no_cached_value' },
    { kind: 'error', code: '#DIV/0!' },
    true,
    false,
    9,
    null,
    1,
  ])
})

const STYLES =
  '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/><numFmt numFmtId="177" formatCode="0.00E+00"/>' +
  '<numFmt numFmtId="178" formatCode="[Red]#,##0&quot;days&quot;"/><numFmt numFmtId="179" formatCode="[h]:mm"/>' +
  '<numFmt numFmtId="180" formatCode="[$-804]General"/>' +
  '<numFmt numFmtId="181" formatCode="G/通用格式"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  `<cellXfs>${[0, 14, 176, 177, 178, 179, 57, 180, 181, 31].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`

test.each([
  ['plain number', 0, 43101, 43101],
  ['built-in date', 1, 43101, '2018-01-01'],
  ['Chinese year and month', 2, 43101, '2018-01-01'],
  ['scientific', 3, 43101, 43101],
  ['a unit in quotes', 4, 43101, 43101],
  ['hours', 5, 0.5, '12:00:00'],
  ['East Asian built-in', 6, 43101.75, '2018-01-01T18:00:00'],
  ['General with a locale', 7, 43101, 43101],
  ['General in Chinese', 8, 43101, 43101],
  ['a Chinese built-in', 9, 43101, '2018-01-01'],
  ['the day that never was', 1, 60, '1900-02-29'],
  ['the first day', 1, 1, '1900-01-01'],
  ['1 March 1900', 1, 61, '1900-03-01'],
  ['no date for Excel either', 1, -5, -5],
  ['beyond 9999', 1, 2958466, 2958466],
])('a cell formatted as %s', async (_, style, serial, expected) => {
  const rows = await read({
    styles: STYLES,
    sheet: `<row r="1"><c r="A1" s="${style}"><v>${serial}</v></c></row>`,
  })
  const value = rows[0]?.values[0]
  expect(typeof value === 'object' && value?.kind === 'date' ? value.iso : value).toBe(expected)
})

test('the 1904 system shifts dates, and ISO dates of strict files are dates', async () => {
  const rows = await read({
    styles: STYLES,
    workbookPr: '<workbookPr date1904="1"/>',
    sheet:
      '<row r="1"><c s="1"><v>41639</v></c><c t="d"><v>2018-01-01T00:00:00.000Z</v></c><c s="1"><v>0</v></c></row>',
  })
  expect(rows[0]?.values).toEqual([
    { kind: 'date', iso: '2018-01-01', serial: 41639 },
    { kind: 'date', iso: '2018-01-01' },
    { kind: 'date', iso: '1904-01-01', serial: 0 },
  ])
})

test('sheets are listed in order with the hidden ones marked; a sheet that is not there is an error', async () => {
  const source = await rawWorkbook({
    sheets:
      '<sheet name="户 &amp; 人" sheetId="1" r:id="rId1"/><sheet name="码" sheetId="2" state="veryHidden" r:id="rId1"/>',
    sheet: '<row><c><v>1</v></c></row>',
  })
  const book = await openWorkbook(source, 'a.xlsx')
  expect(book.format).toBe('xlsx')
  expect(book.sheets).toEqual([
    { name: '户 & 人', hidden: false },
    { name: '码', hidden: true },
  ])
  expect(await failure(readAll(source, {}, 2))).toBe('no_sheet')
})

test('a sheet of many pieces is read whole, from disk, again if asked, and stops when aborted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'workbooks-'))
  const path = join(folder, 'big.xlsx')
  const line = Array.from(
    { length: 30 },
    (_, index) => `<c><v>${index}</v></c><c t="inlineStr"><is><t>因病</t></is></c>`,
  )
  const xml = Array.from({ length: 3000 }, (_, index) => `<row r="${index + 1}">${line.join('')}</row>`).join(
    '',
  )
  await writeFile(path, await rawWorkbook({ sheet: xml }))
  const book = await openWorkbook(path, 'big.xlsx')
  for (const _ of [1, 2]) {
    let next = 1
    let cells = 0
    for await (const batch of book.rows(0)) {
      for (const { number, values } of batch) {
        expect(number).toBe(next)
        next += 1
        cells += values.length
      }
    }
    expect([next, cells]).toEqual([3001, 180_000])
  }
  const abort = new AbortController()
  const reading = (async () => {
    for await (const batch of book.rows(0, abort.signal))
      abort.abort(new Error(`stopped at ${batch[0]?.number}`))
  })()
  await expect(reading).rejects.toThrow('stopped at 1')
  await book.close()
  await rm(folder, { recursive: true })
})

const compoundFile = (stream: string) => {
  const bytes = Buffer.alloc(4096)
  bytes.write('d0cf11e0a1b11ae1', 'hex')
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  bytes.write(stream, 1024, 'utf16le')
  return bytes
}

test.each<[string, WorkbookErrorKind, () => Buffer | Promise<Buffer>]>([
  ['an empty file', 'empty_file', () => Buffer.alloc(0)],
  ['a file of white space', 'empty_file', () => Buffer.from('\uFEFF \r\n')],
  ['an old .xls named .xlsx', 'legacy_xls', () => compoundFile('Workbook')],
  ['a BIFF stream', 'legacy_xls', () => Buffer.from([9, 4, 4, 0, 0, 0, 0x10, 0])],
  ['an encrypted workbook', 'encrypted', () => compoundFile('EncryptedPackage')],
  [
    'a web page named .xls',
    'html_table',
    () => Buffer.from('\uFEFF\n<HTML><table><tr><td>1</td></tr></table></HTML>'),
  ],
  ['an XML workbook of 2003', 'other_format', () => Buffer.from('<?xml version="1.0"?><Workbook/>')],
  ['a PDF', 'other_format', () => Buffer.from('%PDF-1.7')],
  ['a picture', 'other_format', () => Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
  [
    'a zip of other files',
    'other_format',
    () => rawZip({ mimetype: 'application/vnd.oasis', 'content.xml': '<a/>' }),
  ],
  ['a workbook without sheets', 'no_sheet', () => rawWorkbook({ sheet: '', sheets: '' })],
  ['half a file', 'damaged', async () => (await rawWorkbook({ sheet: '' })).subarray(0, 700)],
])('%s is refused as %s', async (_, kind, source) => {
  expect(await failure(readAll(await source()))).toBe(kind)
})

test.each([
  ['a row cut off', '<row r="1"><c r="A1"><v>1</v>'],
  ['a shared string that is not there', '<row r="1"><c t="s"><v>5</v></c></row>'],
  ['a number that is none', '<row r="1"><c><v>abc</v></c></row>'],
  ['content in CDATA', '<row r="1"><c t="str"><v><![CDATA[x]]></v></c></row>'],
])('%s is damage, not silence', async (_, sheet) => {
  expect(await failure(read({ sheet }))).toBe('damaged')
})

test('one altered byte is noticed', async () => {
  const source = await rawWorkbook({ sheet: '<row r="1"><c r="A1"><v>1</v></c></row>' })
  const at = source.indexOf('xl/worksheets/sheet1.xml') + 24 + 60
  source[at] = (source[at] ?? 0) ^ 0x10
  expect(await failure(readAll(source))).toBe('damaged')
})

test('a zip bomb is refused by its size, its ratio, and an element without end', async () => {
  const bomb = await rawWorkbook({ sheet: `<row><c><v>${'0'.repeat(34_000_000)}</v></c></row>` })
  await expect(readAll(bomb, { maxPartBytes: 1_000_000 })).rejects.toThrow(
    'too_large: xl/worksheets/sheet1.xml unpacks to over',
  )
  await expect(readAll(bomb, { maxRatio: 100 })).rejects.toThrow(
    'too_large: xl/worksheets/sheet1.xml unpacks at an impossible ratio',
  )
  await expect(readAll(bomb, { maxRatio: 5000 })).rejects.toThrow('too_large: an element without end')
})

test('a value far to the right is refused with its row', async () => {
  const wide = { sheet: '<row r="4"><c r="XFD4"><v>1</v></c></row>' }
  await expect(read(wide)).rejects.toMatchObject({ kind: 'too_many_columns', place: { row: 4 } })
  expect((await read(wide, { maxColumns: 16_384 }))[0]?.values).toHaveLength(16_384)
})

test('what stands behind the rows is not kept, even when their end falls across two pieces', async () => {
  async function* pieces() {
    for (const text of ['<worksheet><row>1</row><row>2</row></sheetD', 'ata><a/>', '<row>3</row>', '<b/>'])
      yield Buffer.from(text)
  }
  const stretches: string[] = []
  for await (const { bytes } of wholeElements(pieces(), 'row', 'sheetData')) stretches.push(bytes.toString())
  expect(stretches).toEqual(['<worksheet><row>1</row>', '<row>2</row></sheetData><a/>'])
})

test('an aborted reading does not spoil the next one', async () => {
  const book = await openWorkbook(
    await rawWorkbook({ sharedStrings: '<si><t>户</t></si>', sheet: '<row><c t="s"><v>0</v></c></row>' }),
    'a.xlsx',
  )
  await expect(book.rows(0, AbortSignal.abort(new Error('stop'))).next()).rejects.toThrow('stop')
  expect((await book.rows(0).next()).value).toEqual([{ number: 1, values: ['户'] }])
})
