import { screen, waitFor } from '@testing-library/react'
import { auditEndpoints } from '@tiejun/contract/platform/audit.ts'
import { signInEndpoints } from '@tiejun/contract/platform/sign-in.ts'
import { http } from 'msw'
import { expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, problemResponse, refuse, server, type Asked } from '../../testing/server.ts'

const anAuditor = aSession({ username: 'auditor', administrator: 'audit' })

const emptyAudit = () => {
  answer(auditEndpoints.list, { rows: [], total: 0, next: null })
  answer(auditEndpoints.seal, {
    blocks: 0,
    sealedEntries: 0,
    unsealedEntries: 0,
    lastSealedAt: null,
    lastHash: null,
  })
}

async function fillIn(user: ReturnType<typeof renderApp>['user'], username: string, password: string) {
  await user.type(await screen.findByLabelText('用户名'), username)
  await user.type(screen.getByLabelText('密码'), password)
  await user.click(screen.getByRole('button', { name: /登录$/ }))
}

test('nobody signed in comes to the sign-in page, and the place is kept', async () => {
  const { router } = renderApp('/audit?username=zhang', null)
  expect(await screen.findByRole('heading', { name: '登录' })).toBeVisible()
  expect(router.state.location.search).toBe(`?next=${encodeURIComponent('/audit?username=zhang')}`)
})

test('after signing in one is back at the place', async () => {
  emptyAudit()
  answer(signInEndpoints.signIn, anAuditor)
  const { user, router } = renderApp('/audit?username=zhang', null)
  await fillIn(user, 'auditor', 'a password')
  expect(await screen.findByRole('heading', { name: '审计', level: 1 })).toBeVisible()
  expect(router.state.location.pathname + router.state.location.search).toBe('/audit?username=zhang')
})

test('an address of another site is not followed after signing in', async () => {
  emptyAudit()
  answer(signInEndpoints.signIn, anAuditor)
  const { user, router } = renderApp('/sign-in?next=//evil.example', null)
  await fillIn(user, 'auditor', 'a password')
  await screen.findByRole('heading', { name: '审计', level: 1 })
  expect(router.state.location.pathname).toBe('/audit')
})

test('what is missing is asked for beside its field, and nothing is sent', async () => {
  const { user } = renderApp('/sign-in', null)
  await user.click(await screen.findByRole('button', { name: '登录' }))
  expect(screen.getByLabelText('用户名')).toHaveAccessibleDescription('请输入用户名')
  expect(screen.getByLabelText('密码')).toHaveAccessibleDescription('请输入密码')
})

test('a wrong password says what to do', async () => {
  refuse(signInEndpoints.signIn, 'sign_in_failed')
  const { user } = renderApp('/sign-in', null)
  await fillIn(user, 'zhangwei', 'wrong')
  expect(await screen.findByRole('alert')).toHaveTextContent('用户名或密码不正确')
  expect(screen.getByRole('alert')).toHaveTextContent('连续输错 5 次')
})

test('a locked account says so', async () => {
  refuse(signInEndpoints.signIn, 'account_locked')
  const { user } = renderApp('/sign-in', null)
  await fillIn(user, 'zhangwei', 'whatever')
  expect(await screen.findByRole('alert')).toHaveTextContent('账号已锁定')
})

test('an administrator is asked for the one-time code, which is sent with the password', async () => {
  emptyAudit()
  const sent: unknown[] = []
  server.use(
    http.post('*/api/session', async ({ request }) => {
      const body: unknown = await request.json()
      sent.push(body)
      return sent.length === 1
        ? problemResponse('second_factor_required')
        : Response.json(anAuditor, { status: 201 })
    }),
  )
  const { user } = renderApp('/sign-in', null)
  await fillIn(user, 'auditor', 'a password')
  const code = await screen.findByLabelText('动态口令')
  expect(code).toHaveFocus()
  expect(screen.queryByRole('alert')).toBeNull()
  await user.type(code, '12a3456')
  await user.click(screen.getByRole('button', { name: /登录$/ }))
  await screen.findByRole('heading', { name: '审计', level: 1 })
  expect(sent[1]).toEqual({ username: 'auditor', password: 'a password', code: '123456' })
})

test('a session that owes a new password is sent to change it, whatever page it asked for', async () => {
  renderApp('/audit', aSession({ administrator: 'audit', duty: 'change_password' }))
  expect(await screen.findByText('这是您的初始密码。请先修改密码，然后继续使用。')).toBeVisible()
  expect(screen.queryByRole('navigation', { name: '主菜单' })).toBeNull()
})

test('a weak password is refused under its field, and the token of the session was sent', async () => {
  const asked: Asked[] = []
  server.use(
    http.post('*/api/session/password', ({ request }) => {
      asked.push({ url: new URL(request.url), params: {}, headers: request.headers, body: undefined })
      return problemResponse('password_too_weak', { detail: { problems: ['too_simple'] } })
    }),
  )
  const { user } = renderApp('/me', aSession({ duty: 'change_password' }))
  await user.type(await screen.findByLabelText('原密码'), 'first')
  await user.type(screen.getByLabelText('新密码'), 'password1!')
  await user.type(screen.getByLabelText('再次输入新密码'), 'password1!')
  await user.click(screen.getByRole('button', { name: '修改密码' }))
  await waitFor(() =>
    expect(screen.getByLabelText('新密码')).toHaveAccessibleDescription(/密码过于简单，容易被猜到，请更换/),
  )
  expect(asked[0]?.headers.get('x-csrf-token')).toBe('csrf-of-the-session')
})

test('a second factor is set up with a code to scan and a key to type', async () => {
  emptyAudit()
  answer(signInEndpoints.offerSecondFactor, {
    secret: 'JBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP',
  })
  answer(signInEndpoints.confirmSecondFactor, anAuditor)
  const { user } = renderApp('/', aSession({ administrator: 'audit', duty: 'enrol_second_factor' }))
  await user.click(await screen.findByRole('button', { name: '绑定验证器' }))
  expect(await screen.findByText('JBSW Y3DP EHPK 3PXP')).toBeVisible()
  expect(await screen.findByRole('img', { name: /动态口令二维码/ })).toBeVisible()
  await user.type(screen.getByLabelText('验证器显示的 6 位数字'), '123456')
  await user.click(screen.getByRole('button', { name: '完成绑定' }))
  expect(await screen.findByText('动态口令已绑定，下次登录时需要输入。')).toBeVisible()
  expect(await screen.findByRole('heading', { name: '审计', level: 1 })).toBeVisible()
})

test('signing out ends the session and shows the sign-in page', async () => {
  emptyAudit()
  answer(signInEndpoints.signOut, undefined)
  const { user, router } = renderApp('/audit', anAuditor)
  await screen.findByRole('heading', { name: '审计', level: 1 })
  const [inTopBar] = screen.getAllByRole('button', { name: '退出登录' })
  await user.click(inTopBar!)
  expect(await screen.findByRole('heading', { name: '登录' })).toBeVisible()
  await waitFor(() => expect(router.state.location.search).toBe(''))
})

test('an unknown address says so and leads home', async () => {
  renderApp('/nothing-here', anAuditor)
  expect(await screen.findByRole('heading', { name: '页面不存在' })).toBeVisible()
  expect(screen.getByRole('link', { name: '回到首页' })).toHaveAttribute('href', '/')
})
