import type { Administrator } from '@tiejun/contract/platform/administrators.ts'
import type { AccountAction } from '@tiejun/contract/platform/sign-in.ts'

export type AccountStanding = 'active' | 'locked' | 'disabled'

/** What may be done with an account by its standing; a disabled one can only be enabled again. */
const ACTIONS: Record<AccountStanding, readonly AccountAction[]> = {
  active: ['disable', 'reset_password', 'reset_second_factor', 'end_sessions'],
  locked: ['unlock', 'disable', 'reset_password', 'reset_second_factor', 'end_sessions'],
  disabled: ['enable'],
}

/** What nobody may do with the account they are signed in with: it would shut them out, or skip the current password. */
const NEVER_ON_ONESELF: readonly AccountAction[] = ['disable', 'reset_password', 'reset_second_factor']

export interface AccountFacts {
  standing: AccountStanding
  hasSecondFactor: boolean
  /** The account of the administrator who asks. */
  isOwn: boolean
}

/** What a system administrator may do next with an account. */
export function allowedAccountActions({ standing, hasSecondFactor, isOwn }: AccountFacts): AccountAction[] {
  return ACTIONS[standing].filter((action) => {
    if (action === 'reset_second_factor' && !hasSecondFactor) return false
    return !(isOwn && NEVER_ON_ONESELF.includes(action))
  })
}

/** 三员分立: why an account may not be made so; undefined when it may. An administrator is nobody of the organisation. */
export function exclusionOf(wanted: {
  administrator: Administrator | null
  personId: string | null
}): 'administrator_holds_no_post' | undefined {
  return wanted.administrator && wanted.personId ? 'administrator_holds_no_post' : undefined
}
