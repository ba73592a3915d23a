import { screen, waitFor, within } from '@testing-library/react'
import { areaEndpoints } from '@tiejun/contract/areas/endpoints.ts'
import {
  householdEndpoints,
  packCardEndpoints,
  villageProfileEndpoints,
} from '@tiejun/contract/households/endpoints.ts'
import type { HouseholdRow } from '@tiejun/contract/households/list.ts'
import type { VillageProfilePage } from '@tiejun/contract/households/card-page.ts'
import type { CardComparison } from '@tiejun/contract/households/comparison.ts'
import { CARD_FIELDS } from '@tiejun/contract/households/fields.ts'
import { beforeEach, expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, answerBy, refuse } from '../../testing/server.ts'
import { aCard, CARD_ID } from './testing.ts'

const THEN = '2017-12-31T15:59:59.999Z'
const official = aSession({ actions: ['households.view', 'households.edit'] })

const aRow: HouseholdRow = {
  id: CARD_ID,
  householdNo: '41172200001',
  villageCode: '411722101001',
  townshipName: '黄埠镇',
  villageName: '陈庄村',
  headName: '李大山',
  headIdNo: null,
  memberCount: 2,
  poorAttribute: null,
  povertyStatus: null,
  mainCause: null,
  exitYear: null,
  netPerCapitaFen: null,
  householdPhone: null,
  changedAt: '2017-02-05T09:00:00+08:00',
  allowedActions: [],
}

const profileValues = Object.fromEntries(
  CARD_FIELDS.filter(({ entity }) => entity === 'villageProfile').map(({ name }) => [name, null]),
)

beforeEach(() => {
  answer(areaEndpoints.tree, { areas: [] })
  answer(packCardEndpoints.cardFields, {
    pack: 'shangcai-2018',
    groups: [],
    enumerations: {},
    povertyLines: [],
  })
})

test('the list of a past day says so, asks as of it, and its rows lead to the cards of that day', async () => {
  const asked: (string | null)[] = []
  answerBy(householdEndpoints.list, ({ url }) => {
    asked.push(url.searchParams.get('asOf'))
    return { rows: [aRow], total: 1, next: null, year: 2016, search: null, asOf: THEN }
  })
  const { user, router } = renderApp('/households', official)
  await user.type(await screen.findByLabelText('截至'), '20171231')
  await user.click(screen.getByRole('button', { name: '查看当时' }))
  expect(await screen.findByText('您正在看 2017-12-31 的档案，只读')).toBeVisible()
  await waitFor(() => expect(asked.at(-1)).toBe('2017-12-31'))
  const link = await screen.findByRole('link', { name: '李大山' })
  await waitFor(() => expect(link).toHaveAttribute('href', `/households/${CARD_ID}?asOf=2017-12-31`))
  await user.click(screen.getByRole('button', { name: '返回现在' }))
  await waitFor(() => expect(router.state.location.search).toBe(''))
})

test('the card of a past day is read-only, and the village beside it is of that day', async () => {
  const asked: (string | null)[] = []
  answer(householdEndpoints.card, aCard({ allowedActions: [], asOf: THEN }))
  answerBy(villageProfileEndpoints.profile, ({ url }) => {
    asked.push(url.searchParams.get('asOf'))
    const values = profileValues as VillageProfilePage['values']
    const village = { villageCode: '411722101001', villageName: '陈庄村', townshipName: '黄埠镇' }
    return { ...village, version: null, values, householdCount: 1, personCount: 2, allowedActions: [] }
  })
  renderApp(`/households/${CARD_ID}?asOf=2017-12-31`, official)
  expect(await screen.findByRole('heading', { level: 1, name: /李大山/ })).toBeVisible()
  expect(screen.getByText('您正在看 2017-12-31 的档案，只读')).toBeVisible()
  expect(screen.queryByRole('button', { name: /编辑/ })).toBeNull()
  await waitFor(() => expect(asked).toEqual(['2017-12-31']))
})

test('a day before the first record is worded, with a way back', async () => {
  refuse(householdEndpoints.card, 'as_of_out_of_range')
  renderApp(`/households/${CARD_ID}?asOf=1999-12-31`, official)
  expect(await screen.findByText('没有该时点的档案')).toBeVisible()
  expect(screen.getByRole('button', { name: '返回现在' })).toBeEnabled()
})

test('two days of a card stand side by side, reached from its history', async () => {
  const asked: unknown[] = []
  answer(householdEndpoints.card, aCard())
  answer(householdEndpoints.history, { rows: [], total: 0, next: null })
  answerBy(householdEndpoints.comparison, ({ url }): CardComparison => {
    asked.push(Object.fromEntries(url.searchParams))
    const field = { field: 'household.address', before: '一号', after: '二号' }
    return {
      householdId: CARD_ID,
      householdNo: '41172200001',
      from: '2016-12-31T15:59:59.999Z',
      to: THEN,
      wasKnownAtFrom: true,
      wasKnownAtTo: true,
      differences: [{ section: 'identity', rowId: null, rowLabel: null, change: 'changed', fields: [field] }],
    }
  })
  const { user } = renderApp(`/households/${CARD_ID}/history`, official)
  await user.click(await screen.findByRole('link', { name: '两日对比' }))
  await user.type(await screen.findByLabelText('从'), '2016-12-31')
  await user.type(screen.getByLabelText('到'), '2017-12-31')
  await user.click(screen.getByRole('button', { name: '对比' }))
  expect(await screen.findByRole('columnheader', { name: '2016-12-31 23:59:59' })).toBeVisible()
  const row = within(screen.getByText('一号').closest('tr')!)
  expect(row.getByText('二号')).toBeVisible()
  expect(asked).toEqual([{ from: '2016-12-31', to: '2017-12-31' }])
})
