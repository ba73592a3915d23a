import { expect, test } from 'vitest'
import type { CellValue } from './index.ts'
import { WorkbookError, openWorkbook, writeCsv } from './index.ts'
import { collector } from './raw-workbook.ts'

async function readCsv(source: Buffer | string, name = '户.csv') {
  const book = await openWorkbook(typeof source === 'string' ? Buffer.from(source) : source, name)
  expect(book.format).toBe('csv')
  const rows: { number: number; values: CellValue[] }[] = []
  for await (const batch of book.rows(0)) rows.push(...batch)
  return rows
}

const valuesOf = async (source: Buffer | string) => (await readCsv(source)).map(({ values }) => values)

// 姓名,村名 / 张三,陈庄 / 𠮷 (four bytes in GB18030)
const GB18030 = Buffer.from('d0d5c3fb2cb4e5c3fb0d0ad5c5c8fd2cb3c2d7af0d0a9532b5342c310d0a', 'hex')

test.each([
  ['UTF-8', Buffer.from('姓名,村名\n张三,陈庄\n')],
  ['UTF-8 with BOM', Buffer.from('\uFEFF姓名,村名\r\n张三,陈庄')],
  ['UTF-16 with BOM', Buffer.from('\uFEFF姓名\t村名\r\n张三\t陈庄\r\n', 'utf16le')],
  ['semicolons', Buffer.from('姓名;村名\r张三;陈庄\r')],
  ['tabs', Buffer.from('姓名\t村名\n张三\t陈庄\n')],
])('%s is recognised', async (_, source) => {
  expect(await valuesOf(source)).toEqual([
    ['姓名', '村名'],
    ['张三', '陈庄'],
  ])
})

test('GB18030 is recognised, its four-byte characters too', async () => {
  expect(await valuesOf(GB18030)).toEqual([
    ['姓名', '村名'],
    ['张三', '陈庄'],
    [expect.any(String), '1'],
  ])
})

test('the encoding is found although Chinese comes late and characters fall across pieces', async () => {
  const ascii = `${'a'.repeat(999)},b\n`.repeat(300)
  const chinese = `${'上蔡县'.repeat(400)},陈庄\n`
  // Each of the three bytes of a character once at the seam.
  for (const shift of ['', 'x', 'xx']) {
    const utf8 = await readCsv(shift + ascii + chinese.repeat(100))
    expect(utf8).toHaveLength(400)
    for (const { values } of utf8.slice(300)) expect(values).toEqual(['上蔡县'.repeat(400), '陈庄'])
  }
  const gb18030 = await readCsv(Buffer.concat([Buffer.from(ascii), GB18030]))
  expect(gb18030.at(-2)).toEqual({ number: 302, values: ['张三', '陈庄'] })
})

test('bytes that are neither encoding are refused', async () => {
  const error: unknown = await valuesOf(Buffer.from('d0d52cff0a', 'hex')).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(WorkbookError)
  expect(error).toMatchObject({ kind: 'bad_encoding' })
})

test('quotes, line breaks inside them and separators inside them stay in the cell', async () => {
  expect(await readCsv('a,"b\n1, ""x""",c\n\n,,\nd\n')).toEqual([
    { number: 1, values: ['a', 'b\n1, "x"', 'c'] },
    { number: 4, values: ['d'] },
  ])
})

test('an unclosed quote is damage, with the record it begins in', async () => {
  const error: unknown = await valuesOf('a,b\n1,"2\n3,4\n').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ kind: 'damaged', place: { row: 2 } })
})

test.each([
  ['="411722199601019961"', '411722199601019961'],
  ['"=""411722199601019961"""', '411722199601019961'],
  ["'411722199601019961", '411722199601019961'],
  ['"411722199601019961\t"', '411722199601019961'],
  ['411722199601019961', '411722199601019961'],
  ["'=1+1", '=1+1'],
  ["'故乡'", "'故乡'"],
  [' 张三 ', ' 张三 '],
  ['=""', null],
])('%s is read as %s', async (written, expected) => {
  expect(await valuesOf(`x,${written},y\n`)).toEqual([['x', expected, 'y']])
})

test('the sheet is named by the file and is the only one', async () => {
  const book = await openWorkbook(Buffer.from('a\n'), '上蔡县.人.csv')
  expect(book.sheets).toEqual([{ name: '上蔡县.人', hidden: false }])
  await expect(book.rows(1).next()).rejects.toMatchObject({ kind: 'no_sheet' })
})

test('a record longer than allowed is refused with its number', async () => {
  const book = await openWorkbook(Buffer.from('a\n1,2,3\n'), 'a.csv', { maxColumns: 2 })
  await expect(book.rows(0).next()).rejects.toMatchObject({ kind: 'too_many_columns', place: { row: 2 } })
})

test('what is written begins with a BOM, runs no formula, and reads back the same', async () => {
  const rows = [
    ['姓名', '备 注', '数'],
    ['=HYPERLINK("http://x")', '+1+1', -5],
    ['-5', '@SUM(A1)', 0.29],
    ['＝1', 'a,"b"\nc', null],
    [' 前空', '尾空 ', true],
  ]
  const out = collector()
  await writeCsv(rows, out)
  const text = out.bytes().toString()
  expect(text.startsWith('\uFEFF姓名,备 注,数\r\n')).toBe(true)
  expect(text).toContain(`"'=HYPERLINK(""http://x"")",'+1+1,-5\r\n-5,'@SUM(A1),0.29\r\n'＝1,`)
  expect(await valuesOf(out.bytes())).toEqual([
    rows[0],
    ['=HYPERLINK("http://x")', '+1+1', '-5'],
    ['-5', '@SUM(A1)', '0.29'],
    ['＝1', 'a,"b"\nc'],
    [' 前空', '尾空 ', 'true'],
  ])
})
