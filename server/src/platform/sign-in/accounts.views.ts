import type { Account, AccountQuery, PersonWithoutAccount } from '@tiejun/contract/platform/sign-in.ts'
import { Administrator } from '@tiejun/contract/platform/administrators.ts'
import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import { decodeCursor, orderBy, pageOfRows, rowsAfter, type SortColumn } from '../lists/keyset.ts'
import type { AccountRow } from './account-rows.ts'
import { type AccountStanding, allowedAccountActions } from './accounts.rules.ts'
import { signInState } from './sign-in.rules.ts'

export function standingOf(row: AccountRow, now: Date): AccountStanding {
  const state = signInState({ lockedUntil: row.locked_until, disabledAt: row.disabled_at }, now)
  return state === 'open' ? 'active' : state
}

/** An account as the system administrator `asking` sees it. */
export function presentAccount(row: AccountRow, asking: string | null, now: Date): Account {
  const standing = standingOf(row, now)
  const hasSecondFactor = row.second_factor_confirmed_at !== null
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    personId: row.person_id,
    administrator: row.administrator === null ? null : Administrator.parse(row.administrator),
    isDisabled: standing === 'disabled',
    isLocked: standing === 'locked',
    mustChangePassword: row.must_change_password,
    hasSecondFactor,
    lastSignedInAt: row.last_signed_in_at?.toISOString() ?? null,
    allowedActions: allowedAccountActions({ standing, hasSecondFactor, isOwn: row.id === asking }),
  }
}

function sortsOf(sort: AccountQuery['sort']): SortColumn[] {
  const byName = { column: 'username', descending: sort === '-username' }
  if (sort !== 'lastSignedInAt' && sort !== '-lastSignedInAt') return [byName]
  // Microseconds since 1970 survive the cursor's JSON; an instant of a millisecond would skip rows.
  const column = '(extract(epoch FROM last_signed_in_at) * 1000000)::bigint'
  return [{ column, descending: sort.startsWith('-'), nullable: true }, byName]
}

const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

function filtered(tx: Tx, query: AccountQuery, now: Date) {
  const { q, administrator, state } = query
  return tx
    .selectFrom('accounts')
    .$if(!!q, (accounts) =>
      accounts.where((eb) =>
        eb.or([
          eb('username', 'like', containing((q ?? '').toLowerCase())),
          eb('display_name', 'like', containing(q ?? '')),
        ]),
      ),
    )
    .$if(!!administrator?.length, (accounts) => accounts.where('administrator', 'in', administrator ?? []))
    .$if(state === 'disabled', (accounts) => accounts.where('disabled_at', 'is not', null))
    .$if(state === 'locked', (accounts) =>
      accounts.where('disabled_at', 'is', null).where('locked_until', '>', now),
    )
    .$if(state === 'active', (accounts) =>
      accounts
        .where('disabled_at', 'is', null)
        .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', now)])),
    )
}

/** One page of the accounts that match, with their exact number. */
export async function listAccounts(tx: Tx, query: AccountQuery, asking: string | null, now: Date) {
  const sorts = sortsOf(query.sort)
  const after = query.after === undefined ? undefined : decodeCursor(query.after, sorts.length)
  const matching = filtered(tx, query, now)
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .select(sql<number | null>`(extract(epoch FROM last_signed_in_at) * 1000000)::bigint`.as('signed_in'))
    .$if(after !== undefined, (accounts) => accounts.where(rowsAfter(sorts, after ?? [])))
    .orderBy(orderBy(sorts))
    .limit(query.limit + 1)
    .execute()
  const { page, next } = pageOfRows(rows, query.limit, (row) =>
    sorts.length === 1 ? [row.username] : [row.signed_in, row.username],
  )
  return { rows: page.map((row) => presentAccount(row, asking, now)), total, next }
}

const MOST_PERSONS = 20

/**
 * People of the organisation who have no account yet and have not left, by part of their name.
 * Reads persons, units, posts, post_kinds and post_holdings (of the organisation module).
 */
export async function findPersonsWithoutAccount(tx: Tx, text: string): Promise<PersonWithoutAccount[]> {
  const { rows } = await sql<PersonWithoutAccount>`
    SELECT p.id, p.name, u.name AS "unitName", coalesce(held.posts, '{}') AS posts
    FROM persons p
    JOIN units u ON u.id = p.home_unit_id
    LEFT JOIN LATERAL (
      SELECT array_agg(pu.name || ' ' || k.title ORDER BY k.sort_order) AS posts
      FROM post_holdings h
      JOIN posts ON posts.id = h.post_id
      JOIN post_kinds k ON k.code = posts.post_kind
      JOIN units pu ON pu.id = posts.unit_id
      WHERE h.person_id = p.id AND h.held_from <= reach_today()
        AND (h.held_until IS NULL OR h.held_until > reach_today())) held ON true
    WHERE strpos(p.name, ${text}) > 0 AND p.left_on IS NULL
      AND NOT EXISTS (SELECT FROM accounts a WHERE a.person_id = p.id)
    ORDER BY p.name, p.id LIMIT ${MOST_PERSONS}`.execute(tx)
  return rows
}
