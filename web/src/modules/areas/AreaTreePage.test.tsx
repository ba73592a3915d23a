import { screen, within } from '@testing-library/react'
import { type Area, areaEndpoints } from '@tiejun/contract/areas/endpoints.ts'
import { expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, keepWaiting, refuse } from '../../testing/server.ts'

const anArea = (code: string, name: string, area: Partial<Area>): Area => ({
  code,
  name,
  level: 'village',
  parentCode: null,
  households: 4,
  persons: 14,
  isWithinReach: true,
  ...area,
})

const areas: Area[] = [
  anArea('411722000000', '上蔡县', { level: 'county', households: 1200, persons: 3500 }),
  anArea('411722108000', '东洪镇', { level: 'township', parentCode: '411722000000' }),
  anArea('411722108228', '陈庄村民委员会', { parentCode: '411722108000' }),
  anArea('411722111000', '和店镇', { level: 'township', parentCode: '411722000000', isWithinReach: false }),
  anArea('411722111201', '陈庄村民委员会', {
    parentCode: '411722111000',
    isWithinReach: false,
    households: 0,
  }),
]

const official = aSession({ actions: ['areas.view', 'households.view'] })
const rowOf = (name: RegExp) => screen.findByRole('row', { name })

test('townships open to their villages and close again', async () => {
  answer(areaEndpoints.tree, { areas })
  const { user } = renderApp('/areas', official)
  expect(within(await rowOf(/^上蔡县/)).getByText('1,200')).toBeVisible()
  expect(screen.queryByText('陈庄村民委员会')).toBeNull()
  await user.click(screen.getByRole('button', { name: '展开东洪镇' }))
  expect(screen.getByRole('link', { name: '陈庄村民委员会' })).toHaveAttribute('href', '/areas/411722108228')
  await user.click(screen.getByRole('button', { name: '收起东洪镇' }))
  expect(screen.queryByText('陈庄村民委员会')).toBeNull()
})

test('a search finds villages of one name, each with its township, and keeps to the address', async () => {
  answer(areaEndpoints.tree, { areas })
  const { user, router } = renderApp('/areas', official)
  await user.type(await screen.findByLabelText('按名称或代码查找'), '陈庄')
  expect(screen.getByText('找到 2 个')).toBeVisible()
  expect(within(await rowOf(/陈庄村民委员会 ?东洪镇/)).getByText('411722108228')).toBeVisible()
  expect(within(await rowOf(/陈庄村民委员会 ?和店镇/)).getByText('411722111201')).toBeVisible()
  expect(new URLSearchParams(router.state.location.search).get('q')).toBe('陈庄')
})

test('cards are offered where there are some within reach; elsewhere a dash stands for not known', async () => {
  answer(areaEndpoints.tree, { areas })
  renderApp('/areas', official)
  const cards = within(await rowOf(/^东洪镇|东洪镇 4/)).getByRole('link', { name: '查看东洪镇的档卡' })
  expect(cards).toHaveAttribute('href', '/households?area=411722108000')
  const outside = within(await rowOf(/和店镇/))
  expect(outside.queryByRole('link', { name: '查看和店镇的档卡' })).toBeNull()
  expect(outside.getByText('不在管辖范围')).toBeVisible()
  expect(outside.getAllByText('—')).toHaveLength(2)
})

test('a search without result says so and is cleared with one click', async () => {
  answer(areaEndpoints.tree, { areas })
  const { user } = renderApp('/areas?q=不存在', official)
  expect(await screen.findByText('没有符合的区划')).toBeVisible()
  await user.click(screen.getByRole('button', { name: '清除' }))
  expect(await rowOf(/^上蔡县/)).toBeVisible()
})

test('while the tree is fetched the page says that it loads', async () => {
  keepWaiting(areaEndpoints.tree)
  renderApp('/areas', official)
  expect(await screen.findByRole('heading', { name: '区划' })).toBeVisible()
  expect(screen.queryByRole('table')).toBeNull()
})

test('a failure offers to try again, a refusal says what to do', async () => {
  refuse(areaEndpoints.tree, 'internal')
  const { user } = renderApp('/areas', official)
  await screen.findByText('系统出错')
  answer(areaEndpoints.tree, { areas })
  await user.click(screen.getByRole('button', { name: '重试' }))
  expect(await rowOf(/^上蔡县/)).toBeVisible()
})

test('an area out of the books is not found', async () => {
  refuse(areaEndpoints.detail, 'not_found')
  renderApp('/areas/411722999999', official)
  expect(await screen.findByText('没有找到')).toBeVisible()
})

test('an area shows what lies below it, and its unit to who may see the organisation', async () => {
  const [county, ...below] = areas
  answer(areaEndpoints.detail, {
    area: county!,
    validFrom: null,
    validUntil: null,
    ancestors: [{ code: '410000000000', name: '河南省', level: 'province' }],
    children: below.filter((area) => area.level === 'township'),
    unitId: '018f0000-0000-7000-8000-00000000000a',
  })
  renderApp('/areas/411722000000', aSession({ actions: ['areas.view', 'organisation.view'] }))
  expect(await screen.findByRole('heading', { name: '上蔡县' })).toBeVisible()
  expect(screen.getByText('河南省')).toBeVisible()
  expect(screen.getByRole('link', { name: '和店镇' })).toBeVisible()
  expect(screen.getByRole('link', { name: '查看岗位和任职' })).toBeVisible()
  expect(screen.queryByRole('link', { name: '查看档卡' })).toBeNull()
})
