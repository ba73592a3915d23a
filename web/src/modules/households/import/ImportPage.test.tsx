import { screen, waitFor, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImportDetail, ImportProgress } from '@tiejun/contract/households/import.ts'
import { beforeEach, expect, test } from 'vitest'
import { renderApp } from '../../../testing/render.tsx'
import { answer, answerBy, keepWaiting, refuse } from '../../../testing/server.ts'
import { anImport, answerCardWords, IMPORT_ID, importer, renderImport } from './testing.ts'

const progress = (given: Partial<ImportProgress> = {}): ImportProgress => ({
  phase: 'registry',
  done: 6_000,
  total: 12_000,
  percent: 50,
  ...given,
})

const checking = (given: Partial<HouseholdImportDetail> = {}) =>
  anImport({
    status: 'checking',
    counts: null,
    checkedAt: null,
    columns: [],
    progress: progress(),
    allowedActions: ['cancel'],
    ...given,
  })

beforeEach(answerCardWords)

test('while the import is fetched the page says that it loads', async () => {
  keepWaiting(importEndpoints.get)
  renderApp(`/household-imports/${IMPORT_ID}`, importer)
  const part = within(await screen.findByRole('region', { name: '正在读取这次导入' }))
  expect(part.getByText('正在读取，请稍候')).toBeInTheDocument()
})

test('an import out of reach is as one that is not there', async () => {
  refuse(importEndpoints.get, 'not_found')
  renderApp(`/household-imports/${IMPORT_ID}`, importer)
  expect(await screen.findByRole('alert')).toHaveTextContent('没有找到')
})

test('the check shows how far it is, says that one may leave, and can be cancelled', async () => {
  renderImport(checking())
  const bar = await screen.findByRole('progressbar', { name: '正在检查' })
  expect(bar).toHaveAttribute('value', '50')
  expect(bar).toHaveAttribute('aria-valuetext', '与登记册核对，已处理 6,000 / 12,000 行')
  const box = within(screen.getByRole('region', { name: '正在检查' }))
  expect(box.getByText('50%')).toBeVisible()
  expect(box.getByText('检查不会改动登记册。')).toBeVisible()
  expect(box.getByText(/您可以离开本页/)).toBeVisible()
})

test('cancelling is sent, and the page then says that nothing was changed', async () => {
  const { user } = renderImport(checking())
  let isCancelled = false
  answerBy(importEndpoints.cancel, ({ params }) => {
    expect(params).toEqual({ id: IMPORT_ID })
    isCancelled = true
    answer(importEndpoints.get, anImport({ status: 'cancelled', allowedActions: ['check', 'discard'] }))
    return checking()
  })
  await user.click(await screen.findByRole('button', { name: '取消检查' }))
  expect(await screen.findByText('检查已取消', { selector: 'strong' })).toBeVisible()
  expect(isCancelled).toBe(true)
  expect(screen.getByRole('button', { name: '重新检查' })).toBeVisible()
})

test('a check whose length is not known yet shows what was done, without a number it cannot keep', async () => {
  renderImport(checking({ progress: progress({ phase: 'reading', total: null, percent: null }) }))
  const bar = await screen.findByRole('progressbar', { name: '正在检查' })
  expect(bar).not.toHaveAttribute('value')
  expect(screen.getByText('读取文件，已处理 6,000 行')).toBeVisible()
  expect(screen.queryByText(/%/)).toBeNull()
})

test('when the check is done the page goes on by itself', async () => {
  let asked = 0
  renderImport(checking())
  answerBy(importEndpoints.get, () => (asked++ === 0 ? checking() : anImport()))
  answer(importEndpoints.preview, { rows: [], total: 0, next: null })
  expect(await screen.findByRole('progressbar')).toBeVisible()
  expect(await screen.findByText('检查完成，没有发现错误')).toBeVisible()
  expect(screen.queryByRole('progressbar')).toBeNull()
})

