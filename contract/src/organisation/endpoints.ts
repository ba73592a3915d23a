import { z } from 'zod'
import { endpoint } from '../platform/endpoints.ts'
import {
  ChangePerson,
  EndPost,
  GivePost,
  MovePost,
  NewPerson,
  PersonDetail,
  PersonExportQuery,
  PersonListQuery,
  PersonPage,
} from './persons.ts'
import { OrganisationChart, OrganisationChoices, UnitDetail } from './units.ts'

const byId = z.object({ id: z.uuid() })
const VIEW = 'organisation.view'
const EDIT = 'organisation.edit'
const ASSIGN = 'organisation.assign'

export const organisationEndpoints = {
  chart: endpoint({
    method: 'GET',
    path: '/organisation/chart',
    summary: '组织机构图',
    action: VIEW,
    response: OrganisationChart,
  }),
  choices: endpoint({
    method: 'GET',
    path: '/organisation/choices',
    summary: '单位与岗位类别选项',
    action: VIEW,
    response: OrganisationChoices,
  }),
  unit: endpoint({
    method: 'GET',
    path: '/organisation/units/:id',
    summary: '单位详情（岗位、任职、历史）',
    action: VIEW,
    params: byId,
    response: UnitDetail,
    errors: ['not_found'],
  }),
  persons: endpoint({
    method: 'GET',
    path: '/organisation/persons',
    summary: '人员列表',
    action: VIEW,
    query: PersonListQuery,
    response: PersonPage,
    errors: ['unknown_filter'],
  }),
  exportPersons: endpoint({
    method: 'GET',
    path: '/organisation/persons/export',
    summary: '导出人员列表',
    description: 'The rows the list shows with the same filters, all pages, masked as there. Audited.',
    action: VIEW,
    query: PersonExportQuery,
    response: 'file',
    errors: ['unknown_filter'],
  }),
  person: endpoint({
    method: 'GET',
    path: '/organisation/persons/:id',
    summary: '人员详情（任职经历）',
    action: VIEW,
    params: byId,
    response: PersonDetail,
    errors: ['not_found'],
  }),
  addPerson: endpoint({
    method: 'POST',
    path: '/organisation/persons',
    summary: '新增人员',
    action: EDIT,
    body: NewPerson,
    response: PersonDetail,
    status: 201,
    errors: ['not_found', 'invalid_fields'],
  }),
  changePerson: endpoint({
    method: 'PUT',
    path: '/organisation/persons/:id',
    summary: '修改人员',
    description:
      'A person who still holds a post cannot leave: end the posts first (422, field leftOn, code holds_posts).',
    action: EDIT,
    params: byId,
    body: ChangePerson,
    response: PersonDetail,
    errors: ['not_found', 'changed_meanwhile', 'invalid_fields'],
  }),
  givePost: endpoint({
    method: 'POST',
    path: '/organisation/persons/:id/posts',
    summary: '任命岗位',
    description: 'A post that is full answers 409 action_not_allowed, its `detail.reason` is post_full.',
    action: ASSIGN,
    params: byId,
    body: GivePost,
    response: PersonDetail,
    status: 201,
    errors: ['not_found', 'already_exists', 'action_not_allowed', 'invalid_fields'],
  }),
  endPost: endpoint({
    method: 'POST',
    path: '/organisation/holdings/:id/end',
    summary: '免去岗位',
    action: ASSIGN,
    params: byId,
    body: EndPost,
    response: PersonDetail,
    errors: ['not_found', 'action_not_allowed', 'invalid_fields'],
  }),
  movePost: endpoint({
    method: 'POST',
    path: '/organisation/holdings/:id/move',
    summary: '调整到另一岗位',
    description:
      'Ends one holding and begins another on the same day, in one transaction, with one audit entry.',
    action: ASSIGN,
    params: byId,
    body: MovePost,
    response: PersonDetail,
    errors: ['not_found', 'already_exists', 'action_not_allowed', 'invalid_fields'],
  }),
}
