import type { ActionInfo } from '../platform/permissions.ts'

/** What a post may allow in this module. */
export const organisationActions = [
  {
    action: 'organisation.view',
    module: 'organisation',
    label: '查看组织机构',
    labelEn: 'View the organisation',
  },
  {
    action: 'organisation.edit',
    module: 'organisation',
    label: '维护单位和人员',
    labelEn: 'Keep units and persons',
  },
  { action: 'organisation.assign', module: 'organisation', label: '任免岗位', labelEn: 'Give and end posts' },
] as const satisfies readonly ActionInfo[]
