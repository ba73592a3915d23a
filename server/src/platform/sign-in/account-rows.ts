import type { AuditNote } from '../audit/record.ts'
import type { Clock } from '../clock/clock.ts'
import type { Database, Tx } from '../database/database.ts'
import type { Vault } from '../personal-data/vault.ts'
import type { SessionKeeper, SignedIn } from './sessions.ts'
import { afterFailure } from './sign-in.rules.ts'

/** What the services of accounts stand on. */
export interface AccountParts {
  db: Database
  clock: Clock
  vault: Vault
  sessions: SessionKeeper
}

/** The account, locked until the transaction ends, so that tries at once are counted one after another. */
export const lockAccount = (tx: Tx, column: 'username' | 'id', value: string) =>
  tx.selectFrom('accounts').selectAll().where(column, '=', value).forUpdate().executeTakeFirst()

export type AccountRow = NonNullable<Awaited<ReturnType<typeof lockAccount>>>

/** Counts one wrong password or code; the fifth in a row locks the account. */
export async function countFailure(tx: Tx, clock: Clock, account: AccountRow): Promise<void> {
  const { failures, lockedUntil } = afterFailure(account.failed_sign_ins, clock.now())
  await tx
    .updateTable('accounts')
    .set({ failed_sign_ins: failures, locked_until: lockedUntil })
    .where('id', '=', account.id)
    .execute()
}

/** The audit entry of something a person did to the own account. */
export const accountNote = (signedIn: SignedIn, action: string): AuditNote => ({
  action,
  recordType: 'account',
  recordId: signedIn.session.accountId,
  recordLabel: signedIn.session.username,
})
