import { screen, waitFor, within } from '@testing-library/react'
import { permissionEndpoints, type PermissionTable } from '@tiejun/contract/platform/permissions.ts'
import { expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, answerBy, type Asked } from '../../testing/server.ts'

const table: PermissionTable = {
  actions: [
    { action: 'households.view', module: 'households', label: '查看档卡', labelEn: 'View cards' },
    { action: 'households.edit', module: 'households', label: '修改档卡', labelEn: 'Edit cards' },
  ],
  postKinds: [
    { postKind: 'director', title: '脱贫办主任', holders: 1, actions: ['households.view'] },
    { postKind: 'helper', title: '帮扶责任人', holders: 9, actions: [] },
  ],
}

test('a change says what it adds and removes, asks why, and is sent with what was seen', async () => {
  const asked: Asked[] = []
  answer(permissionEndpoints.table, table)
  answerBy(permissionEndpoints.set, (request) => {
    asked.push(request)
    return { postKind: 'director', title: '脱贫办主任', holders: 1, actions: ['households.edit'] }
  })
  const { user } = renderApp('/permissions', aSession({ administrator: 'security' }))
  await user.click(await screen.findByRole('checkbox', { name: /修改档卡/ }))
  await user.click(screen.getByRole('checkbox', { name: /查看档卡/ }))
  expect(screen.getByText('2 处未保存')).toBeVisible()
  await user.click(screen.getByRole('button', { name: '保存' }))

  const dialog = await screen.findByRole('dialog', { name: '修改“脱贫办主任”的权限' })
  expect(within(dialog).getByText('增加：修改档卡')).toBeInTheDocument()
  expect(within(dialog).getByText('取消：查看档卡')).toBeInTheDocument()
  await user.click(within(dialog).getByRole('button', { name: '保存' }))
  expect(within(dialog).getByLabelText('事由')).toHaveAccessibleDescription('请填写事由，至少 2 个字')
  expect(asked).toEqual([])

  await user.type(within(dialog).getByLabelText('事由'), '职责调整')
  await user.click(within(dialog).getByRole('button', { name: '保存' }))
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]?.params).toEqual({ postKind: 'director' })
  expect(asked[0]?.body).toEqual({
    actions: ['households.edit'],
    expectedActions: ['households.view'],
    reason: '职责调整',
  })
})

test('an unsaved change of one kind of post is still there after looking at another', async () => {
  answer(permissionEndpoints.table, table)
  const { user } = renderApp('/permissions', aSession({ administrator: 'security' }))
  await user.click(await screen.findByRole('checkbox', { name: /修改档卡/ }))
  await user.click(screen.getByRole('button', { name: /帮扶责任人/ }))
  expect(screen.getByRole('checkbox', { name: /修改档卡/ })).not.toBeChecked()
  await user.click(screen.getByRole('button', { name: /脱贫办主任/ }))
  expect(screen.getByRole('checkbox', { name: /修改档卡/ })).toBeChecked()
})
