import { afterAll, beforeAll, expect, test } from 'vitest'
import { anIdNumber } from '../../../testing/builders.ts'
import type { Client, TestApp } from '../../../testing/test-app.ts'
import { startTestApp } from '../../../testing/test-app.ts'
import type { Row } from './testing.ts'
import { aSheet, aWorkbook, checked, problemsOf } from './testing.ts'

let app: TestApp
let clerk: Client
let township: Client

beforeAll(async () => {
  app = await startTestApp()
  clerk = await app.as('clerk')
  township = await app.as('township')
})
afterAll(() => app.close())

let given = 0
/** Household and person numbers no other test uses. */
const aNumber = () => `41172200${String((given += 1)).padStart(6, '0')}`
const aDay = () => new Date(Date.UTC(1950, 0, 1 + (given += 1))).toISOString().slice(0, 10)

/** One row of the national export: the head of a household in 黄埠镇. */
function aFlatRow(values: Row = {}): Row {
  const no = aNumber()
  return {
    户编号: no,
    '县(市、区、旗)': '上蔡县',
    '乡(镇)': '黄埠镇',
    行政村: '黄埠社区',
    贫困户属性: '一般贫困户',
    主要致贫原因: '因病',
    '人编号(人口编号)': `${no}1`,
    姓名: '张三',
    证件类型: '居民身份证',
    证件号码: anIdNumber(aDay()),
    与户主关系: '户主',
    民族: '汉族',
    健康状况: '健康',
    '耕地面积（亩）': 3.5,
    其他工资性收入: 1200.5,
    ...values,
  }
}
const spouseOf = (head: Row, values: Row = {}): Row => ({
  ...head,
  '人编号(人口编号)': `${String(head['户编号'])}2`,
  姓名: '李四',
  证件号码: anIdNumber(aDay(), 'female'),
  与户主关系: '配偶',
  ...values,
})
const aFlatFile = (rows: Row[], titles = ['建档立卡人口信息表（2017年度）']) =>
  aWorkbook(aSheet('人员信息', rows, titles))

const commit = (client: Client, id: string, withoutFaulty = false) =>
  client.post(`/household-imports/${id}/commit`, { withoutFaulty })

test('a flat file becomes households, persons, living conditions and incomes', async () => {
  const head = aFlatRow()
  const made = await checked(clerk, await aFlatFile([head, spouseOf(head)]))
  expect(made).toMatchObject({ status: 'checked', layout: 'flat', incomeYear: 2017, errorCount: 0 })
  expect(made.counts).toMatchObject({
    rows: 2,
    households: { new: 1 },
    persons: { new: 2 },
    incomeYears: { new: 1 },
  })

  const { status, body } = await commit(clerk, made.id)
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'committed', leftOutHouseholds: 0 })
  const list = await clerk.get(`/households?importId=${made.id}`)
  expect(list.body.total).toBe(1)
  const card = (await clerk.get(`/households/${list.body.rows[0].id}`)).body
  expect(JSON.stringify(card)).toContain('李四')
})

test('the same file a second time changes nothing', async () => {
  const file = await aFlatFile([aFlatRow()])
  const first = await checked(clerk, file)
  await commit(clerk, first.id)

  const second = await checked(clerk, file)
  expect(second.counts).toMatchObject({
    households: { new: 0, changed: 0, unchanged: 1 },
    persons: { new: 0, changed: 0, unchanged: 1 },
    livingConditions: { unchanged: 1 },
    incomeYears: { unchanged: 1 },
    absentPersons: 0,
  })
  const { status, body } = await commit(clerk, second.id)
  expect(status).toBe(409)
  expect(body).toMatchObject({ code: 'action_not_allowed', detail: { reason: 'nothing_to_change' } })
})

