import { screen, waitFor, within } from '@testing-library/react'
import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { PersonDetail } from '@tiejun/contract/organisation/persons.ts'
import type { Post, PostHolding, UnitDetail, UnitSummary } from '@tiejun/contract/organisation/units.ts'
import { expect, test } from 'vitest'
import { aSession, renderApp } from '../../testing/render.tsx'
import { answer, answerBy, type Asked, keepWaiting, refuse } from '../../testing/server.ts'

const id = (number: number) => `018f0000-0000-7000-8000-00000000000${number}`
const UNIT = id(1)
const PATH = `/organisation/units/${UNIT}`
const assigner = aSession({ actions: ['organisation.view', 'organisation.edit', 'organisation.assign'] })

const unit: UnitSummary = {
  id: UNIT,
  code: 'industry_group',
  kind: 'working_group',
  name: '产业发展组',
  shortName: '产业发展组',
  nameEn: 'Industry group',
  parentId: id(2),
  areaCode: '411722000000',
  sector: null,
  leads: [{ personId: id(3), personName: '徐海宏', postTitle: '产业发展组组长', heldFrom: '2016-05-09' }],
  holders: 1,
  staff: 0,
}
const holding: PostHolding = {
  id: id(4),
  postId: id(5),
  postTitle: '产业发展组组长',
  postTitleEn: 'Head of the industry group',
  unitId: UNIT,
  unitName: '产业发展组',
  personId: id(3),
  personName: '徐海宏',
  heldFrom: '2016-05-09',
  heldUntil: null,
  basis: '抽调令',
  endReason: null,
  allowedActions: ['end', 'move'],
}
const head: Post = {
  id: id(5),
  postKind: 'industry_group_head',
  title: '产业发展组组长',
  titleEn: 'Head of the industry group',
  holdersMaximum: 1,
  basis: '报道',
  holders: [holding],
  allowedActions: [],
}
const officer: Post = {
  ...head,
  id: id(6),
  title: '产业发展组干事',
  holdersMaximum: null,
  holders: [],
  allowedActions: ['give'],
}
const detail: UnitDetail = {
  unit,
  duties: null,
  parentName: '脱贫办',
  posts: [head, officer],
  past: [{ ...holding, id: id(7), personName: '王前任', heldUntil: '2016-05-09', endReason: '调离' }],
  allowedActions: ['add_person'],
}
const personDetail: PersonDetail = {
  person: {
    id: id(3),
    name: '徐海宏',
    sex: 'male',
    phone: '170****0048',
    politicalStatus: null,
    homeUnitId: id(8),
    homeUnitName: '县发改委',
    staffTitle: '副科级干部',
    leftOn: null,
    version: 1,
    posts: [],
    allowedActions: ['edit', 'give_post'],
  },
  holdings: [],
}

function choicesOf() {
  answer(organisationEndpoints.choices, {
    units: [
      { id: UNIT, kind: 'working_group', name: '产业发展组', parentName: '脱贫办', isWithinReach: true },
    ],
    postKinds: [],
  })
}

test('a unit shows who holds which post since when, and who did before', async () => {
  answer(organisationEndpoints.unit, detail)
  renderApp(PATH, assigner)
  const posts = within(await screen.findByRole('region', { name: '岗位与任职' }))
  expect(posts.getByRole('link', { name: '徐海宏' })).toHaveAttribute(
    'href',
    `/organisation/persons/${id(3)}`,
  )
  expect(posts.getByText('2016-05-09 起')).toBeVisible()
  expect(posts.getByText('限 1 人')).toBeVisible()
  expect(posts.getByText('空缺')).toBeVisible()
  expect(within(screen.getByRole('region', { name: '历史任职' })).getByText('调离')).toBeVisible()
})

test('only what the server allows is offered', async () => {
  answer(organisationEndpoints.unit, {
    ...detail,
    posts: [
      { ...head, holders: [{ ...holding, allowedActions: [] }] },
      { ...officer, allowedActions: [] },
    ],
    allowedActions: [],
  })
  renderApp(PATH, aSession({ actions: ['organisation.view'] }))
  await screen.findByText('2016-05-09 起')
  for (const name of [/免去/, /调整/, /任命/, /新增人员/]) {
    expect(screen.queryByRole('button', { name })).toBeNull()
  }
})

