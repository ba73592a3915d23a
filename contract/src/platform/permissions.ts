import { z } from 'zod'
import { endpoint } from './endpoints.ts'

/** 操作: one thing a post may allow. */
export const ActionInfo = z
  .object({
    action: z.string().describe('e.g. households.edit'),
    module: z.string().describe('The module that declares it, e.g. households'),
    label: z.string().describe('Chinese wording, from the module'),
    labelEn: z.string(),
  })
  .meta({ id: 'ActionInfo', description: '操作' })
export type ActionInfo = z.infer<typeof ActionInfo>

/** 岗位类别: posts of this kind give these actions, within the reach of the post. */
export const PostKindPermissions = z
  .object({
    postKind: z.string().describe('Code of the kind of post, from the policy pack'),
    title: z.string(),
    holders: z.number().int().describe('Persons who hold a post of this kind today'),
    actions: z.array(z.string()),
  })
  .meta({ id: 'PostKindPermissions', description: '岗位权限' })
export type PostKindPermissions = z.infer<typeof PostKindPermissions>

export const PermissionTable = z
  .object({ actions: z.array(ActionInfo), postKinds: z.array(PostKindPermissions) })
  .meta({ id: 'PermissionTable', description: '权限表' })
export type PermissionTable = z.infer<typeof PermissionTable>

export const SetPermissionsRequest = z
  .object({
    actions: z.array(z.string()).describe('All actions the kind gives from now on'),
    expectedActions: z
      .array(z.string())
      .optional()
      .describe('What the editor saw; when given and no longer true the answer is 409 changed_meanwhile'),
    reason: z.string().trim().max(200).optional(),
  })
  .meta({ id: 'SetPermissionsRequest', description: '设置岗位权限' })
export type SetPermissionsRequest = z.infer<typeof SetPermissionsRequest>

export const permissionEndpoints = {
  table: endpoint({
    method: 'GET',
    path: '/permissions',
    summary: '查看岗位权限',
    administrator: 'security',
    response: PermissionTable,
  }),
  set: endpoint({
    method: 'PUT',
    path: '/permissions/:postKind',
    summary: '设置岗位权限',
    description:
      'Takes effect with the next request of every holder of such a post. Audited with before and after.',
    administrator: 'security',
    params: z.object({ postKind: z.string() }),
    body: SetPermissionsRequest,
    response: PostKindPermissions,
    errors: ['not_found', 'changed_meanwhile', 'invalid_fields'],
  }),
}
