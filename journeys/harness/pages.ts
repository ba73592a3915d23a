import type { Locator, Page } from 'playwright-core'

/** Opens an entry of the main menu. */
export async function openMenu(page: Page, entry: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '主菜单' })
    .getByRole('link', { name: entry, exact: true })
    .click()
  await page.getByRole('heading', { level: 1, name: entry, exact: true }).waitFor()
}

/** Chooses an option in a drop-down list, typing its beginning where the list can be searched. */
export async function choose(page: Page, box: Locator, option: string): Promise<void> {
  await box.click()
  if ((await box.getAttribute('readonly')) === null) await box.fill(option)
  await page.locator('.ant-select-item-option:visible').filter({ hasText: option }).first().click()
}

/** How many records the list on the page says there are. */
export async function shownTotal(page: Page): Promise<number> {
  const text = await page
    .getByText(/共 [\d,]+ 条/)
    .first()
    .innerText()
  return Number(/共 ([\d,]+) 条/.exec(text)?.[1]?.replaceAll(',', ''))
}

/** Searches in the list of cards and waits for what was found. */
export async function searchCards(page: Page, text: string): Promise<void> {
  const answer = page.waitForResponse((response) => /\/api\/households\?.*search=/.test(response.url()))
  const box = page.getByLabel('检索')
  await box.fill(text)
  await box.press('Enter')
  await answer
}

/** Opens the first card of the list; returns its address. */
export async function openFirstCard(page: Page): Promise<string> {
  await page.getByRole('link', { name: '查看', exact: true }).first().click()
  await page.waitForURL(/\/households\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { level: 1, name: /（\d+）/ }).waitFor()
  return new URL(page.url()).pathname
}
