import { z } from 'zod'
import { Administrator } from './administrators.ts'
import { endpoint } from './endpoints.ts'
import { manyOf, pageOf, pageQuery, sortBy } from './lists.ts'

export const SignInRequest = z
  .object({
    username: z.string().trim().min(1).max(64),
    password: z.string().min(1).max(200),
    code: z
      .string()
      .regex(/^\d{6}$/)
      .optional()
      .describe('动态口令: six digits of the second factor, for administrators'),
  })
  .meta({ id: 'SignInRequest', description: '登录' })
export type SignInRequest = z.infer<typeof SignInRequest>

/** What still has to be done before this session may do anything else. */
export const SessionDuty = z.enum(['change_password', 'enrol_second_factor'])
export type SessionDuty = z.infer<typeof SessionDuty>

export const SessionPost = z.object({
  id: z.uuid(),
  title: z.string().describe('岗位名称'),
  unitName: z.string().describe('单位名称'),
  areaName: z.string().nullable().describe('Area of reach, null for posts without one'),
})

export const Session = z
  .object({
    accountId: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    administrator: Administrator.nullable(),
    duty: SessionDuty.nullable().describe('Until it is done every other request answers 403'),
    actions: z.array(z.string()).describe('What the posts of this person allow, e.g. households.edit'),
    posts: z.array(SessionPost),
    csrfToken: z.string().describe('Send as the header x-csrf-token with every changing request'),
    expiresAt: z.iso.datetime({ offset: true }).describe('Absolute end of the session'),
    demo: z.boolean().describe('True in the demo county'),
  })
  .meta({ id: 'Session', description: '会话 — who is signed in and what they may do' })
export type Session = z.infer<typeof Session>

export const ChangePasswordRequest = z
  .object({ currentPassword: z.string().min(1).max(200), newPassword: z.string().min(1).max(200) })
  .meta({ id: 'ChangePasswordRequest', description: '修改密码' })

export const SecondFactorOffer = z
  .object({
    secret: z.string().describe('Base32, for typing into an authenticator'),
    uri: z.string().describe('otpauth:// URI, for the QR code'),
  })
  .meta({ id: 'SecondFactorOffer', description: '动态口令绑定' })

export const SecondFactorConfirmation = z
  .object({ code: z.string().regex(/^\d{6}$/) })
  .meta({ id: 'SecondFactorConfirmation', description: '动态口令确认' })

export const Account = z
  .object({
    id: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    personId: z.uuid().nullable().describe('The person of the organisation this account belongs to'),
    administrator: Administrator.nullable(),
    isDisabled: z.boolean(),
    isLocked: z
      .boolean()
      .describe('Locked out after failed sign-ins; opens by itself or by an administrator'),
    mustChangePassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    lastSignedInAt: z.iso.datetime({ offset: true }).nullable(),
    allowedActions: z.array(
      z.enum(['unlock', 'disable', 'enable', 'reset_password', 'reset_second_factor', 'end_sessions']),
    ),
  })
  .meta({ id: 'Account', description: '账号' })
export type Account = z.infer<typeof Account>

export const CreateAccountRequest = z
  .object({
    username: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9._-]{2,31}$/)
      .describe('Lower-case letters, digits, dot, dash; 3–32 characters'),
    personId: z.uuid().nullable(),
    displayName: z.string().trim().min(1).max(40),
    administrator: Administrator.nullable(),
  })
  .meta({ id: 'CreateAccountRequest', description: '新建账号' })

export const OneTimePassword = z
  .object({
    accountId: z.uuid(),
    password: z.string().describe('Shown once; must be changed at first sign-in'),
  })
  .meta({ id: 'OneTimePassword', description: '一次性初始密码' })

/** 密码规则: at least ten characters of three kinds, not the user name, not a common password. */
export const PASSWORD_RULES = { minimumLength: 10, minimumKinds: 3 } as const

