import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { beforeEach, expect, test } from 'vitest'
import { renderApp } from '../../../testing/render.tsx'
import { answer, keepWaiting, refuse } from '../../../testing/server.ts'
import { anImport, answerCardWords, IMPORT_ID, importer } from './testing.ts'

const workbook = (name: string, content = 'PK') => new File([content], name)

const open = () => renderApp('/household-imports/new', importer)

beforeEach(answerCardWords)

test('a chosen file is sent, and its import is opened as it is checked', async () => {
  const made = anImport({ status: 'checking', counts: null, checkedAt: null, allowedActions: ['cancel'] })
  answer(importEndpoints.upload, made)
  answer(importEndpoints.get, made)
  const { user, router } = open()
  await user.upload(await screen.findByLabelText('要导入的文件'), workbook('户卡.xlsx'))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/household-imports/${IMPORT_ID}`))
  expect(await screen.findByRole('progressbar', { name: '正在检查' })).toBeVisible()
})

test('while a file is on its way the page says so and lets one stop', async () => {
  keepWaiting(importEndpoints.upload)
  const { user } = open()
  await user.upload(await screen.findByLabelText('要导入的文件'), workbook('户卡.csv', '户编号'))
  expect(await screen.findByRole('progressbar', { name: '正在上传 户卡.csv' })).toBeVisible()
  expect(screen.getByText(/上传期间请不要关闭本页/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: '停止上传' }))
  expect(await screen.findByText('上传已停止，没有留下任何内容。')).toBeVisible()
  expect(screen.getByLabelText('要导入的文件')).toBeInTheDocument()
})

test.for([
  ['户卡.xls', '这是旧版的 .xls（或 .et）文件', /另存为/],
  ['户卡.pdf', '不是 .xlsx 或 .csv 文件', /图片、PDF、压缩包都读不了/],
] as const)('%s is refused before it is sent', async ([name, what, todo]) => {
  open()
  const drop = await screen.findByTestId('drop')
  fireEvent.drop(drop, { dataTransfer: { files: [workbook(name)] } })
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent(what)
  expect(alert).toHaveTextContent(todo)
})

test('an empty file and several files at once are refused with what to do', async () => {
  open()
  const drop = await screen.findByTestId('drop')
  fireEvent.drop(drop, { dataTransfer: { files: [workbook('户卡.xlsx', '')] } })
  expect(await screen.findByRole('alert')).toHaveTextContent('这是一个空文件')
  fireEvent.drop(drop, { dataTransfer: { files: [workbook('一.xlsx'), workbook('二.xlsx')] } })
  expect(await screen.findByText('一次只能上传一个文件')).toBeVisible()
  expect(screen.queryByText('这是一个空文件')).toBeNull()
})

test('what the server cannot read is told in its own words, with the place', async () => {
  refuse(importEndpoints.upload, 'workbook_unreadable', {
    detail: { kind: 'text_too_long', sheet: '户卡', row: 12 },
  })
  const { user } = open()
  await user.upload(await screen.findByLabelText('要导入的文件'), workbook('户卡.xlsx'))
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('有一格的文字太长')
  expect(alert).toHaveTextContent('出在“户卡”表第 12 行附近。')
})

test('the page says which tables it takes', async () => {
  open()
  const accepted = within(await screen.findByRole('region', { name: '可以导入哪些表格' }))
  for (const name of ['国家系统导出的平铺表', '本系统的模板', '证件号码要设为文本格式', '同一个文件可以再传'])
    expect(accepted.getByText(name)).toBeVisible()
})
