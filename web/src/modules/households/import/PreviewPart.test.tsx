import { screen, waitFor, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { ImportPreviewRow } from '@tiejun/contract/households/import.ts'
import { beforeEach, expect, test } from 'vitest'
import { answerBy, type Asked } from '../../../testing/server.ts'
import {
  anImport,
  answerCardWords,
  HOUSEHOLD_ID,
  IMPORT_ID,
  renderImport,
  someCounts,
  someRecords,
} from './testing.ts'

beforeEach(answerCardWords)

const aRow = (given: Partial<ImportPreviewRow> = {}): ImportPreviewRow => ({
  entity: 'household',
  sheet: '户卡',
  row: 7,
  recordId: HOUSEHOLD_ID,
  householdId: HOUSEHOLD_ID,
  householdNo: '41172200001',
  villageCode: '411722101001',
  villageName: '陈庄村',
  name: null,
  year: null,
  changes: [],
  conflicts: [],
  ...given,
})

function answerPreview(...rows: ImportPreviewRow[]) {
  const asked: Asked[] = []
  answerBy(importEndpoints.preview, (request) => {
    asked.push(request)
    return { rows, total: rows.length, next: null }
  })
  return { last: () => Object.fromEntries(asked.at(-1)?.url.searchParams ?? []) }
}

test('what changes comes first, field by field, and leads to the card', async () => {
  const { last } = answerPreview(
    aRow({
      changes: [
        { field: 'household.isRelocated', before: false, after: true },
        { field: 'household.phone', before: null, after: '139****7777' },
      ],
    }),
  )
  renderImport(anImport())
  const row = within(await screen.findByRole('row', { name: /41172200001/ }))
  expect(last()).toEqual({ kind: 'changed', entity: 'household' })
  expect(row.getByRole('link', { name: '41172200001' })).toHaveAttribute(
    'href',
    `/households/${HOUSEHOLD_ID}`,
  )
  const changes = row.getAllByRole('listitem').map((item) => item.textContent)
  expect(changes).toEqual(['是否搬迁户 原来 否 → 改为 是', '联系电话 原来 （空） → 改为 139****7777'])
  expect(row.getByText('户卡 第 7 行')).toBeVisible()
  expect(screen.getByText('登记册里已有，只改下面列出的项目，别的不动。')).toBeVisible()
})

test('money and codes read as on the card, and a long list unfolds', async () => {
  const changes = Array.from({ length: 6 }, (_, at) => ({
    field: at === 0 ? 'incomeYear.wageFen' : `incomeYear.item${at}Fen`,
    before: 100_000,
    after: 123_450,
  }))
  answerPreview(aRow({ entity: 'incomeYear', year: 2017, changes }))
  const { user } = renderImport(anImport(), 'preview/changed/incomeYear')
  const row = within(await screen.findByRole('row', { name: /41172200001/ }))
  expect(row.getByText('2017')).toBeVisible()
  expect(row.getAllByRole('listitem')[0]).toHaveTextContent(/工资性收入.*1,000.00.*→.*1,234.50/)
  expect(row.getAllByRole('listitem')).toHaveLength(4)
  await user.click(row.getByRole('button', { name: '还有 2 项' }))
  expect(row.getAllByRole('listitem')).toHaveLength(6)
})

test('kinds and parts are chosen by links that say how many there are', async () => {
  const { last } = answerPreview()
  const { user, router } = renderImport(anImport({ counts: someCounts({ absentPersons: 4 }) }))
  const kinds = within(await screen.findByRole('navigation', { name: '看哪一类' }))
  expect(kinds.getAllByRole('link').map((link) => link.textContent)).toEqual([
    '新增 12',
    '修改 3',
    '不变 25',
    '与登记册矛盾 0',
    '文件里没有的人 4',
  ])
  await user.click(kinds.getByRole('link', { name: /新增/ }))
  const parts = within(screen.getByRole('navigation', { name: '看哪一部分' }))
  await user.click(parts.getByRole('link', { name: '家庭成员 30' }))
  await waitFor(() => expect(last()).toEqual({ kind: 'new', entity: 'member' }))
  expect(router.state.location.pathname).toBe(`/household-imports/${IMPORT_ID}/preview/new/member`)
  expect(parts.getByRole('link', { name: '家庭成员 30' })).toHaveAttribute('aria-current', 'true')
})

test('absent persons are always persons, named, without a place in the file', async () => {
  const { last } = answerPreview(aRow({ entity: 'member', sheet: null, row: null, name: '王秀兰' }))
  renderImport(anImport(), 'preview/absent/household')
  const row = within(await screen.findByRole('row', { name: /王秀兰/ }))
  expect(last()).toEqual({ kind: 'absent', entity: 'member' })
  expect(row.getByRole('link')).toHaveAttribute('href', `/households/${HOUSEHOLD_ID}`)
  expect(screen.queryByRole('columnheader', { name: '在文件中' })).toBeNull()
  expect(screen.queryByRole('navigation', { name: '看哪一部分' })).toBeNull()
  expect(screen.getByText(/导入不会删去他们/)).toBeVisible()
})

test('what contradicts the registry says how, and leads nowhere when the household is not known', async () => {
  answerPreview(
    aRow({ householdId: null, recordId: null, conflicts: ['household_in_other_village', 'person_no_taken'] }),
  )
  renderImport(anImport(), 'preview/conflicting/household')
  const row = within(await screen.findByRole('row', { name: /41172200001/ }))
  expect(row.getByText('登记册里这个户编号在别的村；人编号已被管辖范围外的人使用')).toBeVisible()
  expect(row.queryByRole('link')).toBeNull()
})

test.for([
  ['new', '没有新增的'],
  ['unchanged', '没有内容不变的'],
  ['conflicting', '没有与登记册矛盾的'],
  ['absent', '文件里的户，人都在文件里'],
] as const)('nothing of the kind %s is said in words', async ([kind, words]) => {
  answerPreview()
  renderImport(anImport(), `preview/${kind}/household`)
  expect(await screen.findByText(words)).toBeVisible()
})

test('the same file again: nothing to change, and that is said', async () => {
  const { last } = answerPreview()
  const same = someRecords({ rows: 40, unchanged: 40 })
  renderImport(
    anImport({
      counts: someCounts({ households: same, persons: same, incomeYears: same }),
      allowedActions: ['check', 'discard'],
    }),
  )
  expect(await screen.findByText('没有需要导入的内容')).toBeVisible()
  await waitFor(() => expect(last()).toEqual({ kind: 'unchanged', entity: 'household' }))
})
