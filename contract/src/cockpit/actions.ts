import type { ActionInfo } from '../platform/permissions.ts'

/** What a post may allow in this module. */
export const cockpitActions = [
  { action: 'figures.view', module: 'cockpit', label: '查看成效数字', labelEn: 'View the figures' },
] as const satisfies readonly ActionInfo[]
