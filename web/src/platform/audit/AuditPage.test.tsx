import { screen, waitFor, within } from '@testing-library/react'
import { auditEndpoints, type AuditEntry } from '@tiejun/contract/platform/audit.ts'
import { expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, answerBy, refuse } from '../../testing/server.ts'

const anEntry = (given: Partial<AuditEntry>): AuditEntry => ({
  sequence: 1,
  occurredAt: '2026-11-24T01:30:05Z',
  actorName: '张伟',
  username: 'zhangwei',
  action: 'account.disabled',
  recordType: 'account',
  recordId: null,
  recordLabel: 'liuyang',
  before: null,
  after: null,
  reason: null,
  requestId: null,
  blockNumber: null,
  ...given,
})

const sealed = { blocks: 3, sealedEntries: 1200, unsealedEntries: 7, lastSealedAt: null, lastHash: 'abc123' }

const open = () => renderApp('/audit', aSession({ administrator: 'audit' }))

test('an entry reads who, what, when in county time, on which record, before and after', async () => {
  answer(auditEndpoints.seal, sealed)
  const entry = anEntry({ before: { isDisabled: false }, after: { isDisabled: true }, reason: '调离岗位' })
  answer(auditEndpoints.list, { rows: [entry], total: 1, next: null })
  open()
  const cell = await screen.findByText('2026-11-24 09:30:05')
  const row = cell.closest('tr')!
  for (const text of [
    '张伟（zhangwei）',
    '停用账号',
    '账号 liuyang',
    '停用',
    '否',
    '是',
    '调离岗位',
    '未封存',
  ]) {
    expect(within(row).getByText(text)).toBeVisible()
  }
})

test('an action nobody has worded is shown as it was recorded', async () => {
  answer(auditEndpoints.seal, sealed)
  answer(auditEndpoints.list, { rows: [anEntry({ action: 'meteorite.landed' })], total: 1, next: null })
  open()
  expect(await screen.findByText('meteorite.landed')).toBeVisible()
})

test('an action is chosen by its words, and the address keeps its code', async () => {
  answer(auditEndpoints.seal, sealed)
  const asked: string[] = []
  answerBy(auditEndpoints.list, ({ url }) => {
    asked.push(url.search)
    return { rows: [], total: 0, next: null }
  })
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: '更多筛选' }))
  await user.type(screen.getByLabelText('操作'), '确认导入')
  await user.click(await screen.findByTitle('确认导入'))
  await waitFor(() => expect(asked.at(-1)).toBe('?action=import.committed'))
})

test('which numbers were seen in full is said in words', async () => {
  answer(auditEndpoints.seal, sealed)
  const entry = anEntry({ action: 'household.unmasked', after: { unmasked: ['idNo', 'bankAccount'] } })
  answer(auditEndpoints.list, { rows: [entry], total: 1, next: null })
  open()
  expect(await screen.findByText('证件号码 · 银行账号')).toBeVisible()
  expect(screen.getByText('查看完整号码')).toBeVisible()
})

test('a failing seal does not hide the entries, and a refusal keeps one signed in', async () => {
  refuse(auditEndpoints.seal, 'internal')
  refuse(auditEndpoints.list, 'forbidden')
  open()
  expect(await screen.findByText('系统出错')).toBeVisible()
  expect(await screen.findByText('您的岗位没有此项权限')).toBeVisible()
  expect(screen.getByRole('heading', { name: '审计', level: 1 })).toBeVisible()
})
