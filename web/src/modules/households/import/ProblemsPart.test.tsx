import { screen, waitFor, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { ImportProblem } from '@tiejun/contract/households/import-problems.ts'
import { beforeEach, expect, test } from 'vitest'
import { chooseLocale } from '../../../platform/i18n/i18n.ts'
import { answerBy, type Asked } from '../../../testing/server.ts'
import { aFaultyImport, anImport, answerCardWords, aProblem, renderImport } from './testing.ts'

beforeEach(answerCardWords)

function answerProblems(...rows: ImportProblem[]) {
  const asked: Asked[] = []
  answerBy(importEndpoints.problems, (request) => {
    asked.push(request)
    return { rows, total: rows.length, next: null }
  })
  return { last: () => Object.fromEntries(asked.at(-1)?.url.searchParams ?? []) }
}

test('a problem says where it stands, what is wrong and what to do', async () => {
  answerProblems(
    aProblem(),
    aProblem({
      id: 2,
      row: 9,
      column: 'H',
      header: '健康状况',
      field: 'member.health',
      value: '残废',
      code: 'unknown_value',
      params: { enumeration: 'health', suggestion: '残疾' },
    }),
    aProblem({
      id: 3,
      row: 12,
      column: 'K',
      header: '工资性收入',
      value: null,
      code: 'total_differs',
      severity: 'warning',
      params: { declaredFen: 100_000, computedFen: 90_050 },
    }),
  )
  renderImport(aFaultyImport(), 'check')
  const list = within(await screen.findByRole('region', { name: '全部问题' }))
  const checksum = within(await list.findByRole('row', { name: /4117\*+9986/ }))
  for (const text of ['7', 'F', '错误', '证件号码', '41172200001'])
    expect(checksum.getByText(text)).toBeVisible()
  expect(checksum.getByText('证件号码最后一位与前面的数字对不上，多半有一位录错了。')).toBeVisible()
  expect(checksum.getByText('请对照证件逐位核对。')).toBeVisible()
  const unknown = within(list.getByRole('row', { name: /残废/ }))
  expect(unknown.getByText('“健康状况”没有这个选项。')).toBeVisible()
  expect(unknown.getByText('是不是想填“残疾”？可以填的有：健康、残疾。')).toBeVisible()
  const total = within(list.getByRole('row', { name: /提醒/ }))
  expect(total.getByText('文件里写的合计是 1,000.00 元，各项加起来是 900.50 元。')).toBeVisible()
  expect(total.getByText('空')).toBeVisible()
})

test('the numbers stand above, and the error workbook can be downloaded while there are errors', async () => {
  answerProblems(aProblem())
  renderImport(aFaultyImport(), 'check')
  const [summary] = await screen.findAllByRole('region', { name: '检查结果' })
  const numbers = within(summary!)
    .getAllByRole('term')
    .map((term) => term.parentElement?.textContent)
  expect(numbers).toEqual(['错误3有错误的户不能导入', '有错误的户2', '提醒1不影响导入，请看一眼'])
  expect(within(summary!).getByRole('button', { name: '下载错误工作簿' })).toBeVisible()
})

test('one kind alone is shown by one click, and the address keeps it', async () => {
  const { last } = answerProblems(aProblem())
  const { user, router } = renderImport(aFaultyImport(), 'check')
  const groups = within(await screen.findByRole('region', { name: '按种类看' }))
  const row = within(groups.getByRole('row', { name: /证件号码有一位录错了/ }))
  expect(row.getByText('2 处')).toBeVisible()
  await user.click(row.getByRole('button', { name: '只看这一种' }))
  await waitFor(() => expect(last()).toEqual({ code: 'id_number_checksum', header: '证件号码' }))
  expect(new URLSearchParams(router.state.location.search).get('code')).toBe('id_number_checksum')
  // Back to all of them.
  await user.click(screen.getByRole('button', { name: '清除筛选' }))
  await waitFor(() => expect(last()).toEqual({}))
})

test('warnings alone are shown by the filter', async () => {
  const { last } = answerProblems(aProblem())
  const { user } = renderImport(aFaultyImport(), 'check')
  const list = within(await screen.findByRole('region', { name: '全部问题' }))
  await user.click(list.getByLabelText('轻重'))
  await user.click(await screen.findByTitle('提醒'))
  await waitFor(() => expect(last()).toEqual({ severity: 'warning' }))
})

test('of many kinds the most frequent are listed first, the rest when asked for', async () => {
  answerProblems(aProblem())
  const kinds = ['required', 'not_a_date', 'not_a_year', 'no_head', 'too_big', 'too_small', 'phone_invalid']
  const { user } = renderImport(
    aFaultyImport({
      problemGroups: kinds.map((code, at) => ({
        code,
        severity: 'error',
        sheet: '户卡',
        header: `列${at}`,
        count: 10 - at,
      })),
    }),
    'check',
  )
  const groups = within(await screen.findByRole('region', { name: '按种类看' }))
  expect(groups.queryByText('电话号码不对')).toBeNull()
  await user.click(groups.getByRole('button', { name: '再列出 1 种' }))
  expect(groups.getByText('电话号码不对')).toBeVisible()
})

test('a problem of the whole file names no row', async () => {
  answerProblems(
    aProblem({
      sheet: null,
      row: null,
      column: null,
      header: null,
      field: null,
      value: null,
      code: 'no_rows',
      householdNo: null,
    }),
  )
  renderImport(
    aFaultyImport({
      problemGroups: [{ code: 'no_rows', severity: 'error', sheet: null, header: null, count: 1 }],
      allowedActions: ['check', 'discard'],
    }),
    'check',
  )
  const list = within(await screen.findByRole('region', { name: '全部问题' }))
  const row = within(await list.findByRole('row', { name: /只有表头，没有内容/ }))
  expect(row.getByText('整个文件')).toBeVisible()
  expect(screen.getByText('检查完成，文件整体有问题')).toBeVisible()
  expect(screen.queryByRole('button', { name: '下载错误工作簿' })).toBeNull()
})

test('a clean file says so, and what was tidied is told with examples', async () => {
  renderImport(
    anImport({
      normalisations: [
        {
          sheet: '户卡',
          header: '出生日期',
          field: 'member.birthOn',
          kind: 'date_form',
          count: 1_200,
          examples: [{ row: 8, before: '1965年3月12日', after: '1965-03-12' }],
        },
      ],
    }),
    'check',
  )
  expect(await screen.findByText('没有发现问题')).toBeVisible()
  expect(screen.queryByRole('region', { name: '全部问题' })).toBeNull()
  const tidied = within(screen.getByRole('region', { name: '系统替您整理的写法' }))
  const row = within(tidied.getByRole('row', { name: /出生日期/ }))
  for (const text of ['统一日期的写法', '1,200', '第 8 行', '1965年3月12日', '1965-03-12'])
    expect(row.getByText(text)).toBeVisible()
})

test('the wording of the contract is shown in traditional letters to who reads those', async () => {
  await chooseLocale('zh-TW')
  try {
    answerProblems(aProblem())
    renderImport(aFaultyImport(), 'check')
    expect(await screen.findByText('證件號碼最後一位與前面的數字對不上，多半有一位錄錯了。')).toBeVisible()
    expect(screen.getByText('證件號碼有一位錄錯了')).toBeVisible()
  } finally {
    await chooseLocale('zh-CN')
  }
})
