import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { sitDownAsAdministrator } from './harness/authenticator.ts'
import { signIn, sitDown } from './harness/desk.ts'
import { lookOver } from './harness/look-over.ts'

const OWN = { words: ['zhaolei'] }

async function setPassword(page: Page, from: string, to: string): Promise<void> {
  await page.getByLabel('原密码').fill(from)
  await page.getByLabel('新密码', { exact: true }).fill(to)
  await page.getByLabel('再次输入新密码').fill(to)
  await page.getByRole('button', { name: '修改密码' }).click()
}

async function failToSignIn(page: Page, password: string): Promise<void> {
  const refusal = page.waitForResponse((response) => response.url().endsWith('/api/session'))
  await signIn(page, 'zhaolei', password)
  await refusal
}

test('the system administrator makes an account; its owner must choose a password and is locked out after five wrong ones', async () => {
  const { page: administrator } = await sitDownAsAdministrator('system-admin')
  await administrator.getByRole('heading', { name: '账号', level: 1 }).waitFor()
  await lookOver(administrator, 'accounts')
  await administrator.getByRole('button', { name: '新建账号' }).click()
  const form = administrator.getByRole('dialog', { name: '新建账号' })
  await form.getByLabel('用户名').fill('zhaolei')
  await form.getByLabel('姓名').fill('赵磊')
  await lookOver(administrator, 'new-account', OWN)
  await form.getByRole('button', { name: '新建' }).click()
  const shown = administrator.getByRole('dialog', { name: '一次性初始密码' })
  await shown.waitFor()
  await lookOver(administrator, 'one-time-password', OWN)
  const password = await shown.locator('code').last().innerText()

  const { page } = await sitDown()
  await page.goto('/')
  await page.getByLabel('用户名').waitFor()
  await lookOver(page, 'sign-in')
  await signIn(page, 'zhaolei', password)
  await page.getByText('这是您的初始密码').waitFor()
  await lookOver(page, 'first-password', OWN)
  await setPassword(page, password, 'zhaolei')
  await page.getByText('密码不能包含用户名').waitFor()
  await setPassword(page, password, 'Huangbu#2018')
  await page.getByText('密码已修改').waitFor()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByLabel('用户名').waitFor()

  for (let failure = 1; failure <= 5; failure += 1) await failToSignIn(page, `wrong password ${failure}`)
  await page.getByText('用户名或密码不正确').waitFor()
  await failToSignIn(page, 'Huangbu#2018')
  await page.getByText('账号已锁定').waitFor()
  await page.getByText('请稍后再试，或联系系统管理员解锁').waitFor()
  await lookOver(page, 'locked-out')
})
