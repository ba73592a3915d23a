import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { DEMO_PASSWORD } from '../../server/src/modules/organisation/index.ts'

export const OFFICE_SCREEN = { width: 1366, height: 768 }
export const PHONE_SCREEN = { width: 390, height: 844 }
export const SCREENSHOTS = join(import.meta.dirname, '../../test-results')

/** One person in front of a browser of their own. */
export interface Desk {
  page: Page
  context: BrowserContext
  /** What the browser complained about: errors of scripts and of the console, answers of a failing server. */
  troubles: string[]
}

interface Sitting {
  screen?: { width: number; height: number }
  isPhone?: boolean
}

const desks: Desk[] = []
let browser: Promise<Browser> | undefined

/** A refusal (4xx) is part of many stories and shown by the page itself; the browser's remark on it says nothing more. */
const isRefusal = (text: string): boolean => /Failed to load resource: .* status of 4\d\d/.test(text)

/** Opens a fresh browser profile, as on a machine nobody has used. */
export async function sitDown({ screen = OFFICE_SCREEN, isPhone = false }: Sitting = {}): Promise<Desk> {
  browser ??= chromium.connect(inject('places').browser)
  const context = await (
    await browser
  ).newContext({
    baseURL: inject('places').url,
    viewport: screen,
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Half-faded text has half the contrast.
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  // Everything is on this machine: what is not there after ten seconds does not come.
  page.setDefaultTimeout(10_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message.text())) troubles.push(`console: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} ${response.url()}`)
  })
  const desk = { page, context, troubles }
  desks.push(desk)
  return desk
}

/** Signs in on the sign-in page, as people do. */
export async function signIn(page: Page, username: string, password = DEMO_PASSWORD): Promise<void> {
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** A desk at which somebody of the demo county has signed in, on the page they see first. */
export async function sitDownAs(username: string, sitting?: Sitting): Promise<Desk> {
  const desk = await sitDown(sitting)
  await signIn(desk.page, username)
  await desk.page.getByRole('heading', { level: 1 }).waitFor()
  await desk.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return desk
}

afterEach(async ({ task }) => {
  const left = desks.splice(0)
  if (task.result?.state === 'fail') await keepPictures(task.name, left)
  await Promise.all(left.map((desk) => desk.context.close()))
  expect(left.flatMap((desk) => desk.troubles)).toEqual([])
})

afterAll(async () => {
  await (await browser)?.close()
  browser = undefined
})

async function keepPictures(story: string, left: readonly Desk[]): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const name = story.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  for (const [index, { page }] of left.entries()) {
    const path = join(SCREENSHOTS, `failed-${name}-${index + 1}.png`)
    await page.screenshot({ path, timeout: 5000 }).catch(() => undefined)
  }
}
