import { expect, test } from 'vitest'
import { sitDownAsAdministrator } from './harness/authenticator.ts'
import { signIn, sitDown } from './harness/desk.ts'
import { lookOver } from './harness/look-over.ts'

test('the system administrator makes an account; its owner must choose a password and is locked out after five wrong ones', async () => {
  const { page: administrator } = await sitDownAsAdministrator('system-admin')
  await administrator.getByRole('link', { name: '账号' }).first().click()
  await administrator.getByRole('heading', { name: '账号', level: 1 }).waitFor()
  await lookOver(administrator, 'accounts')

  await administrator.getByRole('button', { name: '新建账号' }).click()
  const dialog = administrator.getByRole('dialog')
  await dialog.getByLabel('用户名').fill('zhaolei')
  await dialog.getByLabel('姓名').fill('赵磊')
  await lookOver(administrator, 'new-account')
  await dialog.getByRole('button', { name: /创建|新建|确定/ }).click()
  const password = await administrator.getByRole('dialog').locator('code').first().innerText()

  const { page } = await sitDown()
  await page.goto('/')
  await lookOver(page, 'sign-in')
  await signIn(page, 'zhaolei', password)
  await page.getByText('这是您的初始密码').waitFor()
  await lookOver(page, 'first-password')
  await page.getByLabel('原密码').fill(password)
  await page.getByLabel('新密码', { exact: true }).fill('zhaolei')
  await page.getByLabel('再次输入新密码').fill('zhaolei')
  await page.getByRole('button', { name: '修改密码' }).click()
  await page.getByText('密码不能包含用户名').waitFor()
  await page.getByLabel('新密码', { exact: true }).fill('Huangbu#2018')
  await page.getByLabel('再次输入新密码').fill('Huangbu#2018')
  await page.getByRole('button', { name: '修改密码' }).click()
  await page.getByText('密码已修改').waitFor()
  await page.getByRole('button', { name: '退出登录' }).click()

  for (let failure = 1; failure <= 5; failure += 1) {
    await signIn(page, 'zhaolei', `wrong password ${failure}`)
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch('用户名或密码不正确')
  }
  await signIn(page, 'zhaolei', 'Huangbu#2018')
  await page.getByText('账号已锁定').waitFor()
  await page.getByText('请稍后再试，或联系系统管理员解锁').waitFor()
  await lookOver(page, 'locked-out')
})
