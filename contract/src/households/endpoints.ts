import { z } from 'zod'
import { AS_OF_ERRORS, asOfQuery } from '../platform/as-of.ts'
import { endpoint } from '../platform/endpoints.ts'
import { pageOf, pageQuery } from '../platform/lists.ts'
import {
  AddHelper,
  AddMeasure,
  AddMember,
  ChangeHead,
  ChangeHelper,
  ChangeIdentity,
  ChangeIncomeYear,
  ChangeLivingConditions,
  ChangeMeasure,
  ChangeMember,
  ChangeStatus,
  ChangeVillageProfile,
  EndHelper,
  HistoryEntry,
  HouseholdCard,
  LeaveHousehold,
  NewHousehold,
  Unmasked,
  UnmaskRequest,
  VillageProfilePage,
} from './card-page.ts'
import { CardComparison, ComparisonQuery } from './comparison.ts'
import {
  HouseholdExportQuery,
  HouseholdListQuery,
  HouseholdPage,
  HouseholdSearch,
  HouseholdSearchRequest,
} from './list.ts'
import { CardFields } from './pack-card.ts'

const household = z.object({ id: z.uuid() })
const row = household.extend({ rowId: z.uuid() })
const incomeYear = household.extend({ year: z.coerce.number().int().min(2010).max(2100) })
const village = z.object({ code: z.string().regex(/^\d{12}$/) })

const editErrors = ['not_found', 'changed_meanwhile', 'invalid_fields'] as const

const ANSWERS_CARD =
  'One change, one entry in the history; answers with the whole card as it is then. Values equal to those that ' +
  'stand change nothing. A stale expectedVersion answers 409 changed_meanwhile, its `detail` a ChangedMeanwhile.'

/** Everything a change of the card has in common. */
const edit = { action: 'households.edit', description: ANSWERS_CARD, response: HouseholdCard } as const

export const householdEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/households',
    summary: '档卡列表',
    action: 'households.view',
    query: HouseholdListQuery,
    response: HouseholdPage,
    errors: ['unknown_filter', 'not_found', ...AS_OF_ERRORS],
  }),
  export: endpoint({
    method: 'GET',
    path: '/households/export',
    summary: '导出档卡列表',
    description:
      'The rows the list shows with the same filters, all pages, masked as there. The export is audited.',
    action: 'households.export',
    query: HouseholdExportQuery,
    response: 'file',
    errors: ['unknown_filter', 'not_found', ...AS_OF_ERRORS],
  }),
  search: endpoint({
    method: 'POST',
    path: '/households/searches',
    summary: '检索（姓名、身份证号或后四位、户编号、电话）',
    description:
      'Keeps the text sealed and gives it an id, so that no name or number stands in an address. Own for 30 days.',
    action: 'households.view',
    body: HouseholdSearchRequest,
    response: HouseholdSearch,
    status: 201,
  }),
  create: endpoint({
    method: 'POST',
    path: '/households',
    summary: '新增户',
    action: 'households.edit',
    body: NewHousehold,
    response: HouseholdCard,
    status: 201,
    errors: ['already_exists', 'invalid_fields'],
  }),
  card: endpoint({
    method: 'GET',
    path: '/households/:id',
    summary: '户卡',
    action: 'households.view',
    params: household,
    query: z.strictObject(asOfQuery),
    response: HouseholdCard,
    errors: ['not_found', 'unknown_filter', ...AS_OF_ERRORS],
  }),
  history: endpoint({
    method: 'GET',
    path: '/households/:id/history',
    summary: '户卡修改记录',
    action: 'households.view',
    params: household,
    query: z.strictObject(pageQuery),
    response: pageOf(HistoryEntry),
    errors: ['not_found', 'unknown_filter'],
  }),
  comparison: endpoint({
    method: 'GET',
    path: '/households/:id/comparison',
    summary: '两个时点的户卡对比',
    description: 'From the history of the registry, with the rights, reach and masks of today.',
    action: 'households.view',
    params: household,
    query: ComparisonQuery,
    response: CardComparison,
    errors: ['not_found', 'unknown_filter', 'invalid_fields', ...AS_OF_ERRORS],
  }),
  unmask: endpoint({
    method: 'POST',
    path: '/households/:id/unmask',
    summary: '查看完整的证件号码、银行账号、电话',
    description: 'Audited with the reason.',
    action: 'households.unmask',
    params: household,
    body: UnmaskRequest,
    response: Unmasked,
    errors: ['not_found'],
  }),
}

