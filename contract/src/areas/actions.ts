import type { ActionInfo } from '../platform/permissions.ts'

/** What a post may allow in this module. */
export const areaActions = [
  { action: 'areas.view', module: 'areas', label: '查看区划', labelEn: 'View divisions' },
] as const satisfies readonly ActionInfo[]
