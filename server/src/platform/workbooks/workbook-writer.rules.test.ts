import { expect, test } from 'vitest'
import type { CellValue, SheetDefinition, WorkbookDefinition } from './index.ts'
import { openWorkbook, writeWorkbook } from './index.ts'
import { collector } from './raw-workbook.ts'
import { openBytes, openZip } from './zip-archive.ts'

async function write(definition: WorkbookDefinition) {
  const out = collector()
  const summary = await writeWorkbook(definition, out)
  const zip = await openZip(await openBytes(out.bytes()), { maxPartBytes: 1e9, maxRatio: 1e4 })
  return { bytes: out.bytes(), summary, zip }
}

async function readSheet(bytes: Buffer, index = 0) {
  const book = await openWorkbook(bytes, 'a.xlsx')
  const rows: [number, CellValue[]][] = []
  for await (const batch of book.rows(index))
    rows.push(...batch.map(({ number, values }): [number, CellValue[]] => [number, values]))
  return { sheets: book.sheets, rows }
}

const people: SheetDefinition = {
  name: '人',
  titleRows: ['上蔡县台账'],
  columns: [
    { header: '姓名', kind: 'text', width: 12 },
    { header: '证件号码', kind: 'text', width: 22, note: '18 位，不要改成数字格式' },
    { header: '金额', kind: 'money' },
    { header: '日期', kind: 'date' },
    { header: '人数', kind: 'number' },
  ],
  rows: [],
}

test('values come back as they were: text as text, fen as yuan, dates as dates', async () => {
  const rows = [
    ['张三', '411722199601019961', 29, '2018-01-01', 3],
    [' <陈&"庄>\n_x0041_\u0001\r ', '=1+1', -5, '不详', '三'],
    [null, undefined, 123456789012, { kind: 'date', iso: '2018-01-01T18:00:00', serial: 43101.75 }, true],
    [],
    ['𠮷', 4.11722199601e17, 0, { kind: 'error', code: '#N/A' }, Number.NaN],
  ] as const
  const { bytes, summary, zip } = await write({ sheets: [{ ...people, rows }] })
  expect(summary).toEqual({ rows: 5, markedCells: 0, commentsLeftOut: 0 })
  expect(await zip.text('xl/worksheets/sheet1.xml')).toContain('<c r="D5" s="7"><v>43101.75</v>')
  expect((await readSheet(bytes)).rows).toEqual([
    [1, ['上蔡县台账']],
    [2, ['姓名', '证件号码', '金额', '日期', '人数']],
    [3, ['张三', '411722199601019961', 0.29, { kind: 'date', iso: '2018-01-01', serial: 43101 }, 3]],
    [4, [' <陈&"庄>\n_x0041_\u0001\r ', '=1+1', -0.05, '不详', '三']],
    [5, [null, null, 1234567890.12, { kind: 'date', iso: '2018-01-01T18:00:00', serial: 43101.75 }, true]],
    [7, ['𠮷', 4.11722199601e17, 0, { kind: 'error', code: '#N/A' }]],
  ])
})

test('text columns keep the text format in empty cells, titles are merged, the header stays in sight', async () => {
  const { zip } = await write({ sheets: [people] })
  const sheet = await zip.text('xl/worksheets/sheet1.xml')
  expect(sheet).toContain('<col min="2" max="2" width="22" style="3" customWidth="1"/>')
  const formats = (await zip.text('xl/styles.xml')).split('<cellXfs')[1]?.split('<xf ') ?? []
  expect(formats[4]).toContain('numFmtId="49"')
  expect(sheet).toContain('<mergeCell ref="A1:E1"/>')
  expect(sheet).toContain('<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>')
  expect(await zip.text('xl/comments1.xml')).toContain('ref="B2"')
})

test('short lists stand in the rule, long ones and ones with commas on one hidden sheet', async () => {
  const villages = Array.from({ length: 460 }, (_, index) => `第${index}村`)
  const columns = [
    { header: '是否', kind: 'text', options: ['是', '否'] },
    { header: '村', kind: 'text', options: villages },
    { header: '原因', kind: 'text', options: ['a,b', 'c'] },
    { header: '帮扶村', kind: 'text', options: [...villages] },
  ] as const
  const { bytes, zip } = await write({ sheets: [{ name: '_lists', columns, rows: [] }] })
  const sheet = await zip.text('xl/worksheets/sheet1.xml')
  expect(sheet).toContain('sqref="A2:A1048576"><formula1>&quot;是,否&quot;</formula1>')
  expect(sheet.match(/'__lists'!\$A\$1:\$A\$460/g)).toHaveLength(2)
  expect(sheet).toContain(`'__lists'!$B$1:$B$2`)
  expect((await readSheet(bytes)).sheets).toEqual([
    { name: '_lists', hidden: false },
    { name: '__lists', hidden: true },
  ])
  const { rows } = await readSheet(bytes, 1)
  expect(rows).toHaveLength(460)
  expect(rows[1]).toEqual([2, ['第1村', 'c']])
})

