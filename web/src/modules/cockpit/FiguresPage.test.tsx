import { screen, within } from '@testing-library/react'
import { cockpitEndpoints } from '@tiejun/contract/cockpit/endpoints.ts'
import type { Figure } from '@tiejun/contract/platform/indicators.ts'
import type { MonthlyFigures } from '@tiejun/contract/cockpit/monthly.ts'
import { beforeEach, expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, answerBy, refuse } from '../../testing/server.ts'
import { largestFirst, shareOf } from './figure-words.ts'

const aFigure = (given: Partial<Figure>): Figure => ({
  id: 'inspections',
  group: 'report',
  label: '督导检查',
  labelEn: 'Inspections',
  unit: '次',
  unitEn: 'times',
  counts: '已开展的督导',
  countsEn: 'Inspections carried out',
  value: null,
  reported: '100+',
  met: null,
  href: null,
  ...given,
})
const groups = aFigure({
  id: 'working_groups',
  label: '工作组',
  unit: '个',
  value: 6,
  reported: '6',
  met: true,
  href: '/organisation?kind=working_group',
})
const corrected = aFigure({
  id: 'records_maintained',
  label: '维护系统信息',
  unit: '条',
  value: 1234,
  reported: '20000+',
  met: false,
})
const households = aFigure({
  id: 'households',
  group: 'registry',
  label: '档卡户数',
  unit: '户',
  value: 8,
  reported: null,
  href: '/households',
})
const illness = aFigure({
  id: 'cause.illness',
  group: 'cause',
  label: '因病',
  unit: '户',
  value: 6,
  reported: null,
  href: '/households?cause=illness',
})
const schooling = aFigure({
  id: 'cause.schooling',
  group: 'cause',
  label: '因学',
  unit: '户',
  value: 2,
  reported: null,
})

const months: MonthlyFigures = {
  months: [
    { month: '2018-01', asOf: '2018-01-31T15:59:59.999Z' },
    { month: '2018-02', asOf: '2018-02-28T15:59:59.999Z' },
    { month: '2018-03', asOf: '2018-03-31T15:59:59.999Z' },
  ],
  series: [
    {
      id: 'households',
      label: '档卡户数',
      labelEn: 'Households',
      unit: '户',
      unitEn: 'households',
      values: [null, 7, 8],
    },
    {
      id: 'persons',
      label: '档卡人数',
      labelEn: 'Persons',
      unit: '人',
      unitEn: 'persons',
      values: [null, 20, 24],
    },
  ],
}
beforeEach(() => answer(cockpitEndpoints.monthly, months))

const open = () => renderApp('/figures', aSession({ actions: ['figures.view'] }))
const rowOf = async (label: string) => (await screen.findByRole('cell', { name: label })).closest('tr')!

test('each figure shows what was reported, ours, and opens the records counted', async () => {
  answer(cockpitEndpoints.figures, {
    figures: [groups, corrected, aFigure({}), households, illness, schooling],
  })
  open()
  const row = await rowOf('工作组')
  expect(within(row).getByRole('link', { name: '6 个' })).toHaveAttribute(
    'href',
    '/organisation?kind=working_group',
  )
  expect(within(row).getByText('达到')).toBeVisible()
  expect(within(await rowOf('维护系统信息')).getByText('1,234 条')).toBeVisible()
  expect(within(await rowOf('维护系统信息')).getByText('未达到')).toBeVisible()
  expect(within(await rowOf('因病')).getByText('75.0%')).toBeVisible()
})

test('a figure of a part not built yet says so and is not called unmet', async () => {
  answer(cockpitEndpoints.figures, { figures: [aFigure({})] })
  open()
  const row = await rowOf('督导检查')
  expect(within(row).getByText('尚未建设')).toBeVisible()
  expect(within(row).queryByText('未达到')).toBeNull()
  expect(within(row).queryByRole('link')).toBeNull()
})

test('the picture is told in words too', async () => {
  answer(cockpitEndpoints.figures, { figures: [schooling, illness] })
  open()
  const picture = await screen.findByRole('figure', { name: /因病 6 户，因学 2 户/ })
  expect(picture).toBeInTheDocument()
})

test('the months are told in words and numbers, and open the figures of their end', async () => {
  answer(cockpitEndpoints.figures, { figures: [households] })
  const { user } = open()
  expect(
    await screen.findByRole('figure', { name: /档卡户数逐月：2018-02 7，2018-03 8/ }),
  ).toBeInTheDocument()
  const march = await screen.findByRole('link', { name: '2018-03' })
  expect(march).toHaveAttribute('href', '/figures?asOf=2018-03-31T15%3A59%3A59.999Z')
  expect(within(march.closest('tr')!).getByText('8 户')).toBeVisible()
  // Nothing is known of the month before the first record, which is not the same as nobody.
  expect(screen.queryByRole('link', { name: '2018-01' })).toBeNull()
  await user.selectOptions(screen.getByLabelText('数字'), '档卡人数')
  expect(
    within((await screen.findByRole('link', { name: '2018-03' })).closest('tr')!).getByText('24 人'),
  ).toBeVisible()
})

test('the figures of a past day say so and are asked as of it', async () => {
  const asked: (string | null)[] = []
  answerBy(cockpitEndpoints.figures, ({ url }) => {
    asked.push(url.searchParams.get('asOf'))
    return { figures: [households], asOf: '2017-12-31T15:59:59.999Z' }
  })
  renderApp('/figures?asOf=2017-12-31', aSession({ actions: ['figures.view'] }))
  expect(await screen.findByText('您正在看 2017-12-31 的档案，只读')).toBeVisible()
  await rowOf('档卡户数')
  expect(asked).toEqual(['2017-12-31'])
})

test('a refusal is worded', async () => {
  refuse(cockpitEndpoints.figures, 'forbidden')
  open()
  expect(await screen.findByText('您的岗位没有此项权限')).toBeVisible()
})

test('shares have one decimal and do not divide by nothing', () => {
  expect([shareOf(1, 3), shareOf(2, 3), shareOf(0, 5), shareOf(0, 0)]).toEqual(['33.3%', '66.7%', '0.0%', ''])
})

test('the largest stand first, those with nothing are left out of the picture', () => {
  const none = aFigure({ id: 'none', value: 0 })
  expect(largestFirst([schooling, none, illness]).map(({ id }) => id)).toEqual([
    'cause.illness',
    'cause.schooling',
  ])
})
