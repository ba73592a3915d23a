import { screen, waitFor, within } from '@testing-library/react'
import { accountEndpoints, type Account } from '@tiejun/contract/platform/sign-in.ts'
import { auditEndpoints } from '@tiejun/contract/platform/audit.ts'
import { expect, test } from 'vitest'
import { renderPart } from '../../testing/render.tsx'
import { answer, answerBy, keepWaiting, refuse, type Asked } from '../../testing/server.ts'
import { rememberedPlace } from '../place.ts'
import { DataList } from './DataList.tsx'

const anAccount = (username: string): Account => ({
  id: '018f0000-0000-7000-8000-000000000001',
  username,
  displayName: `${username} 的姓名`,
  personId: null,
  administrator: null,
  isDisabled: false,
  isLocked: false,
  mustChangePassword: false,
  hasSecondFactor: false,
  lastSignedInAt: null,
  allowedActions: [],
})

const renderList = (path = '/list') =>
  renderPart(
    <DataList
      id="test"
      label="账号"
      endpoint={accountEndpoints.list}
      exportEndpoint={auditEndpoints.export}
      rowKey={(account) => account.username}
      to={(account) => `/accounts/${account.username}`}
      columns={[
        { key: 'username', title: '用户名', sort: 'username', isPinned: true, render: (row) => row.username },
        { key: 'displayName', title: '姓名', render: (row) => row.displayName },
      ]}
      filters={[
        { kind: 'search', name: 'q', label: '搜索', seal: (text) => Promise.resolve(`id-of-${text.length}`) },
        { kind: 'date', name: 'from', label: '自' },
      ]}
      actions={(row) => <button type="button">处理 {row.username}</button>}
      empty={{ title: '还没有账号', hint: '请先新建' }}
    />,
    path,
  )

/** Answers with one row and remembers every query it was asked. */
function answerAndRemember(page: { total?: number; next?: string | null } = {}) {
  const asked: Asked[] = []
  answerBy(accountEndpoints.list, (request) => {
    asked.push(request)
    const after = request.url.searchParams.get('after')
    return { rows: [anAccount(after ?? 'first')], total: page.total ?? 1, next: page.next ?? null }
  })
  return { last: () => asked.at(-1)!.url.searchParams.toString() }
}

test('while the rows are fetched the list says that it is loading', async () => {
  keepWaiting(accountEndpoints.list)
  renderList()
  expect(await screen.findByText('正在读取，请稍候')).toBeInTheDocument()
  expect(screen.queryByRole('table')).toBeNull()
})

test('an empty list says what to do; an empty result says to widen the filters', async () => {
  answer(accountEndpoints.list, { rows: [], total: 0, next: null })
  const first = renderList()
  expect(await screen.findByText('还没有账号')).toBeVisible()
  first.unmount()
  const { user, router } = renderList('/list?q=nobody')
  expect(await screen.findByText('没有符合条件的记录')).toBeVisible()
  const [clear] = screen.getAllByRole('button', { name: '清除筛选' })
  await user.click(clear!)
  await waitFor(() => expect(router.state.location.search).toBe(''))
})

test('a failure shows what to do and the id for the log, and can be tried again', async () => {
  refuse(accountEndpoints.list, 'internal', { requestId: 'request-42' })
  const { user } = renderList()
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('系统出错')
  expect(alert).toHaveTextContent('问题编号：request-42')
  answerAndRemember()
  await user.click(within(alert).getByRole('button', { name: '重试' }))
  expect(await screen.findByRole('link', { name: 'first' })).toBeVisible()
})

test('a refusal says whom to ask and offers no useless retry', async () => {
  refuse(accountEndpoints.list, 'forbidden')
  renderList()
  expect(await screen.findByRole('alert')).toHaveTextContent('您的岗位没有此项权限')
  expect(screen.queryByRole('button', { name: '重试' })).toBeNull()
})

test('an unknown filter in the address is sent, refused in words, and can be cleared', async () => {
  refuse(accountEndpoints.list, 'unknown_filter')
  const { user, router } = renderList('/list?colour=red')
  expect(await screen.findByRole('alert')).toHaveTextContent('网址中的筛选条件不可用')
  answerAndRemember()
  await user.click(screen.getByRole('button', { name: '清除筛选 colour' }))
  expect(await screen.findByRole('link', { name: 'first' })).toBeVisible()
  expect(router.state.location.search).toBe('')
})