export const AccountQuery = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(40).optional().describe('Part of the user name or the display name'),
  administrator: manyOf(Administrator),
  state: z.enum(['active', 'disabled', 'locked']).optional(),
  sort: sortBy('username', 'lastSignedInAt'),
})
export type AccountQuery = z.infer<typeof AccountQuery>

export const AccountPage = pageOf(Account).meta({ id: 'AccountPage', description: '账号一页' })

export const AccountAction = Account.shape.allowedActions.element
export type AccountAction = z.infer<typeof AccountAction>

/** What an account action answers: the account as it is now, and the new one-time password if one was made. */
export const AccountActionResult = z
  .object({ account: Account, password: z.string().nullable().describe('Shown once, after reset_password') })
  .meta({ id: 'AccountActionResult', description: '账号操作结果' })

export const PersonSearch = z
  .strictObject({ text: z.string().trim().min(1).max(40).describe('Part of the name') })
  .meta({ id: 'PersonSearch', description: '查找尚无账号的人员' })

export const PersonWithoutAccount = z
  .object({
    id: z.uuid(),
    name: z.string(),
    unitName: z.string().describe('Home unit'),
    posts: z.array(z.string()).describe('Posts held today, with their unit'),
  })
  .meta({ id: 'PersonWithoutAccount', description: '尚无账号的人员' })
export type PersonWithoutAccount = z.infer<typeof PersonWithoutAccount>

export const signInEndpoints = {
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    summary: '登录',
    isPublic: true,
    body: SignInRequest,
    response: Session,
    status: 201,
    errors: ['sign_in_failed', 'account_locked', 'second_factor_required', 'second_factor_wrong'],
  }),
  session: endpoint({
    method: 'GET',
    path: '/session',
    summary: '当前会话',
    isAllowedDuringDuty: true,
    response: Session,
  }),
  signOut: endpoint({ method: 'DELETE', path: '/session', summary: '退出登录', isAllowedDuringDuty: true }),
  changePassword: endpoint({
    method: 'POST',
    path: '/session/password',
    summary: '修改密码',
    description: 'Ends every other session of the account and answers with the session as it is now.',
    isAllowedDuringDuty: true,
    body: ChangePasswordRequest,
    response: Session,
    errors: ['sign_in_failed', 'password_too_weak'],
  }),
  offerSecondFactor: endpoint({
    method: 'POST',
    path: '/session/second-factor',
    summary: '申请绑定动态口令',
    isAllowedDuringDuty: true,
    response: SecondFactorOffer,
  }),
  confirmSecondFactor: endpoint({
    method: 'PUT',
    path: '/session/second-factor',
    summary: '确认绑定动态口令',
    isAllowedDuringDuty: true,
    body: SecondFactorConfirmation,
    response: Session,
    errors: ['second_factor_wrong'],
  }),
}

export const accountEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/accounts',
    summary: '账号列表',
    administrator: 'system',
    query: AccountQuery,
    response: AccountPage,
    errors: ['unknown_filter'],
  }),
  create: endpoint({
    method: 'POST',
    path: '/accounts',
    summary: '新建账号',
    administrator: 'system',
    body: CreateAccountRequest,
    response: OneTimePassword,
    status: 201,
    errors: ['already_exists', 'roles_exclude_each_other', 'invalid_fields'],
  }),
  findPersons: endpoint({
    method: 'POST',
    path: '/accounts/persons',
    summary: '查找尚无账号的人员',
    description: 'At most twenty. Asked by POST, because a name must not stand in an address.',
    administrator: 'system',
    body: PersonSearch,
    response: z.object({ persons: z.array(PersonWithoutAccount) }),
  }),
  act: endpoint({
    method: 'POST',
    path: '/accounts/:id/:action',
    summary: '处置账号（解锁、停用、启用、重置密码、重置动态口令、结束会话）',
    administrator: 'system',
    params: z.object({ id: z.uuid(), action: AccountAction }),
    response: AccountActionResult,
    errors: ['not_found', 'action_not_allowed'],
  }),
}
