import { PASSWORD_RULES } from '@tiejun/contract/platform/sign-in.ts'
import type { Administrator } from '@tiejun/contract/platform/administrators.ts'
import type { SessionDuty } from '@tiejun/contract/platform/sign-in.ts'

// GB/T 22239-2019 8.1.4.1 asks for lock-out and session ends and leaves the numbers to the operator.
export const LOCK_AFTER_FAILURES = 5
export const LOCK_MINUTES = 15
export const IDLE_MINUTES = 30
export const ABSOLUTE_HOURS = 12
/** The session's last use is written at most this often, to spare a write for every request. */
export const TOUCH_AFTER_SECONDS = 60

export interface AccountState {
  lockedUntil: Date | null
  disabledAt: Date | null
}

/** Whether a sign-in may be tried now; a disabled account looks like a wrong password. */
export function signInState(account: AccountState, now: Date): 'open' | 'locked' | 'disabled' {
  if (account.disabledAt) return 'disabled'
  return account.lockedUntil && account.lockedUntil > now ? 'locked' : 'open'
}

/** The failure count and lock after one more wrong password or wrong code. */
export function afterFailure(failures: number, now: Date): { failures: number; lockedUntil: Date | null } {
  const count = failures + 1
  if (count < LOCK_AFTER_FAILURES) return { failures: count, lockedUntil: null }
  return { failures: 0, lockedUntil: new Date(now.getTime() + LOCK_MINUTES * 60_000) }
}

/** Whether a session still holds: used within the idle limit and before its absolute end. */
export function isAlive(session: { lastSeenAt: Date; expiresAt: Date }, now: Date): boolean {
  const idleEnd = session.lastSeenAt.getTime() + IDLE_MINUTES * 60_000
  return now.getTime() < idleEnd && now < session.expiresAt
}

/** What a session owes before anything else: a new password first, then the second factor of administrators. */
export function dutyOf(account: {
  mustChangePassword: boolean
  administrator: Administrator | null
  hasSecondFactor: boolean
}): SessionDuty | null {
  if (account.mustChangePassword) return 'change_password'
  return account.administrator && !account.hasSecondFactor ? 'enrol_second_factor' : null
}

export type PasswordProblem = 'too_short' | 'too_few_kinds' | 'contains_username' | 'too_simple' | 'unchanged'

const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]
const FOUR_EQUAL = /(.)\1{3}/
const COMMON = [
  'password',
  'qwerty',
  'asdfgh',
  '123456',
  '654321',
  'abcdef',
  'iloveyou',
  'admin123',
  'woaini',
]

/** Why a new password is refused; empty when it is good enough. */
export function passwordProblems(password: string, username: string, current?: string): PasswordProblem[] {
  const problems: PasswordProblem[] = []
  const lower = password.toLowerCase()
  if (password.length < PASSWORD_RULES.minimumLength) problems.push('too_short')
  if (KINDS.filter((kind) => kind.test(password)).length < PASSWORD_RULES.minimumKinds)
    problems.push('too_few_kinds')
  if (lower.includes(username.toLowerCase())) problems.push('contains_username')
  if (FOUR_EQUAL.test(password) || COMMON.some((word) => lower.includes(word))) problems.push('too_simple')
  if (current !== undefined && password === current) problems.push('unchanged')
  return problems
}
