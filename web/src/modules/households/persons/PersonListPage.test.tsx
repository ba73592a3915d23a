import { screen, waitFor, within } from '@testing-library/react'
import { areaEndpoints } from '@tiejun/contract/areas/endpoints.ts'
import { householdEndpoints, packCardEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { cardPersonEndpoints } from '@tiejun/contract/households/person-endpoints.ts'
import type { CardPersonRow } from '@tiejun/contract/households/persons.ts'
import { beforeEach, expect, test } from 'vitest'
import { aSession, renderApp } from '../../../testing/render.tsx'
import { answer, answerBy, type Asked } from '../../../testing/server.ts'

const CARD = '018f0000-0000-7000-8000-0000000000aa'
const SEARCH = '018f0000-0000-7000-8000-0000000000bb'

const aPerson = (given: Partial<CardPersonRow> = {}): CardPersonRow => ({
  id: '018f0000-0000-7000-8000-000000000001',
  householdId: CARD,
  householdNo: '41172200001',
  villageCode: '411722101001',
  townshipName: '黄埠镇',
  villageName: '陈庄村',
  name: '王秀兰',
  relation: 'spouse',
  headName: '李大山',
  sex: 'female',
  age: 74,
  idNo: '4117**********9986',
  poorAttribute: 'general_poor',
  health: ['chronic_illness', 'disabled'],
  labourSkill: null,
  phone: '139****7777',
  decreaseReason: null,
  allowedActions: ['print'],
  ...given,
})

const anEnumeration = (values: Record<string, string>) => ({
  name: { zh: '枚举', en: 'Enumeration' },
  values: Object.entries(values).map(([code, zh]) => ({ code, zh, en: code, from: null, until: null })),
})

const HEALTH: CardFieldInfo = {
  key: 'member.health',
  entity: 'member',
  section: 'members',
  name: 'health',
  label: { zh: '健康状况', en: 'Health' },
  short: null,
  hint: '',
  type: 'enumerations',
  origin: 'typed',
  personal: 'personal',
  masked: null,
  required: false,
  enumeration: 'health',
  unit: null,
  maxLength: null,
  minimum: null,
  maximum: null,
  scale: null,
  maxItems: 3,
}

beforeEach(() => {
  answer(areaEndpoints.tree, { areas: [] })
  answer(packCardEndpoints.cardFields, {
    pack: 'shangcai-2018',
    groups: [{ id: 'members', name: { zh: '家庭成员', en: 'Members' }, fields: [HEALTH] }],
    enumerations: {
      relation: anEnumeration({ head: '户主', spouse: '配偶' }),
      sex: anEnumeration({ female: '女' }),
      poor_attribute: anEnumeration({ general_poor: '一般贫困户' }),
      health: anEnumeration({ chronic_illness: '长期慢性病', disabled: '残疾' }),
      labour_skill: anEnumeration({ skilled: '技能劳动力' }),
      decrease_reason: anEnumeration({ death: '死亡' }),
    },
    povertyLines: [],
  })
})

const official = aSession({ actions: ['households.view'] })

function answerAndRemember(search: { text: string; kind: 'name' } | null = null) {
  const asked: Asked[] = []
  answerBy(cardPersonEndpoints.list, (request) => {
    asked.push(request)
    return { rows: [aPerson()], total: 3508, next: null, search }
  })
  return { last: () => Object.fromEntries(asked.at(-1)?.url.searchParams ?? []) }
}

test('a person is shown in words, numbers masked, and leads to the card; without the right there is no export', async () => {
  answerAndRemember()
  renderApp('/persons', official)
  const row = within(await screen.findByRole('row', { name: /王秀兰/ }))
  expect(row.getByRole('link', { name: '王秀兰' })).toHaveAttribute('href', `/households/${CARD}`)
  for (const text of ['女', '74', '配偶', '4117**********9986', '陈庄村', '李大山'])
    expect(row.getByText(text)).toBeVisible()
  expect(row.getByText('长期慢性病、残疾')).toBeVisible()
  expect(screen.getByText('共 3,508 条')).toBeVisible()
  expect(screen.queryByRole('button', { name: /导出/ })).toBeNull()
})

test('a name searched for stands in the address as an id only, and is said in words', async () => {
  const { last } = answerAndRemember({ text: '秀兰', kind: 'name' })
  const bodies: unknown[] = []
  answerBy(householdEndpoints.search, ({ body }) => {
    bodies.push(body)
    return { id: SEARCH, kind: 'name' as const }
  })
  const { user, router } = renderApp('/persons', official)
  await user.type(await screen.findByLabelText('检索'), '秀兰{Enter}')
  await waitFor(() => expect(last()).toEqual({ search: SEARCH }))
  expect(bodies).toEqual([{ text: '秀兰' }])
  expect(decodeURIComponent(router.state.location.search)).toBe(`?search=${SEARCH}`)
  const asHouseholds = await screen.findByRole('link', { name: '按户列出' })
  expect(asHouseholds).toHaveAttribute('href', `/households?search=${SEARCH}`)
  await user.click(screen.getByRole('button', { name: '取消检索：姓名含 秀兰' }))
  await waitFor(() => expect(last()).toEqual({}))
})

test('the filters of the address are what is asked, and sorting by age goes both ways', async () => {
  const { last } = answerAndRemember()
  const { user } = renderApp('/persons?health=disabled&hasLeft=any', official)
  await user.click(await screen.findByRole('button', { name: /年龄/ }))
  await waitFor(() => expect(last()).toEqual({ health: 'disabled', hasLeft: 'any', sort: 'age' }))
  await user.click(screen.getByRole('button', { name: /年龄/ }))
  await waitFor(() => expect(last()['sort']).toBe('-age'))
})

test('the presence shown is the one asked for: members of today when nothing is said', async () => {
  const { last } = answerAndRemember()
  const { user } = renderApp('/persons', official)
  await user.click(await screen.findByRole('button', { name: '更多筛选' }))
  const box = screen.getByLabelText('在户情况')
  expect(within(box.closest('.tj-filter')!).getByText('在户')).toBeVisible()
  await user.click(box)
  await user.click(await screen.findByTitle('已减少'))
  await waitFor(() => expect(last()).toEqual({ hasLeft: 'yes' }))
})

test('the page stands in the menu of who may view cards', async () => {
  answerAndRemember()
  renderApp('/persons', official)
  const [entry] = await screen.findAllByRole('link', { name: '档卡人员' })
  expect(entry).toHaveAttribute('href', '/persons')
})
