import type { AccountAction } from '@tiejun/contract/platform/sign-in.ts'
import type { Tx } from '../database/database.ts'

/** The columns an action changes, besides the sessions it ends. */
export interface AccountChange {
  password_hash?: string
  must_change_password?: boolean
  failed_sign_ins?: number
  locked_until?: Date | null
  disabled_at?: Date | null
  second_factor_secret?: null
  second_factor_confirmed_at?: null
  second_factor_last_step?: null
}

/** Whether the account's sessions end with the action. */
export const ENDS_SESSIONS: Record<AccountAction, boolean> = {
  unlock: false,
  disable: true,
  enable: false,
  reset_password: true,
  reset_second_factor: true,
  end_sessions: true,
}

/** What an action changes in the row. */
export function changeOf(action: AccountAction, now: Date, passwordHash: string | undefined): AccountChange {
  const unlocked = { failed_sign_ins: 0, locked_until: null }
  switch (action) {
    case 'unlock':
      return unlocked
    case 'disable':
      return { disabled_at: now }
    case 'enable':
      return { ...unlocked, disabled_at: null }
    case 'reset_password':
      return { ...unlocked, password_hash: passwordHash, must_change_password: true }
    case 'reset_second_factor':
      return { second_factor_secret: null, second_factor_confirmed_at: null, second_factor_last_step: null }
    case 'end_sessions':
      return {}
  }
}

/**
 * Locks the accounts that administer accounts, all in one order and before any other row: two administrators who
 * disable each other at once come one after the other.
 */
export const lockSystemAdministrators = (tx: Tx) =>
  tx
    .selectFrom('accounts')
    .select(['id', 'disabled_at'])
    .where('administrator', '=', 'system')
    .orderBy('id')
    .forUpdate()
    .execute()
