import { screen, waitFor, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { UndoBlocker } from '@tiejun/contract/households/import.ts'
import { beforeEach, expect, test } from 'vitest'
import { answer, answerBy, refuse } from '../../../testing/server.ts'
import { aCommittedImport, answerCardWords, HOUSEHOLD_ID, IMPORT_ID, renderImport } from './testing.ts'

beforeEach(answerCardWords)

const blocker = (given: Partial<UndoBlocker> = {}): UndoBlocker => ({
  householdId: HOUSEHOLD_ID,
  householdNo: '41172200001',
  action: 'household.member_changed',
  actorName: '李明',
  occurredAt: '2026-11-24T02:00:00Z',
  ...given,
})

async function askToUndo({ user }: ReturnType<typeof renderImport>) {
  await user.click(await screen.findByRole('button', { name: '撤销整个导入' }))
  return screen.findByRole('dialog', { name: '撤销整个导入？' })
}

test('what was imported is said in numbers and leads to its households', async () => {
  renderImport(aCommittedImport())
  expect(await screen.findByText('新增 12 户、30 人；修改 3 户、5 人。')).toBeVisible()
  const table = within(screen.getByRole('region', { name: '导入了什么' }))
  expect(table.getByRole('row', { name: '家庭成员 30 5 85' })).toBeVisible()
  expect(screen.getByRole('link', { name: '查看这次导入的户' })).toHaveAttribute(
    'href',
    `/households?importId=${IMPORT_ID}`,
  )
})

test('households that were left out are told, with the workbook to put right', async () => {
  renderImport(aCommittedImport({ leftOutHouseholds: 2, allowedActions: ['undo', 'download_errors'] }))
  expect(await screen.findByText(/有错误的 2 户没有导入/)).toBeVisible()
  expect(screen.getByRole('button', { name: '下载错误工作簿' })).toBeVisible()
})

test('an import is undone whole, after asking, with the reason if one is given', async () => {
  const bodies: unknown[] = []
  const undone = aCommittedImport({
    status: 'undone',
    undoneAt: '2026-11-24T03:00:00Z',
    allowedActions: ['discard'],
  })
  const view = renderImport(aCommittedImport())
  answerBy(importEndpoints.undo, ({ body }) => {
    bodies.push(body)
    answer(importEndpoints.get, undone)
    return undone
  })
  const dialog = within(await askToUndo(view))
  expect(dialog.getByText(/新增的 12 户、30 人会从登记册删去/)).toBeInTheDocument()
  await view.user.type(dialog.getByRole('textbox'), '导错了文件')
  await view.user.click(dialog.getByRole('button', { name: '撤销导入' }))
  expect(await screen.findByText('这次导入已整个撤销')).toBeVisible()
  expect(bodies).toEqual([{ reason: '导错了文件' }])
  expect(screen.queryByRole('button', { name: '撤销整个导入' })).toBeNull()
})

test('work that others have built on it keeps an import from being undone; each is named', async () => {
  const blockers = [
    blocker(),
    blocker({ householdNo: '41172200002', action: 'import.committed', actorName: null, occurredAt: null }),
  ]
  refuse(importEndpoints.undo, 'undo_blocked', { detail: { blockers, total: 260 } })
  const view = renderImport(aCommittedImport())
  const dialog = within(await askToUndo(view))
  await view.user.click(dialog.getByRole('button', { name: '撤销导入' }))
  const list = within(await screen.findByRole('region', { name: '撤销之前要先商量的户' }))
  expect(list.getByText('共有 260 处后续工作，列出前 2 处。')).toBeVisible()
  const first = within(list.getByRole('row', { name: /41172200001/ }))
  for (const text of ['改动了家庭成员', '李明', '2026-11-24 10:00:00'])
    expect(first.getByText(text)).toBeVisible()
  expect(first.getByRole('link')).toHaveAttribute('href', `/households/${HOUSEHOLD_ID}`)
  expect(within(list.getByRole('row', { name: /41172200002/ })).getByText('又导入了一次')).toBeVisible()
  expect(screen.getByText(/不能撤销：导入之后/)).toBeVisible()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('a refusal that came after a long try is kept and shown the same way', async () => {
  renderImport(
    aCommittedImport({ failure: { code: 'undo_blocked', params: { blockers: [blocker()], total: 1 } } }),
  )
  const list = within(await screen.findByRole('region', { name: '撤销之前要先商量的户' }))
  expect(list.getByRole('row', { name: /李明/ })).toBeVisible()
  expect(list.queryByText(/列出前/)).toBeNull()
})
