import { hash, verify } from '@node-rs/argon2'
import type { SignInRequest } from '@tiejun/contract/platform/sign-in.ts'
import { Secret, TOTP } from 'otpauth'
import { recordAudit } from '../audit/record.ts'
import type { Clock } from '../clock/clock.ts'
import type { Database, Tx } from '../database/database.ts'
import { AppError } from '../http/errors.ts'
import { type Actor, processActor, SELF } from '../permissions/actor.ts'
import type { Vault } from '../personal-data/vault.ts'
import type { SessionKeeper, SignedIn } from './sessions.ts'
import { afterFailure, passwordProblems, signInState } from './sign-in.rules.ts'

const SIGN_IN = processActor('sign-in')
const TOTP_SECONDS = 30
const ISSUER = '铁军'

/** argon2id with the parameters of OWASP's password storage advice (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })

const totpOf = (username: string, base32: string): TOTP =>
  new TOTP({ issuer: ISSUER, label: username, secret: Secret.fromBase32(base32), period: TOTP_SECONDS })

/** The time step a code belongs to; null when it is wrong, or of a step already used (RFC 6238, 5.2). */
function acceptedStep(totp: TOTP, code: string, now: Date, lastStep: number | null): number | null {
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / TOTP_SECONDS) + delta
  return lastStep !== null && step <= lastStep ? null : step
}

const findAccount = (tx: Tx, column: 'username' | 'id', value: string) =>
  tx.selectFrom('accounts').selectAll().where(column, '=', value).forUpdate().executeTakeFirst()

type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/** How a sign-in ended; decided inside the transaction, thrown after it, so that failures are counted. */
type Outcome =
  | { token: string }
  | { refused: 'sign_in_failed' | 'account_locked' | 'second_factor_required' | 'second_factor_wrong' }

interface SignInParts {
  db: Database
  clock: Clock
  vault: Vault
  sessions: SessionKeeper
}

export function signInService({ db, clock, vault, sessions }: SignInParts) {
  // Compared against when the user name is unknown, so that the answer takes as long as for a known one.
  const nobodysHash = hashPassword('nobody has this password')

  const actorOf = (account: AccountRow, requestId: string | null): Actor => ({
    ...SIGN_IN,
    accountId: account.id,
    username: account.username,
    displayName: account.display_name,
    requestId,
  })

  async function countFailure(tx: Tx, account: AccountRow): Promise<void> {
    const { failures, lockedUntil } = afterFailure(account.failed_sign_ins, clock.now())
    await tx
      .updateTable('accounts')
      .set({ failed_sign_ins: failures, locked_until: lockedUntil })
      .where('id', '=', account.id)
      .execute()
  }

  /** Checks the second factor; the used time step, undefined when the account has none, or the refusal. */
  function checkSecondFactor(account: AccountRow, code: string | undefined) {
    if (!account.second_factor_secret || !account.second_factor_confirmed_at) return undefined
    if (!code) return 'second_factor_required' as const
    const totp = totpOf(account.username, vault.decrypt(account.second_factor_secret))
    return (
      acceptedStep(totp, code, clock.now(), account.second_factor_last_step) ??
      ('second_factor_wrong' as const)
    )
  }

  async function open(
    tx: Tx,
    account: AccountRow,
    step: number | undefined,
    requestId: string,
  ): Promise<Outcome> {
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

  async function refuse(
    tx: Tx,
    account: AccountRow,
    refused: 'sign_in_failed' | 'second_factor_wrong',
    requestId: string,
  ) {
    await countFailure(tx, account)
    await recordAudit(tx, clock, actorOf(account, requestId), {
      action: 'session.refused',
      recordType: 'account',
      recordId: account.id,
      recordLabel: account.username,
      after: { reason: refused },
    })
    return { refused }
  }

  async function decide(tx: Tx, attempt: SignInRequest, requestId: string): Promise<Outcome> {
    const account = await findAccount(tx, 'username', attempt.username.toLowerCase())
    const isRight = await verify(account?.password_hash ?? (await nobodysHash), attempt.password)
    if (!account) return { refused: 'sign_in_failed' }
    const state = signInState(
      { lockedUntil: account.locked_until, disabledAt: account.disabled_at },
      clock.now(),
    )
    if (state === 'locked') return { refused: 'account_locked' }
    if (state === 'disabled') return { refused: 'sign_in_failed' }
    if (!isRight) return refuse(tx, account, 'sign_in_failed', requestId)
    const factor = checkSecondFactor(account, attempt.code)
    if (factor === 'second_factor_required') return { refused: factor }
    if (factor === 'second_factor_wrong') return refuse(tx, account, factor, requestId)
    return open(tx, account, factor, requestId)
  }

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
      const username = signedIn.session.username
      const problems = passwordProblems(next, username, current)
      if (problems.length > 0) throw new AppError('password_too_weak', { problems })
      const isRight = await db.asActor(signedIn.actor, SELF, async (tx) => {
        const account = await findAccount(tx, 'id', signedIn.session.accountId)
        if (!account) return false
        if (!(await verify(account.password_hash, current))) {
          await countFailure(tx, account)
          return false
        }
        await tx
          .updateTable('accounts')
          .set({ password_hash: await hashPassword(next), must_change_password: false })
          .where('id', '=', account.id)
          .execute()
        await sessions.endAllOf(tx, account.id, signedIn.sessionId)
        await recordAudit(tx, clock, signedIn.actor, accountNote(signedIn, 'account.password_changed'))
        return true
      })
      if (!isRight) throw new AppError('sign_in_failed')
    },

    /** Makes a new secret for the second factor; it counts once it is confirmed with a code. */
    offerSecondFactor: (signedIn: SignedIn) =>
      db.asActor(signedIn.actor, SELF, async (tx) => {
        const account = await findAccount(tx, 'id', signedIn.session.accountId)
        if (account?.second_factor_confirmed_at) throw new AppError('action_not_allowed', { allowed: [] })
        const secret = new Secret({ size: 20 }).base32
        await tx
          .updateTable('accounts')
          .set({ second_factor_secret: vault.encrypt(secret), second_factor_last_step: null })
          .where('id', '=', signedIn.session.accountId)
          .execute()
        await recordAudit(tx, clock, signedIn.actor, accountNote(signedIn, 'account.second_factor_offered'))
        return { secret, uri: totpOf(signedIn.session.username, secret).toString() }
      }),

    confirmSecondFactor: (signedIn: SignedIn, code: string): Promise<void> =>
      db.asActor(signedIn.actor, SELF, async (tx) => {
        const account = await findAccount(tx, 'id', signedIn.session.accountId)
        const sealed = account?.second_factor_secret
        if (!account || !sealed || account.second_factor_confirmed_at) {
          throw new AppError('action_not_allowed', { allowed: [] })
        }
        const totp = totpOf(account.username, vault.decrypt(sealed))
        const step = acceptedStep(totp, code, clock.now(), account.second_factor_last_step)
        if (step === null) throw new AppError('second_factor_wrong')
        await tx
          .updateTable('accounts')
          .set({ second_factor_confirmed_at: clock.now(), second_factor_last_step: step })
          .where('id', '=', account.id)
          .execute()
        await recordAudit(tx, clock, signedIn.actor, accountNote(signedIn, 'account.second_factor_enrolled'))
      }),
  }
}

const accountNote = (signedIn: SignedIn, action: string) => ({
  action,
  recordType: 'account',
  recordId: signedIn.session.accountId,
  recordLabel: signedIn.session.username,
})

export type SignInService = ReturnType<typeof signInService>