test('the exact total is shown, and the filters of the address are what is asked', async () => {
  const { last } = answerAndRemember({ total: 12345 })
  renderList('/list?q=zhang&from=2026-11-01&sort=-username&limit=20')
  expect(await screen.findByText('共 12,345 条')).toBeVisible()
  expect(Object.fromEntries(new URLSearchParams(last()))).toEqual({
    q: 'zhang',
    from: '2026-11-01',
    sort: '-username',
    limit: '20',
  })
  expect(screen.getByLabelText('搜索')).toHaveValue('按已保存的检索词')
  expect(screen.getByRole('columnheader', { name: /用户名/ })).toHaveAttribute('aria-sort', 'descending')
})

test('what is searched for is kept by the server; its id stands in the address, at the first page', async () => {
  const { last } = answerAndRemember()
  const { user, router } = renderList('/list?after=page-2')
  await user.type(await screen.findByLabelText('搜索'), '41172219800101997X{Enter}')
  await waitFor(() => expect(router.state.location.search).toBe('?q=id-of-18'))
  await waitFor(() => expect(last()).toBe('q=id-of-18'))
  expect(screen.getByLabelText('搜索')).toHaveValue('41172219800101997X')
})

test('a day is typed as on paper; what is no day is marked and not asked for', async () => {
  const { last } = answerAndRemember()
  const { user } = renderList()
  const from = await screen.findByLabelText('自')
  await user.type(from, '2018年5月1日{Enter}')
  await waitFor(() => expect(last()).toBe('from=2018-05-01'))
  expect(from).toHaveValue('2018-05-01')
  await user.clear(from)
  await user.type(from, '2018-06-31{Enter}')
  expect(from).toBeInvalid()
  expect(last()).toBe('from=2018-05-01')
  await user.clear(from)
  await user.tab()
  await waitFor(() => expect(last()).toBe(''))
})

test('a column heading sorts up, then down, then not at all', async () => {
  answerAndRemember()
  const { user, router } = renderList()
  const heading = () => screen.getByRole('button', { name: '用户名' })
  await screen.findByRole('link', { name: 'first' })
  for (const search of ['?sort=username', '?sort=-username', '']) {
    await user.click(heading())
    await waitFor(() => expect(router.state.location.search).toBe(search))
  }
})

test('one pages forward and back by the cursors of the server', async () => {
  answerAndRemember({ total: 120, next: 'second' })
  const { user } = renderList()
  expect(await screen.findByRole('link', { name: 'first' })).toBeVisible()
  expect(screen.getByRole('button', { name: '上一页' })).toBeDisabled()
  await user.click(screen.getByRole('button', { name: '下一页' }))
  expect(await screen.findByRole('link', { name: 'second' })).toBeVisible()
  expect(screen.getByText('第 51–51 条，共 120 条')).toBeVisible()
  await user.click(screen.getByRole('button', { name: '上一页' }))
  expect(await screen.findByRole('link', { name: 'first' })).toBeVisible()
})

test('the place in the list is remembered for the way back', async () => {
  answerAndRemember()
  const { user, router } = renderList('/list?q=zhang')
  await user.click(await screen.findByRole('link', { name: 'first' }))
  expect(router.state.location.pathname).toBe('/accounts/first')
  expect(rememberedPlace('/list')).toBe('/list?q=zhang')
})

test('a hidden column stays hidden on this device', async () => {
  answerAndRemember()
  const { user, unmount } = renderList()
  await screen.findByRole('columnheader', { name: '姓名' })
  await user.click(screen.getByRole('button', { name: '显示列' }))
  await user.click(await screen.findByRole('checkbox', { name: '姓名' }))
  await waitFor(() => expect(screen.queryByRole('columnheader', { name: '姓名' })).toBeNull())
  unmount()
  renderList()
  expect(await screen.findByRole('columnheader', { name: /用户名/ })).toBeVisible()
  expect(screen.queryByRole('columnheader', { name: '姓名' })).toBeNull()
})