test('a line that breaks while the server works is said, and what is known stays', async () => {
  renderImport(checking())
  expect(await screen.findByRole('progressbar')).toBeVisible()
  refuse(importEndpoints.get, 'internal')
  expect(await screen.findByText(/暂时连不上服务器，正在自动重试/)).toBeVisible()
  expect(screen.getByRole('progressbar')).toBeVisible()
})

test('a check that died with the server is begun again without another upload', async () => {
  const { user } = renderImport(
    anImport({ status: 'interrupted', counts: null, checkedAt: null, allowedActions: ['check', 'discard'] }),
  )
  answer(importEndpoints.check, checking())
  expect(await screen.findByText('检查没有做完就中断了')).toBeVisible()
  answer(importEndpoints.get, checking())
  await user.click(screen.getByRole('button', { name: '重新检查' }))
  expect(await screen.findByRole('progressbar', { name: '正在检查' })).toBeVisible()
})

test('a file that cannot be read says why, where, and what to do', async () => {
  renderImport(
    anImport({
      status: 'unreadable',
      counts: null,
      columns: [],
      failure: { code: 'encrypted', params: {} },
      allowedActions: ['discard'],
    }),
  )
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('文件有打开密码')
  expect(alert).toHaveTextContent('去掉打开密码后保存')
  expect(within(alert).getByRole('link', { name: '导入另一个文件' })).toBeVisible()
})

test('a commit under way cannot be looked behind, only waited for or cancelled', async () => {
  renderImport(
    anImport({
      status: 'committing',
      progress: progress({ phase: 'members', done: 40_000, total: 80_000, percent: 60 }),
      allowedActions: ['cancel'],
    }),
  )
  expect(await screen.findByRole('progressbar', { name: '正在导入' })).toHaveAttribute('value', '60')
  expect(screen.getByText('写入成员，已处理 40,000 / 80,000 行')).toBeVisible()
  expect(screen.getByText(/全部写完才会生效/)).toBeVisible()
  expect(screen.getByRole('button', { name: '取消导入' })).toBeVisible()
})

test.for([
  ['changed_meanwhile', '没有导入：检查之后，登记册里的内容又有人改过'],
  ['cancelled', '已经取消'],
  ['internal', '上一步没有完成'],
] as const)('after %s the page says why nothing was imported', async ([code, title]) => {
  answer(importEndpoints.preview, { rows: [], total: 0, next: null })
  renderImport(anImport({ failure: { code, params: {} } }))
  expect(await screen.findByText(title)).toBeVisible()
})

test('an import is discarded only after asking, and one comes back to the list', async () => {
  answer(importEndpoints.preview, { rows: [], total: 0, next: null })
  answer(importEndpoints.list, { rows: [], total: 0, next: null })
  let isDiscarded = false
  const { user, router } = renderImport(anImport())
  answerBy(importEndpoints.discard, () => {
    isDiscarded = true
    return undefined
  })
  await user.click(await screen.findByRole('button', { name: '放弃这次导入' }))
  const dialog = within(await screen.findByRole('dialog', { name: '放弃这次导入？' }))
  expect(isDiscarded).toBe(false)
  await user.click(dialog.getByRole('button', { name: '放弃导入' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/household-imports'))
  expect(isDiscarded).toBe(true)
})

test('the steps tell which are behind, and only those with something to show are links', async () => {
  answer(importEndpoints.preview, { rows: [], total: 0, next: null })
  renderImport(anImport())
  const steps = within(await screen.findByRole('navigation', { name: '导入步骤' }))
  expect(steps.getByRole('link', { name: /上传.*已完成/ })).toBeVisible()
  expect(steps.getByRole('link', { name: /预览.*当前步骤/ })).toHaveAttribute('aria-current', 'step')
  expect(steps.queryByRole('link', { name: /完成（未到）/ })).toBeNull()
})
