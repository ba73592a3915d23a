import { screen, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { beforeEach, expect, test } from 'vitest'
import { answer, answerBy, refuse } from '../../../testing/server.ts'
import {
  aCommittedImport,
  aFaultyImport,
  anImport,
  answerCardWords,
  renderImport,
  someCounts,
} from './testing.ts'

beforeEach(answerCardWords)

test('the numbers of each part stand before the button, and again in the question', async () => {
  const { user } = renderImport(anImport({ counts: someCounts({ absentPersons: 2 }) }), 'commit')
  const table = within(await screen.findByRole('region', { name: '提交后会发生什么' }))
  expect(table.getByRole('row', { name: '户 12 3 25 0 0 40' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: '导入…' }))
  const dialog = within(await screen.findByRole('dialog', { name: '确认导入？' }))
  expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    '新增 12 户，修改 3 户',
    '新增 30 人，修改 5 人',
    '新增 40 条、修改 0 条年度收入',
    '登记册里有、文件里没有的 2 人保持原样',
  ])
})

test('a confirmed import is written, and the page says what it brought', async () => {
  const bodies: unknown[] = []
  const { user } = renderImport(anImport(), 'commit')
  answerBy(importEndpoints.commit, ({ body }) => {
    bodies.push(body)
    answer(importEndpoints.get, aCommittedImport())
    return aCommittedImport()
  })
  await user.click(await screen.findByRole('button', { name: '导入…' }))
  await user.click(await screen.findByRole('button', { name: '确认导入' }))
  expect(await screen.findByText('导入完成')).toBeVisible()
  expect(bodies).toEqual([{ withoutFaulty: false }])
})

test('an import that takes long shows its progress instead', async () => {
  const committing = anImport({ status: 'committing', allowedActions: ['cancel'] })
  const { user } = renderImport(anImport(), 'commit')
  answerBy(importEndpoints.commit, () => {
    answer(importEndpoints.get, committing)
    return committing
  })
  await user.click(await screen.findByRole('button', { name: '导入…' }))
  await user.click(await screen.findByRole('button', { name: '确认导入' }))
  expect(await screen.findByRole('progressbar', { name: '正在导入' })).toBeVisible()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('households with errors are left out only when somebody says so', async () => {
  const bodies: unknown[] = []
  const { user } = renderImport(aFaultyImport(), 'commit')
  answerBy(importEndpoints.commit, ({ body }) => {
    bodies.push(body)
    answer(importEndpoints.get, aCommittedImport({ leftOutHouseholds: 2 }))
    return aCommittedImport({ leftOutHouseholds: 2 })
  })
  const button = await screen.findByRole('button', { name: '导入…' })
  expect(screen.getByRole('heading', { name: '还有 2 户有错误' })).toBeVisible()
  expect(button).toBeDisabled()
  await user.click(screen.getByRole('checkbox', { name: '只导入没有问题的户' }))
  await user.click(button)
  const dialog = within(await screen.findByRole('dialog', { name: '确认导入？' }))
  expect(dialog.getByText('有错误的 2 户不导入')).toBeInTheDocument()
  await user.click(dialog.getByRole('button', { name: '确认导入' }))
  expect(await screen.findByText(/有错误的 2 户没有导入/)).toBeVisible()
  expect(bodies).toEqual([{ withoutFaulty: true }])
})

test('a registry that has changed meanwhile is told on the page, with the way to check again', async () => {
  refuse(importEndpoints.commit, 'changed_meanwhile')
  const { user } = renderImport(anImport(), 'commit')
  await user.click(await screen.findByRole('button', { name: '导入…' }))
  await user.click(await screen.findByRole('button', { name: '确认导入' }))
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('没有导入：检查之后，登记册里的内容又有人改过')
  expect(within(alert).getByRole('button', { name: '重新检查' })).toBeVisible()
})

test('any other refusal stays in the question', async () => {
  refuse(importEndpoints.commit, 'internal', { requestId: 'request-42' })
  const { user } = renderImport(anImport(), 'commit')
  await user.click(await screen.findByRole('button', { name: '导入…' }))
  await user.click(await screen.findByRole('button', { name: '确认导入' }))
  const dialog = screen.getByRole('dialog', { name: '确认导入？' })
  expect(await within(dialog).findByText('问题编号：request-42')).toBeInTheDocument()
})

test('what cannot be committed says that something comes first', async () => {
  renderImport(
    aFaultyImport({
      allowedActions: ['check', 'discard'],
      problemGroups: [{ code: 'no_rows', severity: 'error', sheet: null, header: null, count: 1 }],
    }),
    'commit',
  )
  expect(await screen.findByText('现在还不能提交，请先处理前面几步指出的问题。')).toBeVisible()
  expect(screen.getByRole('button', { name: '导入…' })).toBeDisabled()
})