test('changes are shown field by field, taken over, and undone', async () => {
  const head = aFlatRow()
  const first = await checked(clerk, await aFlatFile([head, spouseOf(head)]))
  await commit(clerk, first.id)

  const changed = { ...head, 主要致贫原因: '缺技术', '耕地面积（亩）': 4, 姓名: '张三丰' }
  const second = await checked(clerk, await aFlatFile([changed]))
  expect(second.counts).toMatchObject({
    households: { changed: 1 },
    persons: { changed: 1 },
    absentPersons: 1,
  })
  const preview = await clerk.get(`/household-imports/${second.id}/preview?kind=changed&entity=household`)
  expect(preview.body.rows[0].changes).toEqual([
    { field: 'household.mainCause', before: 'illness', after: 'lack_of_skill' },
  ])
  const [{ sheet }] = (await clerk.get(`/household-imports/${second.id}`)).body.columns
  expect(preview.body.rows[0].sheet, 'the sheet as the file names it').toBe(sheet)
  const absent = await clerk.get(`/household-imports/${second.id}/preview?kind=absent`)
  expect(absent.body.rows.map((row: { name: string }) => row.name)).toEqual(['李四'])

  expect((await commit(clerk, second.id)).status).toBe(200)
  const find = async () => {
    const { rows } = (await clerk.get(`/households?importId=${first.id}`)).body
    return JSON.stringify((await clerk.get(`/households/${rows[0].id}`)).body)
  }
  expect(await find()).toContain('张三丰')

  const undone = await clerk.post(`/household-imports/${second.id}/undo`, {})
  expect(undone.body.status).toBe('undone')
  expect(await find()).not.toContain('张三丰')
  // Nothing stands on the first one any more.
  expect((await clerk.post(`/household-imports/${first.id}/undo`, {})).body.status).toBe('undone')
  expect((await clerk.get(`/households?importId=${first.id}`)).body.total).toBe(0)
})

test('who only looked at a number is not named as having built on an import', async () => {
  const head = aFlatRow()
  const { id } = await checked(clerk, await aFlatFile([head]))
  await commit(clerk, id)
  const [row] = (await clerk.get(`/households?importId=${id}`)).body.rows
  const edited = await township.put(`/households/${row.id}/identity`, {
    expectedVersion: 1,
    values: { address: '村东头' },
  })
  expect(edited.status, edited.raw.body).toBe(200)
  const unmask = { fields: ['idNo'], reason: '核对证件' }
  expect((await township.post(`/households/${row.id}/unmask`, unmask)).status).toBe(200)

  const { body } = await clerk.post(`/household-imports/${id}/undo`, {})
  expect(body.detail.blockers).toMatchObject([{ action: 'household.identity_changed' }])
})

test('an import somebody has built on is not undone, and says what was done', async () => {
  const head = aFlatRow()
  const first = await checked(clerk, await aFlatFile([head]))
  await commit(clerk, first.id)
  const later = await checked(clerk, await aFlatFile([{ ...head, 姓名: '张改名' }]))
  await commit(clerk, later.id)

  const { status, body } = await clerk.post(`/household-imports/${first.id}/undo`, {})
  expect(status).toBe(409)
  expect(body.code).toBe('undo_blocked')
  expect(body.detail).toMatchObject({
    total: 1,
    blockers: [{ householdNo: head['户编号'], action: 'import.committed' }],
  })
})

test('households with errors are left out whole when asked, otherwise nothing is taken', async () => {
  const good = aFlatRow()
  const bad = aFlatRow({ 证件号码: '411722196503129970' })
  const made = await checked(clerk, await aFlatFile([good, bad, spouseOf(bad)]))
  expect(made.counts).toMatchObject({
    households: { new: 1, faulty: 1 },
    persons: { new: 1, faulty: 2 },
    faultyHouseholds: 1,
  })

  const refused = await commit(clerk, made.id)
  expect(refused.status).toBe(409)
  const taken = await commit(clerk, made.id, true)
  expect(taken.body).toMatchObject({ status: 'committed', leftOutHouseholds: 1 })
  expect((await clerk.get(`/households?importId=${made.id}`)).body.total).toBe(1)
})

