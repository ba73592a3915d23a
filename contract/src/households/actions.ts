import type { ActionInfo } from '../platform/permissions.ts'

/** What a post may allow in this module. */
export const householdActions = [
  { action: 'households.view', module: 'households', label: '查看档卡', labelEn: 'View cards' },
  { action: 'households.edit', module: 'households', label: '修改档卡', labelEn: 'Edit cards' },
  {
    action: 'households.unmask',
    module: 'households',
    label: '查看完整证件号和账号',
    labelEn: 'See full ID and account numbers',
  },
  { action: 'households.export', module: 'households', label: '导出档卡', labelEn: 'Export cards' },
  { action: 'households.import', module: 'households', label: '导入档卡', labelEn: 'Import cards' },
] as const satisfies readonly ActionInfo[]
