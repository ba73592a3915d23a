import { beforeAll, expect, test } from 'vitest'
import { FIRST_PAGE_LIMIT_BYTES, measurePages } from '../scripts/measure-web.ts'
import { buildWebWhenNeeded } from '../server/src/commands/web-build.ts'

/** Where one arrives first: signing in, and the page each kind of person lands on after it. */
const FIRST_PAGES = [
  'SignInPage',
  'AccountPage',
  'AccountsPage',
  'PermissionsPage',
  'AuditPage',
  'FiguresPage',
]

beforeAll(() => buildWebWhenNeeded(() => undefined))

test('the first page loads at most 350 KB of JavaScript, for everybody', () => {
  const pages = measurePages().filter(({ page }) => FIRST_PAGES.some((name) => page.endsWith(`/${name}.tsx`)))
  expect(pages.length).toBeGreaterThanOrEqual(5)
  for (const { page, gzipBytes, chunks } of pages) {
    expect(gzipBytes, `${page}: ${JSON.stringify(chunks)}`).toBeLessThanOrEqual(FIRST_PAGE_LIMIT_BYTES)
  }
})
