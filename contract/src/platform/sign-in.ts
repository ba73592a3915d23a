import { z } from 'zod'

/** 三员: administrators that exclude each other (等级保护 三权分立); null for everyone else. */
export const Administrator = z.enum(['system', 'security', 'audit'])
export type Administrator = z.infer<typeof Administrator>

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
