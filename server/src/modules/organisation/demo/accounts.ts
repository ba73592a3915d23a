import type { Administrator } from '@tiejun/contract/platform/administrators.ts'

/** One password for all demo accounts; it passes the password rules and is written in the README. */
export const DEMO_PASSWORD = 'Tiejun@2018'

/** An account of the demo county. */
export interface DemoAccount {
  username: string
  /** What it shows, in Chinese, for the summary of the start and the README. */
  role: string
  administrator: Administrator | null
}

/** The accounts of the demo county, in the order one would try them. Made nowhere else. */
export const demoAccounts = (): DemoAccount[] => [
  { username: 'director', role: '脱贫办主任', administrator: null },
  { username: 'coordinator', role: '综合协调组组长', administrator: null },
  { username: 'clerk', role: '综合协调组干事（导入档卡）', administrator: null },
  { username: 'township', role: '黄埠镇扶贫专干', administrator: null },
  { username: 'village', role: '黄埠镇一个村的扶贫信息员', administrator: null },
  { username: 'helper', role: '帮扶责任人（只见自己帮扶的户）', administrator: null },
  { username: 'liaison', role: '部门联络员（县教育部门）', administrator: null },
  { username: 'leader', role: '领导小组组长', administrator: null },
  { username: 'system-admin', role: '系统管理员（首次登录须绑定动态口令）', administrator: 'system' },
  { username: 'security-admin', role: '安全管理员（首次登录须绑定动态口令）', administrator: 'security' },
  { username: 'audit-admin', role: '审计管理员（首次登录须绑定动态口令）', administrator: 'audit' },
]