test('a post is ended with a day and a reason', async () => {
  const asked: Asked[] = []
  answer(organisationEndpoints.unit, detail)
  answerBy(organisationEndpoints.endPost, (request) => {
    asked.push(request)
    return personDetail
  })
  const { user } = renderApp(PATH, assigner)
  await user.click(await screen.findByRole('button', { name: '免去徐海宏的产业发展组组长' }))
  const dialog = within(await screen.findByRole('dialog', { name: '免去徐海宏的产业发展组组长' }))
  await user.type(dialog.getByLabelText('原因'), '回原单位')
  await user.click(dialog.getByRole('button', { name: /免\s?去/ }))
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]?.params).toEqual({ id: id(4) })
  expect(asked[0]?.body).toEqual({ on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), reason: '回原单位' })
  expect(await screen.findByText('已免去：徐海宏')).toBeVisible()
})

test('a full post is refused in words that say what to do, and what was entered stays', async () => {
  answer(organisationEndpoints.unit, detail)
  choicesOf()
  answer(organisationEndpoints.persons, { rows: [personDetail.person], total: 1, next: null })
  refuse(organisationEndpoints.givePost, 'action_not_allowed', {
    detail: { reason: 'post_full', maximum: 1, allowed: [] },
  })
  const { user } = renderApp(PATH, assigner)
  await user.click(await screen.findByRole('button', { name: '任命产业发展组干事' }))
  const dialog = within(await screen.findByRole('dialog', { name: '任命产业发展组干事' }))
  await user.type(dialog.getByRole('combobox', { name: '人员' }), '徐')
  await user.click(await screen.findByText('徐海宏 · 县发改委 · 副科级干部'))
  await user.type(dialog.getByLabelText('依据'), '抽调令3号')
  await user.click(dialog.getByRole('button', { name: /任\s?命/ }))
  expect(await dialog.findByText(/该岗位已满员（最多 1 人）/)).toBeVisible()
  expect(dialog.getByLabelText('依据')).toHaveValue('抽调令3号')
})

test('a fault of the day stands under the day', async () => {
  answer(organisationEndpoints.unit, detail)
  refuse(organisationEndpoints.endPost, 'invalid_fields', {
    fields: [{ path: 'on', code: 'before_first_day', params: { heldFrom: '2016-05-09' } }],
  })
  const { user } = renderApp(PATH, assigner)
  await user.click(await screen.findByRole('button', { name: '免去徐海宏的产业发展组组长' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText('原因'), '回原单位')
  await user.click(dialog.getByRole('button', { name: /免\s?去/ }))
  expect(await dialog.findByText('日期不能早于任职起始日（2016-05-09），请修改')).toBeVisible()
})

test('the chart puts the groups into the office and the office into the leading group', async () => {
  const box = (number: number, kind: UnitSummary['kind'], name: string, parentId: string | null) => ({
    ...unit,
    id: id(number),
    kind,
    shortName: name,
    parentId,
    leads: [],
  })
  answer(organisationEndpoints.chart, {
    units: [
      box(1, 'leading_group', '领导小组', null),
      box(2, 'office', '脱贫办', id(1)),
      { ...unit, id: id(3), parentId: id(2) },
      box(4, 'department', '县教体局', null),
      box(5, 'township', '黄埠镇', null),
    ],
  })
  renderApp('/organisation', assigner)
  const leading = within(await screen.findByRole('region', { name: '领导小组' }))
  const group = within(
    within(leading.getByRole('region', { name: '脱贫办' })).getByRole('region', { name: '产业发展组' }),
  )
  expect(group.getByRole('link', { name: '徐海宏' })).toBeVisible()
  expect(leading.queryByText('县教体局')).toBeNull()
  expect(within(screen.getByRole('region', { name: '乡镇（街道）' })).getByText('黄埠镇')).toBeVisible()
})

test('waiting, refused and failed are told apart', async () => {
  keepWaiting(organisationEndpoints.chart)
  const waiting = renderApp('/organisation', assigner)
  expect(await screen.findByRole('heading', { name: '组织机构' })).toBeVisible()
  waiting.unmount()

  refuse(organisationEndpoints.chart, 'forbidden')
  const refused = renderApp('/organisation', assigner)
  expect(await screen.findByText('您的岗位没有此项权限')).toBeVisible()
  refused.unmount()

  refuse(organisationEndpoints.chart, 'internal')
  renderApp('/organisation', assigner)
  expect(await screen.findByRole('button', { name: '重试' })).toBeVisible()
})

test('an empty list of people says what to do', async () => {
  choicesOf()
  answer(organisationEndpoints.persons, { rows: [], total: 0, next: null })
  renderApp('/organisation/persons', assigner)
  expect(await screen.findByText('还没有人员')).toBeVisible()
})
