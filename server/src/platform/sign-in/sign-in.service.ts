import type { ErrorCode } from '@tiejun/contract/platform/errors.ts'
import type { SignInRequest } from '@tiejun/contract/platform/sign-in.ts'
import { recordAudit } from '../audit/record.ts'
import type { Clock } from '../clock/clock.ts'
import type { Tx } from '../database/database.ts'
import { AppError } from '../http/errors.ts'
import { type Actor, processActor, SELF } from '../permissions/actor.ts'
import type { Vault } from '../personal-data/vault.ts'
import { type AccountParts, type AccountRow, accountNote, countFailure, lockAccount } from './account-rows.ts'
import { acceptedStep, totpOf } from './one-time-codes.ts'
import { hashPassword, isPassword } from './passwords.ts'
import type { SignedIn } from './sessions.ts'
import { passwordProblems, signInState } from './sign-in.rules.ts'

const SIGN_IN = processActor('sign-in')

/** How a command ended; decided inside the transaction and thrown after it, so that failures are counted. */
type Refused = { refused: ErrorCode }
type Outcome = { token: string } | Refused

const actorOf = (account: AccountRow, requestId: string | null): Actor => ({
  ...SIGN_IN,
  accountId: account.id,
  username: account.username,
  displayName: account.display_name,
  requestId,
})

/** The used time step, undefined when the account has no second factor, or the refusal. */
function checkSecondFactor(account: AccountRow, code: string | undefined, vault: Vault, clock: Clock) {
  if (!account.second_factor_secret || !account.second_factor_confirmed_at) return undefined
  if (!code) return 'second_factor_required' as const
  const totp = totpOf(account.username, vault.decrypt(account.second_factor_secret))
  const step = acceptedStep(totp, code, clock.now(), account.second_factor_last_step)
  return step ?? ('second_factor_wrong' as const)
}

/** Decides about one try to sign in. */
function signInDecider({ clock, vault, sessions }: AccountParts) {
  // Compared against when the user name is unknown, so that the answer takes as long as for a known one.
  const nobodysHash = hashPassword('nobody has this password')

  async function open(tx: Tx, account: AccountRow, step: number | undefined, requestId: string) {
    await tx
      .updateTable('accounts')
      .set({ failed_sign_ins: 0, locked_until: null, last_signed_in_at: clock.now() })
      .$if(step !== undefined, (query) => query.set({ second_factor_last_step: step }))
      .where('id', '=', account.id)
      .execute()
    await recordAudit(tx, clock, actorOf(account, requestId), {
      action: 'session.started',
      recordType: 'account',
      recordId: account.id,
      recordLabel: account.username,
    })
    return { token: await sessions.start(tx, account.id) }
  }

  async function refuse(tx: Tx, account: AccountRow, refused: ErrorCode, requestId: string) {
    await countFailure(tx, clock, account)
    await recordAudit(tx, clock, actorOf(account, requestId), {
      action: 'session.refused',
      recordType: 'account',
      recordId: account.id,
      recordLabel: account.username,
      after: { reason: refused },
    })
    return { refused }
  }

  return async (tx: Tx, attempt: SignInRequest, requestId: string): Promise<Outcome> => {
    const account = await lockAccount(tx, 'username', attempt.username.toLowerCase())
    const isRight = await isPassword(account?.password_hash ?? (await nobodysHash), attempt.password)
    if (!account) return { refused: 'sign_in_failed' }
    const state = signInState(
      { lockedUntil: account.locked_until, disabledAt: account.disabled_at },
      clock.now(),
    )
    if (state === 'locked') return { refused: 'account_locked' }
    if (state === 'disabled') return { refused: 'sign_in_failed' }
    if (!isRight) return refuse(tx, account, 'sign_in_failed', requestId)
    const factor = checkSecondFactor(account, attempt.code, vault, clock)
    if (factor === 'second_factor_required') return { refused: factor }
    if (factor === 'second_factor_wrong') return refuse(tx, account, factor, requestId)
    return open(tx, account, factor, requestId)
  }
}

/** Sets the new password of one's own account when the current one is right; otherwise says why not. */
function passwordChanger({ clock, sessions }: AccountParts) {
  return async (tx: Tx, signedIn: SignedIn, current: string, next: string): Promise<Refused | undefined> => {
    const account = await lockAccount(tx, 'id', signedIn.session.accountId)
    if (!account) return { refused: 'sign_in_failed' }
    // Somebody at an unattended screen must not have more tries here than at the sign-in page.
    const state = signInState(
      { lockedUntil: account.locked_until, disabledAt: account.disabled_at },
      clock.now(),
    )
    if (state !== 'open') return { refused: 'account_locked' }
    if (!(await isPassword(account.password_hash, current))) {
      await countFailure(tx, clock, account)
      return { refused: 'sign_in_failed' }
    }
    await tx
      .updateTable('accounts')
      .set({ password_hash: await hashPassword(next), must_change_password: false, failed_sign_ins: 0 })
      .where('id', '=', account.id)
      .execute()
    await sessions.endAllOf(tx, account.id, signedIn.sessionId)
    await recordAudit(tx, clock, signedIn.actor, accountNote(signedIn, 'account.password_changed'))
    return undefined
  }
}

/** Signing in and out, and one's own password. */
export function signInService(parts: AccountParts) {
  const { db, clock, sessions } = parts
  const decide = signInDecider(parts)
  const change = passwordChanger(parts)
  return {
    /** Signs in; returns the token for the cookie. Throws why not; five failures in a row lock the account. */
    signIn: async (attempt: SignInRequest, requestId: string): Promise<string> => {
      const outcome = await db.asActor(SIGN_IN, SELF, (tx) => decide(tx, attempt, requestId))
      if ('refused' in outcome) throw new AppError(outcome.refused)
      return outcome.token
    },

    signOut: (signedIn: SignedIn): Promise<void> =>
      db.asActor(signedIn.actor, SELF, async (tx) => {
        await sessions.end(tx, signedIn.sessionId)
        await recordAudit(tx, clock, signedIn.actor, accountNote(signedIn, 'session.ended'))
      }),

    /** Changes one's own password and ends one's other sessions. */
    changePassword: async (signedIn: SignedIn, current: string, next: string): Promise<void> => {
      const problems = passwordProblems(next, signedIn.session.username, current)
      if (problems.length > 0) throw new AppError('password_too_weak', { problems })
      const outcome = await db.asActor(signedIn.actor, SELF, (tx) => change(tx, signedIn, current, next))
      if (outcome) throw new AppError(outcome.refused)
    },
  }
}

export type SignInService = ReturnType<typeof signInService>
