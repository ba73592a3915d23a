import { expect, test } from 'vitest'
import { PHONE_SCREEN, signIn, sitDown } from './harness/desk.ts'
import { lookOver, waitUntilSettled } from './harness/look-over.ts'
import { openFirstCard, searchCards } from './harness/pages.ts'

const PHONE = { screens: [PHONE_SCREEN] }

test('a village cadre finds a card on the phone', async () => {
  const { page } = await sitDown({ screen: PHONE_SCREEN, isPhone: true })
  await page.goto('/')
  await signIn(page, 'village')
  // The menu closes by itself when another page comes, so the first one has to be there.
  await page.waitForURL((url) => url.pathname !== '/' && !url.pathname.startsWith('/sign-in'))
  await waitUntilSettled(page)
  await page.getByRole('button', { name: '打开菜单' }).click()
  const drawer = page.getByRole('dialog', { name: '主菜单' })
  await drawer.waitFor()
  await lookOver(page, 'phone-menu', PHONE)
  await drawer.getByRole('link', { name: '档卡', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '档卡' }).waitFor()
  await expect.poll(() => drawer.isVisible()).toBe(false)

  const head = await page.locator('main tbody tr').first().locator('td, th').first().innerText()
  await searchCards(page, head.trim().slice(0, 2))
  await page.getByText(head.trim()).first().waitFor()
  await lookOver(page, 'phone-list', PHONE)
  await openFirstCard(page)
  await page.getByRole('region', { name: '家庭成员', exact: true }).waitFor()
  await lookOver(page, 'phone-card', PHONE)
})
