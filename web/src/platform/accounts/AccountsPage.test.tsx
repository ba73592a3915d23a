import { screen, within } from '@testing-library/react'
import { accountEndpoints, type Account } from '@tiejun/contract/platform/sign-in.ts'
import { expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, answerBy, refuse } from '../../testing/server.ts'

const account: Account = {
  id: '018f0000-0000-7000-8000-000000000001',
  username: 'liuyang',
  displayName: '刘洋',
  personId: null,
  administrator: null,
  isDisabled: false,
  isLocked: true,
  mustChangePassword: false,
  hasSecondFactor: false,
  lastSignedInAt: null,
  allowedActions: ['unlock', 'reset_password'],
}

const open = () => {
  answer(accountEndpoints.list, { rows: [account], total: 1, next: null })
  return renderApp('/accounts', aSession({ administrator: 'system' }))
}

test('only what the server allows is offered, and it says what it does before it does it', async () => {
  answerBy(accountEndpoints.act, ({ params }) => {
    expect(params).toEqual({ id: account.id, action: 'reset_password' })
    return { account: { ...account, mustChangePassword: true }, password: 'Kx7mPq2vT9r4' }
  })
  const { user } = open()
  expect(await screen.findByText('已锁定')).toBeVisible()
  await user.click(screen.getByRole('button', { name: '更多操作：liuyang' }))
  const offered = (await screen.findAllByRole('menuitem')).map((item) => item.textContent)
  expect(offered).toEqual(['解锁', '重置密码'])
  await user.click(screen.getByRole('menuitem', { name: '重置密码' }))
  const dialog = await screen.findByRole('dialog', { name: '重置密码：刘洋（liuyang）' })
  expect(within(dialog).getByText(/原密码立即失效/)).toBeInTheDocument()
  await user.click(within(dialog).getByRole('button', { name: '重置密码' }))
  expect(await screen.findByText('Kx7mPq2vT9r4')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: '我已记下，关闭' }))
  expect(screen.queryByText('Kx7mPq2vT9r4')).toBeNull()
})

test('a user name that breaks the rule is not sent; one that is taken is refused under its field', async () => {
  refuse(accountEndpoints.create, 'already_exists', { detail: { field: 'username' } })
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: '新建账号' }))
  const name = await screen.findByLabelText('用户名')
  await user.type(name, '9Bad')
  await user.type(screen.getByLabelText('姓名'), '刘洋')
  expect(await screen.findByText('用户名须为 3–32 位，以小写字母开头，请修改')).toBeVisible()
  await user.clear(name)
  await user.type(name, 'liuyang')
  await user.click(screen.getByRole('button', { name: '新建' }))
  expect(await screen.findByText('已有相同的内容，请修改')).toBeInTheDocument()
})
