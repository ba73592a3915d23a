import { recordAudit } from '../audit/record.ts'
import { AppError } from '../http/errors.ts'
import { SELF } from '../permissions/actor.ts'
import { type AccountParts, accountNote, lockAccount } from './account-rows.ts'
import { acceptedStep, newSecret, totpOf } from './one-time-codes.ts'
import type { SignedIn } from './sessions.ts'

/** 动态口令 (RFC 6238) of one's own account: asked for, then bound by a first right code. */
export function secondFactorService({ db, clock, vault }: AccountParts) {
  return {
    /** Makes a new secret; it counts once it is confirmed with a code. Refused when one is bound already. */
    offer: (signedIn: SignedIn): Promise<{ secret: string; uri: string }> =>
      db.asActor(signedIn.actor, SELF, async (tx) => {
        const account = await lockAccount(tx, 'id', signedIn.session.accountId)
        if (account?.second_factor_confirmed_at) throw new AppError('action_not_allowed', { allowed: [] })
        const secret = newSecret()
        await tx
          .updateTable('accounts')
          .set({ second_factor_secret: vault.encrypt(secret), second_factor_last_step: null })
          .where('id', '=', signedIn.session.accountId)
          .execute()
        await recordAudit(tx, clock, signedIn.actor, accountNote(signedIn, 'account.second_factor_offered'))
        return { secret, uri: totpOf(signedIn.session.username, secret).toString() }
      }),

    /** Binds the offered secret; throws `second_factor_wrong` for a wrong code. */
    confirm: (signedIn: SignedIn, code: string): Promise<void> =>
      db.asActor(signedIn.actor, SELF, async (tx) => {
        const account = await lockAccount(tx, 'id', signedIn.session.accountId)
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

export type SecondFactorService = ReturnType<typeof secondFactorService>
