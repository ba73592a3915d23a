import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { type Desk, signIn, sitDown } from './desk.ts'

/** The six digits an authenticator shows now. */
const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

/** Binds an authenticator on the page "my account", as the first sign-in of an administrator demands. */
export async function bindAuthenticator(page: Page): Promise<string> {
  await page.getByRole('button', { name: '绑定验证器' }).click()
  await page.getByRole('img', { name: /二维码/ }).waitFor()
  const shown = await page.locator('code').innerText()
  const secret = shown.replaceAll(/\s/g, '')
  await page.getByLabel('验证器显示的 6 位数字').fill(codeOf(secret))
  await page.getByRole('button', { name: '完成绑定' }).click()
  await page.getByText('动态口令已绑定').waitFor()
  return secret
}

/**
 * A desk at which one of the three administrators has signed in. Whichever story comes first binds the authenticator; later ones keep
 * the session, because a code is good for one sign-in only.
 */
export async function sitDownAsAdministrator(username: string): Promise<Desk> {
  const kept = join(inject('places').folder, `${username}.session.json`)
  const desk = await sitDown()
  if (existsSync(kept)) {
    const { cookies } = JSON.parse(readFileSync(kept, 'utf8'))
    await desk.context.addCookies(cookies)
    await desk.page.goto('/')
  } else {
    await signIn(desk.page, username)
    await bindAuthenticator(desk.page)
    await desk.context.storageState({ path: kept })
  }
  await expect.poll(() => desk.page.getByRole('navigation', { name: '主菜单' }).count()).toBeGreaterThan(0)
  return desk
}