test('what is wrong is named by row and code', async () => {
  const head = aFlatRow()
  const cases: [Row, string][] = [
    [aFlatRow({ 证件号码: 411722196503129984 }), 'digits_lost'],
    [aFlatRow({ 证件号码: '4117221965031299' }), 'id_number_length'],
    [aFlatRow({ 证件号码: '411722196503129970' }), 'id_number_checksum'],
    [aFlatRow({ 与户主关系: '邻居' }), 'unknown_value'],
    [aFlatRow({ 姓名: null }), 'required'],
    [aFlatRow({ '乡(镇)': null, 行政村: '陈庄' }), 'village_ambiguous'],
    [aFlatRow({ 行政村: '没有这个村' }), 'village_unknown'],
    [aFlatRow({ 户编号: null }), 'household_no_missing'],
    [aFlatRow({ 与户主关系: '之子' }), 'no_head'],
    [aFlatRow({ '耕地面积（亩）': '很多' }), 'not_a_number'],
    [aFlatRow({ '耕地面积（亩）': -1 }), 'too_small'],
    [aFlatRow({ 户联系电话: '12345' }), 'phone_invalid'],
    [aFlatRow({ 首次识别时间: '2014年13月' }), 'not_a_month'],
    [aFlatRow({ 健康状况: '健康、残疾' }), 'healthy_excludes_others'],
    [aFlatRow({ '人编号(人口编号)': `${String(head['户编号'])}1` }), 'person_no_repeated'],
    [aFlatRow({ 证件号码: head['证件号码'] }), 'id_number_repeated'],
    [aFlatRow({ 是否军烈属: '大概' }), 'unknown_yes_no'],
    [aFlatRow({ 性别: '女' }), 'sex_differs_from_id_number'],
  ]
  const made = await checked(clerk, await aFlatFile([head, ...cases.map(([row]) => row)]))
  const found = await problemsOf(clerk, made.id)
  for (const [at, [, code]] of cases.entries()) expect(found).toContain(`${at + 4} ${code}`)
  const { body } = await clerk.get(`/household-imports/${made.id}/problems?code=id_number_checksum`)
  expect(body.rows).toMatchObject([{ header: '证件号码', value: '4117**********9970', severity: 'error' }])
})

test('a repeat that contradicts the first row of its household is a problem', async () => {
  const head = aFlatRow()
  const made = await checked(
    clerk,
    await aFlatFile([head, spouseOf(head, { 主要致贫原因: '因残' }), spouseOf(head)]),
  )
  expect(await problemsOf(clerk, made.id)).toContain('4 contradictory_repeat')
})

test('rows out of reach are problems', async () => {
  const elsewhere = aFlatRow({ '乡(镇)': '杨集镇', 行政村: '杨集村' })
  const made = await checked(township, await aFlatFile([elsewhere]))
  expect(await problemsOf(township, made.id)).toContain('3 village_out_of_reach')
})

test('two clerks commit at once: one wins', async () => {
  const made = await checked(clerk, await aFlatFile([aFlatRow()]))
  const director = await app.as('director')
  const answers = await Promise.all([commit(clerk, made.id), commit(director, made.id)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
})

test('a card changed since the check is checked again first', async () => {
  const head = aFlatRow()
  await commit(clerk, (await checked(clerk, await aFlatFile([head]))).id)
  const waiting = await checked(clerk, await aFlatFile([{ ...head, 姓名: '张等待' }]))
  await commit(clerk, (await checked(clerk, await aFlatFile([{ ...head, 姓名: '张先到' }]))).id)
  const { status, body } = await commit(clerk, waiting.id)
  expect([status, body.code]).toEqual([409, 'changed_meanwhile'])
})

test('the error workbook marks the wrong cells and can be put right and uploaded again', async () => {
  const good = aFlatRow()
  const bad = aFlatRow({ 与户主关系: '邻居' })
  const made = await checked(clerk, await aFlatFile([good, bad]))
  const download = await clerk.get(`/household-imports/${made.id}/error-workbook`)
  expect(download.status).toBe(200)
  const again = await checked(clerk, download.raw.rawPayload)
  expect(await problemsOf(clerk, again.id)).toEqual(['3 unknown_value', '3 no_head'])
  expect(again.counts.households.rows).toBe(1)
})