test('marked cells are red and say what is wrong, empty ones too; other rows stand where they stood', async () => {
  const rows = [
    {
      number: 7,
      values: ['张三', { kind: 'marked', value: '41172219960101996X', problem: '第 18 位不对\n<请核对>' }],
    },
    { number: 9, values: [{ kind: 'marked', value: null, problem: '必填' }, 'x'] },
  ] as const
  const { bytes, summary, zip } = await write({ sheets: [{ ...people, rows }] })
  expect(summary).toEqual({ rows: 2, markedCells: 2, commentsLeftOut: 0 })
  const sheet = await zip.text('xl/worksheets/sheet1.xml')
  expect(sheet).toContain('<c r="B7" s="8"')
  expect(sheet).toContain('<c r="A9" s="8"/>')
  expect(sheet).toContain('<legacyDrawing r:id="rId1"/>')
  const formats = (await zip.text('xl/styles.xml')).split('<cellXfs')[1]?.split('<xf ') ?? []
  expect(formats[9]).toContain('fillId="3"')
  const comments = await zip.text('xl/comments1.xml')
  expect(comments).toMatch(/<comment ref="B7".*第 18 位不对\n&lt;请核对&gt;.*<comment ref="A9".*必填/s)
  const shapes = await zip.text('xl/drawings/vmlDrawing1.vml')
  expect(shapes).toContain('<x:Row>6</x:Row><x:Column>1</x:Column>')
  expect(await zip.text('xl/worksheets/_rels/sheet1.xml.rels')).toContain('vmlDrawing1.vml')
  expect(await zip.text('[Content_Types].xml')).toContain('/xl/comments1.xml')
  expect((await readSheet(bytes)).rows.at(-2)).toEqual([7, ['张三', '41172219960101996X']])
})

test('beyond the limit cells stay red without a comment, and the number is told; shape ids never collide', async () => {
  const marked = { kind: 'marked', value: 'x', problem: '错' } as const
  const sheet = (name: string, count: number): SheetDefinition => ({
    name,
    columns: [{ kind: 'text' }],
    rows: Array.from({ length: count }, () => [marked]),
  })
  const { summary, zip } = await write({ sheets: [sheet('一', 1500), sheet('二', 600)], maxComments: 2000 })
  expect(summary).toEqual({ rows: 2100, markedCells: 2100, commentsLeftOut: 100 })
  const drawings = await Promise.all([1, 2].map((number) => zip.text(`xl/drawings/vmlDrawing${number}.vml`)))
  const ids = drawings.flatMap((xml) => xml.match(/_x0000_s\d+/g) ?? [])
  expect(new Set(ids).size).toBe(2000)
  expect(drawings.map((xml) => /idmap[^>]*data="([^"]*)"/.exec(xml)?.[1])).toEqual(['1,2', '3'])
})

test('texts beyond the bounded table are written in their cells', async () => {
  const rows = Array.from({ length: 66_000 }, (_, index) => [`编号${index}`])
  const { bytes, zip } = await write({ sheets: [{ name: 'a', columns: [{ kind: 'text' }], rows }] })
  expect((await zip.text('xl/sharedStrings.xml')).match(/<si>/g)).toHaveLength(65_536)
  const read = await readSheet(bytes)
  expect(read.rows.map(([, values]) => values)).toEqual(rows)
})

test('rows are taken only as fast as they can be written, and an abort stops both', async () => {
  let given = 0
  async function* endless() {
    for (;;) yield [String((given += 1)), Math.random()]
  }
  const abort = new AbortController()
  const slow = collector()
  slow._write = (_piece, _encoding, done) => void setTimeout(done, 20)
  setTimeout(() => abort.abort(new Error('cancelled')), 100)
  const columns = [{ kind: 'text' }, { kind: 'number' }] as const
  await expect(
    writeWorkbook({ sheets: [{ name: 'a', columns, rows: endless() }] }, slow, abort.signal),
  ).rejects.toMatchObject({ name: 'AbortError', cause: { message: 'cancelled' } })
  const atAbort = given
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(given).toBeLessThan(atAbort + 10_000)
  expect(given).toBeLessThan(100_000)
})

test('an error of the rows reaches the caller', async () => {
  async function* failing() {
    yield ['张三']
    throw new Error('the connection is gone')
  }
  await expect(write({ sheets: [{ ...people, rows: failing() }] })).rejects.toThrow('the connection is gone')
})

test.each<[string, Partial<SheetDefinition>]>([
  ['a sheet name Excel refuses', { name: 'a/b' }],
  ['a name too long', { name: '长'.repeat(32) }],
  ['a row wider than the columns', { rows: [['1', '2', '3', '4', '5', '6']] }],
  [
    'rows in descending order',
    {
      rows: [
        { number: 5, values: [] },
        { number: 4, values: [] },
      ],
    },
  ],
  ['a part of a fen', { rows: [[null, null, 0.5]] }],
])('%s is a programming error', async (_, change) => {
  await expect(write({ sheets: [{ ...people, ...change }] })).rejects.toBeInstanceOf(RangeError)
})

test('a text Excel cannot hold and a row it cannot hold are refused', async () => {
  await expect(write({ sheets: [{ ...people, rows: [['长'.repeat(32_768)]] }] })).rejects.toMatchObject({
    kind: 'text_too_long',
  })
  const rows = [{ number: 1_048_577, values: ['x'] }]
  await expect(write({ sheets: [{ ...people, rows }] })).rejects.toMatchObject({
    kind: 'too_many_rows',
    place: { sheet: '人' },
  })
})
