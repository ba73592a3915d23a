import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { sitDownAsAdministrator } from './harness/authenticator.ts'
import { sitDownAs } from './harness/desk.ts'
import { lookOver, waitUntilSettled } from './harness/look-over.ts'
import { openMenu, shownTotal } from './harness/pages.ts'
import { inventWorkbook, putRight, readSheet, saveSheet } from './harness/workbooks.ts'

const fileAt = (name: string) => join(inject('places').folder, name)

/** Uploads a file and waits until the check has said something. */
async function upload(page: Page, path: string): Promise<void> {
  await openMenu(page, '户卡导入')
  await page.getByRole('button', { name: '导入文件' }).first().click()
  await page.getByRole('heading', { level: 1, name: '导入文件' }).waitFor()
  await page.getByLabel('要导入的文件').setInputFiles(path)
  await page.waitForURL(/\/household-imports\/[0-9a-f-]{36}$/)
  await page
    .getByText(/^(检查完成|没有需要导入的内容)/)
    .first()
    .waitFor({ timeout: 60_000 })
}

const goTo = (page: Page, step: string) =>
  page.getByRole('navigation', { name: '导入步骤' }).getByRole('link', { name: step }).click()

async function commit(page: Page): Promise<void> {
  await goTo(page, '提交')
  await page.getByRole('button', { name: '导入…' }).click()
  await page.getByRole('button', { name: '确认导入' }).click()
  await page.getByText('导入完成').waitFor({ timeout: 60_000 })
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: '撤销整个导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click()
}

/** Puts the error workbook right with the papers at hand. */
async function repair(errors: string, papers: string, repaired: string): Promise<void> {
  await saveSheet(repaired, putRight(await readSheet(errors), await readSheet(papers)))
}

test('a workbook with errors is imported without them, put right, and imported whole', async () => {
  const [faulty, papers] = [fileAt('黄埠镇户卡.xlsx'), fileAt('原始材料.xlsx')]
  const invented = { households: 60, seed: 7 }
  await inventWorkbook(faulty, { ...invented, errorPercent: 12 })
  await inventWorkbook(papers, invented)
  const { page } = await sitDownAs('clerk')
  await openMenu(page, '户卡导入')
  await lookOver(page, 'imports')
  await page.getByRole('button', { name: '导入文件' }).first().click()
  await lookOver(page, 'import-new')
  await upload(page, faulty)

  await page.getByText(/^检查完成，\d+ 户有错误，共 \d+ 处$/).waitFor()
  const problems = page.getByRole('region', { name: '全部问题', exact: true })
  await problems.getByText('证件号码最后一位与前面的数字对不上，多半有一位录错了。').first().waitFor()
  await lookOver(page, 'import-problems')
  await page
    .getByRole('row', { name: /证件号码有一位录错了/ })
    .getByRole('button', { name: '只看这一种' })
    .click()
  await expect.poll(() => problems.getByText('性别与证件号码不相符').count()).toBe(0)
  await goTo(page, '识别列')
  await page.getByRole('region', { name: '认出的列', exact: true }).waitFor()
  await lookOver(page, 'import-columns')

  await goTo(page, '检查')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载错误工作簿' }).click()
  const errors = fileAt((await download).suggestedFilename())
  expect(errors).toMatch(/黄埠镇户卡-有误\.xlsx$/)
  await (await download).saveAs(errors)
  const repaired = fileAt('改好的户卡.xlsx')
  await repair(errors, papers, repaired)

  await goTo(page, '提交')
  await page.getByRole('checkbox', { name: '只导入没有问题的户' }).check()
  await lookOver(page, 'import-commit')
  await page.getByRole('button', { name: '导入…' }).click()
  await lookOver(page, 'import-commit-dialog')
  await page.getByRole('button', { name: '确认导入' }).click()
  const rest = await page.getByText(/有错误的 \d+ 户没有导入/).innerText()
  const leftOut = Number(/有错误的 (\d+) 户/.exec(rest)?.[1])
  expect(leftOut).toBeGreaterThan(5)
  await lookOver(page, 'import-done')

  await upload(page, repaired)
  await page.getByText('检查完成，没有发现错误').waitFor()
  await lookOver(page, 'import-preview-new')
  await commit(page)
  await page.getByRole('link', { name: '查看这次导入的户' }).click()
  await page.waitForURL(/\/households\?importId=/)
  await expect.poll(() => shownTotal(page)).toBe(leftOut)

  // The whole file has arrived: what was clean first, what was put right second.
  await upload(page, papers)
  await page.getByText('没有需要导入的内容').waitFor()
})

