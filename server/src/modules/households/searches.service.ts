import type { HouseholdSearch } from '@tiejun/contract/households/list.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'
import type { HouseholdMeans } from './means.ts'
import { readSearch, type SearchTerm } from './searches.rules.ts'

const DAYS_KEPT = 30
const MILLISECONDS_A_DAY = 86_400_000

/** Keeps what somebody searches for, so that the address bar holds an id and no name. Not a command on a record. */
export const searchesService = ({ db, clock, vault }: HouseholdMeans) => ({
  remember: (actor: Actor, text: string): Promise<HouseholdSearch> =>
    db.asActor(actor, 'households.view', async (tx) => {
      const now = clock.now()
      const id = newId()
      await tx
        .deleteFrom('household_searches')
        .where('account_id', '=', actor.accountId)
        .where('created_at', '<', new Date(now.getTime() - DAYS_KEPT * MILLISECONDS_A_DAY))
        .execute()
      if (!actor.accountId) throw new AppError('forbidden')
      await tx
        .insertInto('household_searches')
        .values({ id, account_id: actor.accountId, sealed: vault.encrypt(text), created_at: now })
        .execute()
      return { id, kind: readSearch(text).kind }
    }),
})

/** The term behind an id and what was typed; throws `not_found` for those of others and forgotten ones. */
export async function getSearch(
  tx: Tx,
  vault: Vault,
  id: string,
): Promise<{ typed: string; term: SearchTerm }> {
  const row = await tx
    .selectFrom('household_searches')
    .select('sealed')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', { filter: 'search' })
  const typed = vault.decrypt(row.sealed)
  return { typed, term: readSearch(typed) }
}
