import { expect, test } from 'vitest'
import { sitDownAs } from './harness/desk.ts'
import { lookOver } from './harness/look-over.ts'
import { openFirstCard, openMenu, searchCards, shownTotal } from './harness/pages.ts'

const OWN_TOWNSHIP = '411722101000'
const OTHER_TOWNSHIP = '411722102000'

test('a township official sees only the own township, and a foreign card as one that is not there', async () => {
  const { page: clerk } = await sitDownAs('clerk')
  await clerk.goto(`/households?area=${OWN_TOWNSHIP}`)
  const ofTownship = await shownTotal(clerk)
  await clerk.goto(`/households?area=${OTHER_TOWNSHIP}`)
  const foreignCard = await openFirstCard(clerk)
  const title = await clerk.getByRole('heading', { level: 1 }).innerText()
  const foreignNumber = /（(\d+)）/.exec(title)?.[1] ?? ''

  const { page } = await sitDownAs('township')
  await openMenu(page, '档卡')
  expect(await shownTotal(page)).toBe(ofTownship)
  const townships = page.locator('main tbody tr').filter({ hasText: '黄埠镇' })
  expect(await townships.count()).toBe(await page.locator('main tbody tr').count())
  await lookOver(page, 'list-of-township')
  await searchCards(page, foreignNumber)
  await page.getByText('没有符合条件的记录').waitFor()
  await lookOver(page, 'list-nothing-found')

  await page.goto(foreignCard)
  await page.getByText('没有找到').first().waitFor()
  expect(await page.locator('body').innerText()).not.toMatch(foreignNumber)
  await lookOver(page, 'card-not-found')
  await openMenu(page, '档卡')
  expect(await shownTotal(page)).toBe(ofTownship)
})
