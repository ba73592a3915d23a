import { expect, test } from 'vitest'
import { sitDownAs } from './harness/desk.ts'
import { lookOver, waitUntilSettled } from './harness/look-over.ts'
import { choose, openMenu } from './harness/pages.ts'

test('the director moves a cadre to another group, ends the post and gives a new one; the history stays', async () => {
  const { page } = await sitDownAs('director')
  await openMenu(page, '区划')
  await lookOver(page, 'areas')
  await openMenu(page, '组织机构')
  await page.getByRole('heading', { name: '组织机构图' }).waitFor()
  await lookOver(page, 'organisation')
  await page.getByRole('link', { name: '产业发展组', exact: true }).click()
  await page.getByRole('region', { name: '岗位与任职列表' }).waitFor()
  await lookOver(page, 'working-group')

  const move = page.getByRole('button', { name: /^调整.+干事）$/ }).last()
  const name = /^调整(.+)的岗位/.exec((await move.getAttribute('aria-label')) ?? '')?.[1] ?? ''
  await move.click()
  const dialog = page.getByRole('dialog', { name: new RegExp(`^调整${name}`) })
  await choose(page, dialog.getByLabel('单位'), '基础设施组')
  await choose(page, dialog.getByLabel('岗位'), '基础设施组干事')
  await dialog.getByLabel('依据').fill('脱贫办人员调整通知〔2018〕2号')
  await lookOver(page, 'move-dialog')
  await dialog.getByRole('button', { name: '调整', exact: true }).click()
  await page.getByText(`已调整：${name}`).waitFor()

  await page.getByRole('region', { name: '历史任职列表' }).getByRole('link', { name }).first().click()
  const holdings = page.getByRole('region', { name: '任职经历列表' })
  await holdings.getByRole('row').filter({ hasText: '基础设施组' }).first().waitFor()
  await waitUntilSettled(page)
  await lookOver(page, 'person')
  await page
    .getByRole('button', { name: `免去${name}的` })
    .first()
    .click()
  const ending = page.getByRole('dialog', { name: new RegExp(`^免去${name}`) })
  await ending.getByLabel('原因').fill('返回原单位工作')
  await ending.getByRole('button', { name: '免去', exact: true }).click()
  await page.getByText(`已免去：${name}`).waitFor()
  await holdings.getByText('返回原单位工作').waitFor()

  await page.getByRole('button', { name: '任命岗位' }).click()
  const giving = page.getByRole('dialog', { name: '任命岗位' })
  await choose(page, giving.getByLabel('单位'), '产业发展组')
  await choose(page, giving.getByLabel('岗位'), '产业发展组干事')
  await giving.getByLabel('依据').fill('抽调令〔2018〕3号')
  await giving.getByRole('button', { name: '任命', exact: true }).click()
  await page.getByText(`已任命：${name}`).waitFor()
  // Three posts stand in the history: the old one, the one that was ended, the new one.
  await expect.poll(() => holdings.locator('tbody tr').count(), { timeout: 5000 }).toBeGreaterThanOrEqual(3)
})
