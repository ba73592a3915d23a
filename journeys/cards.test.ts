import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sitDownAsAdministrator } from './harness/authenticator.ts'
import { sitDownAs } from './harness/desk.ts'
import { lookOver, waitUntilSettled } from './harness/look-over.ts'
import { openFirstCard, openMenu, searchCards } from './harness/pages.ts'

const SECTION = '生产生活条件'
const DISTANCE = '距村主干路'

const sectionOf = (page: Page) => page.getByRole('region', { name: SECTION, exact: true })

async function beginEdit(page: Page): Promise<void> {
  await page.getByRole('button', { name: `编辑${SECTION}` }).click()
  await page.getByLabel(DISTANCE).waitFor()
}

async function save(page: Page): Promise<void> {
  await sectionOf(page).getByRole('button', { name: '保存' }).click()
}

test('two people edit the same section: the second sees both versions and decides', async () => {
  const [{ page: clerk }, { page: coordinator }] = [await sitDownAs('clerk'), await sitDownAs('coordinator')]
  await openMenu(clerk, '档卡')
  const card = await openFirstCard(clerk)
  await coordinator.goto(card)
  await beginEdit(clerk)
  await beginEdit(coordinator)
  await lookOver(coordinator, 'card-editing')

  await clerk.getByLabel(DISTANCE).fill('3.21')
  await save(clerk)
  await sectionOf(clerk).getByText('3.21').waitFor()
  await coordinator.getByLabel(DISTANCE).fill('6.54')
  await save(coordinator)

  const dialog = coordinator.getByRole('dialog', { name: '别人刚刚修改了同一内容' })
  await dialog.getByText('3.21').waitFor()
  await dialog.getByText('6.54').waitFor()
  await dialog.getByText('还有 1 项没有选择').waitFor()
  expect(await dialog.getByRole('button', { name: '按选择保存' }).isDisabled()).toBe(true)
  await lookOver(coordinator, 'card-conflict')
  await dialog.getByRole('radio', { name: '采用您填写的内容' }).check()
  await dialog.getByRole('button', { name: '按选择保存' }).click()
  await sectionOf(coordinator).getByText('6.54').waitFor()

  await coordinator.getByRole('link', { name: '修改记录' }).click()
  const row = coordinator.getByRole('row').filter({ hasText: '6.54' })
  await row.filter({ hasText: '3.21' }).waitFor()
  await lookOver(coordinator, 'card-history')
})

test('an ID number is seen in full only with a reason, and the audit says who saw it and why', async () => {
  const reason = '入户核对身份证原件'
  const { page } = await sitDownAs('director')
  await openMenu(page, '档卡')
  await openFirstCard(page)
  await lookOver(page, 'card')
  const members = page.getByRole('region', { name: '家庭成员', exact: true })
  expect(await members.innerText()).not.toMatch(/\d{17}[\dX]/)

  await members
    .getByRole('button', { name: /查看完整的证件号码/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: '查看完整的证件号码' })
  await lookOver(page, 'unmask')
  await dialog.getByRole('button', { name: '查看' }).click()
  await dialog.getByText('请填写事由').waitFor()
  await dialog.getByLabel('事由').fill(reason)
  await dialog.getByRole('button', { name: '查看' }).click()
  await expect.poll(() => members.innerText(), { timeout: 5000 }).toMatch(/\d{17}[\dX]/)

  const { page: audit } = await sitDownAsAdministrator('audit-admin')
  await audit.goto('/audit?action=household.unmasked')
  const entry = audit.getByRole('row').filter({ hasText: reason })
  await entry.filter({ hasText: 'director' }).waitFor()
  await lookOver(audit, 'audit')
})

test('a card is printed on A4 as the paper card, without menu and buttons', async () => {
  const { page } = await sitDownAs('clerk')
  await openMenu(page, '档卡')
  await searchCards(page, '王')
  await openFirstCard(page)
  await waitUntilSettled(page)

  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)]
  expect(boxes.length).toBeGreaterThan(0)
  for (const [, width, height] of boxes) {
    // 210 × 297 mm in points.
    expect(Number(width)).toBeCloseTo(595.3, -0.5)
    expect(Number(height)).toBeCloseTo(841.9, -0.5)
  }

  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  const text = await page.locator('body').innerText()
  expect(text).toMatch('建档立卡登记表')
  expect(text).toMatch('与户主关系')
  for (const word of ['主菜单', '退出登录', '跳到正文', '编辑', '打印\n']) expect(text).not.toMatch(word)
})
