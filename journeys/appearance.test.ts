import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sitDownAs } from './harness/desk.ts'
import { expectAccessible, expectNothingClipped, takePicture, waitUntilSettled } from './harness/look-over.ts'
import { openFirstCard, openMenu } from './harness/pages.ts'

const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

/** Whether the element with the focus, or the frame drawn around a text box, looks different because of it. */
const isFocusSeen = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    const frame = focused?.closest('.ant-input-affix-wrapper')
    return [focused, frame].some((element) => {
      if (!element) return false
      const style = getComputedStyle(element)
      return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none'
    })
  })

test('by keyboard alone: past the menu, to the search, into a card, and saved', async () => {
  const { page } = await sitDownAs('clerk')
  await page.goto('/households')
  await waitUntilSettled(page)
  await page.keyboard.press('Tab')
  expect(await focusedName(page)).toBe('跳到正文')
  expect(await isFocusSeen(page)).toBe(true)
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')

  await page.keyboard.press('/')
  await page.keyboard.type('王')
  expect(await isFocusSeen(page)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByText('姓名含 王').waitFor()
  const open = page.getByRole('link', { name: '查看', exact: true }).first()
  await open.focus()
  expect(await isFocusSeen(page)).toBe(true)
  await page.keyboard.press('Enter')

  const edit = page.getByRole('button', { name: '编辑生产生活条件' })
  await edit.waitFor()
  await edit.focus()
  await page.keyboard.press('Enter')
  const distance = page.getByLabel('距村主干路')
  await distance.focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('1.98')
  await page.keyboard.press('Control+S')
  await page.getByRole('region', { name: '生产生活条件', exact: true }).getByText('1.98').waitFor()
  await edit.waitFor()
})

test('dark colours, traditional letters and English, on list, card and figures', async () => {
  const { page } = await sitDownAs('clerk')
  await openMenu(page, '档卡')
  const card = await openFirstCard(page)
  await page.getByLabel('界面明暗').filter({ visible: true }).selectOption('dark')
  for (const path of ['/households', card, '/figures', '/organisation', '/areas']) {
    await page.goto(path)
    await waitUntilSettled(page)
    await expectAccessible(page, `${path} in dark colours`)
  }
  await takePicture(page, 'dark')

  await page.getByLabel('语言').filter({ visible: true }).selectOption('zh-TW')
  await page
    .getByRole('button', { name: '登出' })
    .or(page.getByRole('button', { name: '退出登錄' }))
    .first()
    .waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW')

  await page.getByLabel('語言').filter({ visible: true }).selectOption('en')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  for (const path of ['/households', card, '/figures']) {
    await page.goto(path)
    await waitUntilSettled(page)
    await expectAccessible(page, `${path} in English`)
    await expectNothingClipped(page, `${path} in English`)
    expect(await page.getByRole('navigation').first().innerText(), path).not.toMatch(/\p{Script=Han}/u)
    expect(await page.getByRole('button').allInnerTexts(), path).not.toContain(/\p{Script=Han}/u)
  }
  await takePicture(page, 'english')
})
