import type { z } from 'zod'
import type {
  AccountAction,
  AccountActionResult,
  AccountQuery,
  CreateAccountRequest,
} from '@tiejun/contract/platform/sign-in.ts'
import { recordAudit } from '../audit/record.ts'
import type { Tx } from '../database/database.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { type AccountParts, type AccountRow, lockAccount } from './account-rows.ts'
import { exclusionOf } from './accounts.rules.ts'
import { changeOf, ENDS_SESSIONS, lockSystemAdministrators } from './accounts.store.ts'
import { findPersonsWithoutAccount, listAccounts, presentAccount, standingOf } from './accounts.views.ts'
import { hashPassword, newOneTimePassword } from './passwords.ts'

const MANAGE = 'accounts.manage'

/** What of an account the audit shows before and after; no secret, no hash. */
const auditedOf = (row: AccountRow) => ({
  isDisabled: row.disabled_at !== null,
  lockedUntil: row.locked_until?.toISOString() ?? null,
  mustChangePassword: row.must_change_password,
  hasSecondFactor: row.second_factor_confirmed_at !== null,
})

async function checkCreation(tx: Tx, wanted: z.infer<typeof CreateAccountRequest>): Promise<void> {
  const exclusion = exclusionOf(wanted)
  if (exclusion) throw new AppError('roles_exclude_each_other', { reason: exclusion })
  const taken = await tx
    .selectFrom('accounts')
    .select(['username', 'person_id'])
    .where((eb) =>
      eb.or([eb('username', '=', wanted.username), eb('person_id', '=', wanted.personId ?? null)]),
    )
    .executeTakeFirst()
  if (taken)
    throw new AppError('already_exists', {
      field: taken.username === wanted.username ? 'username' : 'personId',
    })
  if (wanted.personId === null) return
  const person = await tx
    .selectFrom('persons')
    .select('id')
    .where('id', '=', wanted.personId)
    .executeTakeFirst()
  if (!person) throw new AppError('invalid_fields', undefined, [{ path: 'personId', code: 'unknown_person' }])
}

/** Makes accounts, with a password for the first sign-in. */
function accountMaker({ db, clock }: AccountParts) {
  return async (actor: Actor, wanted: z.infer<typeof CreateAccountRequest>) => {
    const password = newOneTimePassword()
    const passwordHash = await hashPassword(password)
    const accountId = newId()
    await db.asActor(actor, MANAGE, async (tx) => {
      await checkCreation(tx, wanted)
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('accounts')
        .values({
          id: accountId,
          username: wanted.username,
          display_name: wanted.displayName,
          person_id: wanted.personId,
          administrator: wanted.administrator,
          password_hash: passwordHash,
          created_at: clock.now(),
        })
        // Somebody else may have taken the name since it was looked for.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (!numInsertedOrUpdatedRows) throw new AppError('already_exists', { field: 'username' })
      const { username, displayName, personId, administrator } = wanted
      await recordAudit(tx, clock, actor, {
        action: 'account.created',
        recordType: 'account',
        recordId: accountId,
        recordLabel: username,
        after: { username, displayName, personId, administrator },
      })
    })
    return { accountId, password }
  }
}

/** The account for an action, locked; and whether it is the last one that could administer accounts. */
async function lockFor(tx: Tx, id: string, action: AccountAction) {
  const administrators = action === 'disable' ? await lockSystemAdministrators(tx) : []
  const row = await lockAccount(tx, 'id', id)
  if (!row) throw new AppError('not_found')
  const isLast =
    row.administrator === 'system' && !administrators.some((one) => one.id !== id && one.disabled_at === null)
  return { row, isLast: action === 'disable' && isLast }
}

/** 账号管理: the requests of the system administrator. */
export function accountsService(parts: AccountParts) {
  const { db, clock, sessions } = parts

  async function act(tx: Tx, actor: Actor, id: string, action: AccountAction, passwordHash?: string) {
    const { row: before, isLast } = await lockFor(tx, id, action)
    const { allowedActions: allowed } = presentAccount(before, actor.accountId, clock.now())
    if (!allowed.includes(action)) throw new AppError('action_not_allowed', { allowed })
    if (isLast) throw new AppError('action_not_allowed', { allowed, reason: 'last_system_administrator' })
    const change = changeOf(action, clock.now(), passwordHash)
    const row =
      Object.keys(change).length === 0
        ? before
        : await tx
            .updateTable('accounts')
            .set(change)
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirstOrThrow()
    if (ENDS_SESSIONS[action]) await sessions.endAllOf(tx, id)
    await recordAudit(tx, clock, actor, {
      action: `account.${AUDIT_NAMES[action]}`,
      recordType: 'account',
      recordId: id,
      recordLabel: row.username,
      before: { ...auditedOf(before), standing: standingOf(before, clock.now()) },
      after: { ...auditedOf(row), standing: standingOf(row, clock.now()) },
    })
    return presentAccount(row, actor.accountId, clock.now())
  }

  return {
    list: (actor: Actor, query: AccountQuery) =>
      db.asActor(actor, MANAGE, (tx) => listAccounts(tx, query, actor.accountId, clock.now())),

    findPersons: (actor: Actor, text: string) =>
      db.asActor(actor, MANAGE, (tx) => findPersonsWithoutAccount(tx, text)),

    create: accountMaker(parts),

    /** Does one action; answers the account as it is then, and the new password after `reset_password`. */
    act: async (
      actor: Actor,
      id: string,
      action: AccountAction,
    ): Promise<z.infer<typeof AccountActionResult>> => {
      const password = action === 'reset_password' ? newOneTimePassword() : null
      const passwordHash = password === null ? undefined : await hashPassword(password)
      const account = await db.asActor(actor, MANAGE, (tx) => act(tx, actor, id, action, passwordHash))
      return { account, password }
    },
  }
}

/** Facts in the audit, past tense. */
const AUDIT_NAMES: Record<AccountAction, string> = {
  unlock: 'unlocked',
  disable: 'disabled',
  enable: 'enabled',
  reset_password: 'password_reset',
  reset_second_factor: 'second_factor_reset',
  end_sessions: 'sessions_ended',
}

export type AccountsService = ReturnType<typeof accountsService>
