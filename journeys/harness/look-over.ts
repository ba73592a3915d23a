import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { demoAccounts } from '../../server/src/modules/organisation/index.ts'
import { OFFICE_SCREEN, PHONE_SCREEN, SCREENSHOTS } from './desk.ts'
import { findClippedText, findLatinWords } from './page-probes.ts'

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Words in Latin letters that a Chinese office reads as they are: file kinds, standards, keys, names of accounts. */
const OFFICE_WORDS = [
  'KB',
  'MB',
  'XLSX',
  'CSV',
  'Excel',
  'WPS',
  'GB',
  'UTF',
  'TOTP',
  'SM',
  'Ctrl',
  'xlsx',
  'csv',
]
const KNOWN_WORDS = new Set(
  demoAccounts()
    .flatMap(({ username }) => username.split('-'))
    .concat(OFFICE_WORDS),
)

interface Looking {
  /** Further Latin words, which the story itself put there. */
  words?: string[]
  screens?: { width: number; height: number }[]
}

/**
 * Everything a visitor would complain about on the page as it stands: WCAG 2.2 AA, foreign words, cut-off text at both sizes. The story
 * goes on after a complaint, so that one run tells all of them.
 */
export async function lookOver(
  page: Page,
  name: string,
  { words = [], screens = [OFFICE_SCREEN, PHONE_SCREEN] }: Looking = {},
): Promise<void> {
  await waitUntilSettled(page)
  await expectAccessible(page, name)
  await expectChinese(page, name, words)
  const size = page.viewportSize() ?? OFFICE_SCREEN
  for (const screen of screens) {
    if (page.viewportSize()?.width !== screen.width) await page.setViewportSize(screen)
    await expectNothingClipped(page, `${name} ${screen.width}×${screen.height}`)
    await takePicture(page, `${name}-${screen.width}`)
  }
  if (page.viewportSize()?.width !== size.width) await page.setViewportSize(size)
}

/** No request under way and nothing that says it is loading. */
export async function waitUntilSettled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

/** No violation of WCAG 2.2 AA that axe can find. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(WCAG_22_AA)
  // What lies behind a question cannot be reached, wherever it was scrolled to.
  const isAsking = (await page.locator('.ant-modal-wrap:visible').count()) > 0
  const { violations } = await (isAsking ? axe.include('.ant-modal-wrap') : axe).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  )
  expect.soft(found, `accessibility of ${name}`).toEqual([])
}

/** Nothing visible in Latin words: the interface is Chinese. */
export async function expectChinese(page: Page, name: string, expected: string[] = []): Promise<void> {
  const words = await page.evaluate(findLatinWords)
  const strange = words.filter(({ word }) => !KNOWN_WORDS.has(word) && !expected.includes(word))
  expect.soft(strange, `foreign words on ${name}`).toEqual([])
}

/** No text is cut off, and the page needs no scrolling sideways. */
export async function expectNothingClipped(page: Page, name: string): Promise<void> {
  expect.soft(await page.evaluate(findClippedText), `cut-off text on ${name}`).toEqual([])
}

/** Keeps a picture of the page in test-results/. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })
}
