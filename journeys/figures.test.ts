import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sitDownAs } from './harness/desk.ts'
import { lookOver, waitUntilSettled } from './harness/look-over.ts'
import { openMenu, shownTotal } from './harness/pages.ts'

/** How many records a page shows: what its list counts, else the units of the chart and its tables. */
async function countRecords(page: Page): Promise<number> {
  await waitUntilSettled(page)
  const total = page.getByText(/共 [\d,]+ 条/)
  if ((await total.count()) > 0) return shownTotal(page)
  const units = await page
    .locator('main a[href^="/organisation/units/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  return new Set(units).size
}

test('every number of the figures page opens exactly as many records', async () => {
  const { page } = await sitDownAs('leader')
  await openMenu(page, '成效数字')
  await page.getByText('尚未建设').first().waitFor()
  await lookOver(page, 'figures')
  // The months beside them lead to the figures of then, not to records.
  const links = await page.locator('main table a:not([href^="/figures?"])').evaluateAll((found) =>
    found.map((link) => ({
      href: link.getAttribute('href') ?? '',
      value: Number((link.textContent ?? '').replaceAll(/[^\d]/g, '')),
    })),
  )
  expect(links.length).toBeGreaterThan(10)
  for (const { href, value } of links) {
    await page.goto(href)
    await expect.poll(() => countRecords(page), { timeout: 10_000, message: href }).toBe(value)
  }
})