test('an imported person is found by two characters; who edits the card keeps the import from being undone', async () => {
  const file = fileAt('杨集镇户卡.xlsx')
  await inventWorkbook(file, { households: 12, seed: 41 })
  const { header, rows } = await readSheet(file)
  const name = String(rows[0]?.[header.indexOf('姓名')])
  const village = String(rows[0]?.[header.indexOf('行政村')])
  const number = String(rows[0]?.[0])
  const { page } = await sitDownAs('clerk')
  await upload(page, file)
  await commit(page)
  const done = page.url()

  await openMenu(page, '档卡人员')
  await page.getByLabel('检索').fill(name.slice(0, 2))
  await page.getByLabel('检索').press('Enter')
  await page.getByText(`姓名含 ${name.slice(0, 2)}`).waitFor()
  await waitUntilSettled(page)
  await page
    .getByRole('row')
    .filter({ hasText: village })
    .getByRole('link', { name, exact: true })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: new RegExp(`（${number}）`) }).waitFor()
  await page.getByRole('button', { name: '编辑生产生活条件' }).click()
  await page.getByLabel('距村主干路').fill('7.89')
  const section = page.getByRole('region', { name: '生产生活条件', exact: true })
  await section.getByRole('button', { name: '保存' }).click()
  await section.getByText('7.89').waitFor()

  const { page: audit } = await sitDownAsAdministrator('audit-admin')
  await audit.goto('/audit')
  const edited = audit.getByRole('row').filter({ hasText: '7.89' })
  await edited.filter({ hasText: '修改生产生活条件' }).filter({ hasText: number }).waitFor()
  await audit
    .getByRole('row')
    .filter({ hasText: '确认导入' })
    .filter({ hasText: '杨集镇户卡' })
    .first()
    .waitFor()

  await page.goto(done)
  await undo(page)
  const blockers = page.getByRole('region', { name: '撤销之前要先商量的户', exact: true })
  await blockers.getByRole('row').filter({ hasText: number }).waitFor()
  await lookOver(page, 'import-undo-blocked')
})

test('the same file twice changes nothing, and an import nobody built on is undone without a trace', async () => {
  const file = fileAt('重渠乡户卡.xlsx')
  await inventWorkbook(file, { households: 10, seed: 8 })
  const { page } = await sitDownAs('clerk')
  await openMenu(page, '档卡')
  const before = await shownTotal(page)
  await upload(page, file)
  await commit(page)
  const done = page.url()
  await openMenu(page, '档卡')
  expect(await shownTotal(page)).toBe(before + 10)

  await upload(page, file)
  await page.getByText('没有需要导入的内容').waitFor()
  await page.getByText('共 10 条', { exact: true }).waitFor()
  await lookOver(page, 'import-same-again')
  await goTo(page, '提交')
  expect(await page.getByRole('button', { name: '导入…' }).isDisabled()).toBe(true)

  await page.goto(done)
  await undo(page)
  await page.getByText('这次导入已整个撤销').waitFor({ timeout: 60_000 })
  await lookOver(page, 'import-undone')
  await openMenu(page, '档卡')
  await expect.poll(() => shownTotal(page)).toBe(before)
})

test('a file that is no workbook is refused with what to do', async () => {
  const { page } = await sitDownAs('clerk')
  await page.goto('/household-imports/new')
  const box = page.getByLabel('要导入的文件')
  await box.setInputFiles({
    name: '户卡.xls',
    mimeType: 'application/vnd.ms-excel',
    buffer: Buffer.from('旧'),
  })
  await page.getByText('这是旧版的 .xls（或 .et）文件').waitFor()
  await lookOver(page, 'import-refused', { words: ['xls', 'et'] })
  const html = Buffer.from('<html><body><table><tr><td>户编号</td></tr></table></body></html>')
  await box.setInputFiles({ name: '户卡.xlsx', mimeType: 'application/octet-stream', buffer: html })
  await page.getByText('这其实是一个网页，只是名字叫表格').waitFor()
  await lookOver(page, 'import-unreadable')
})