export const householdEditEndpoints = {
  changeIdentity: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/identity',
    summary: '修改户基本信息',
    params: household,
    body: ChangeIdentity,
    errors: [...editErrors, 'already_exists'],
  }),
  changeStatus: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/status',
    summary: '修改识别与脱贫情况',
    params: household,
    body: ChangeStatus,
    errors: editErrors,
  }),
  changeLivingConditions: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/living-conditions',
    summary: '修改生产生活条件',
    params: household,
    body: ChangeLivingConditions,
    errors: editErrors,
  }),
  changeIncomeYear: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/income-years/:year',
    summary: '填写或修改一年收入',
    params: incomeYear,
    body: ChangeIncomeYear,
    errors: editErrors,
  }),
  addMember: endpoint({
    ...edit,
    method: 'POST',
    path: '/households/:id/members',
    summary: '增加家庭成员',
    params: household,
    body: AddMember,
    status: 201,
    errors: ['not_found', 'invalid_fields'],
  }),
  changeMember: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/members/:rowId',
    summary: '修改家庭成员',
    params: row,
    body: ChangeMember,
    errors: editErrors,
  }),
  leaveHousehold: endpoint({
    ...edit,
    method: 'POST',
    path: '/households/:id/members/:rowId/leave',
    summary: '家庭成员自然减少',
    params: row,
    body: LeaveHousehold,
    errors: editErrors,
  }),
  changeHead: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/head',
    summary: '变更户主',
    params: household,
    body: ChangeHead,
    errors: editErrors,
  }),
  addHelper: endpoint({
    ...edit,
    method: 'POST',
    path: '/households/:id/helpers',
    summary: '增加帮扶责任人',
    params: household,
    body: AddHelper,
    status: 201,
    errors: ['not_found', 'invalid_fields'],
  }),
  changeHelper: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/helpers/:rowId',
    summary: '修改帮扶责任人',
    params: row,
    body: ChangeHelper,
    errors: editErrors,
  }),
  endHelper: endpoint({
    ...edit,
    method: 'POST',
    path: '/households/:id/helpers/:rowId/end',
    summary: '结束帮扶',
    params: row,
    body: EndHelper,
    errors: editErrors,
  }),
  addMeasure: endpoint({
    ...edit,
    method: 'POST',
    path: '/households/:id/measures',
    summary: '增加帮扶措施',
    params: household,
    body: AddMeasure,
    status: 201,
    errors: ['not_found', 'invalid_fields'],
  }),
  changeMeasure: endpoint({
    ...edit,
    method: 'PUT',
    path: '/households/:id/measures/:rowId',
    summary: '修改帮扶措施',
    params: row,
    body: ChangeMeasure,
    errors: editErrors,
  }),
}

export const villageProfileEndpoints = {
  profile: endpoint({
    method: 'GET',
    path: '/villages/:code/profile',
    summary: '村情',
    action: 'households.view',
    params: village,
    query: z.strictObject(asOfQuery),
    response: VillageProfilePage,
    errors: ['not_found', 'unknown_filter', ...AS_OF_ERRORS],
  }),
  changeProfile: endpoint({
    method: 'PUT',
    path: '/villages/:code/profile',
    summary: '修改村情',
    action: 'households.edit',
    params: village,
    body: ChangeVillageProfile,
    response: VillageProfilePage,
    errors: editErrors,
  }),
}

export const packCardEndpoints = {
  cardFields: endpoint({
    method: 'GET',
    path: '/pack/card-fields',
    summary: '户卡字段、枚举与贫困线',
    description: 'The same for everybody signed in; carries an ETag, so ask with If-None-Match.',
    response: CardFields,
  }),
}
