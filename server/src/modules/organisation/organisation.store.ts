import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'

// Locking a row asks for the right to change it, so these find nothing outside the actor's reach.

/** The person, locked until the transaction ends; undefined when absent or the home unit is out of reach. */
export const findPersonForUpdate = (tx: Tx, id: string) =>
  tx.selectFrom('persons').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** The person, kept from leaving until the transaction ends; whoever gives a post need not reach the home unit. */
export const findPerson = (tx: Tx, id: string) =>
  tx.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirst()

/** Whether a unit is among those the actor may change. */
export async function isUnitInReach(tx: Tx, id: string): Promise<boolean> {
  const unit = await tx.selectFrom('units').select('id').where('id', '=', id).forShare().executeTakeFirst()
  return unit !== undefined
}

/**
 * Posts with their kind and unit, locked in the order of their ids so that two clerks do not wait for each other;
 * those absent or out of reach are missing from the answer.
 */
export async function lockPosts(tx: Tx, ids: readonly string[]) {
  const posts = await tx
    .selectFrom('posts')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  if (posts.length === 0) return []
  return tx
    .selectFrom('posts as p')
    .innerJoin('post_kinds as k', 'k.code', 'p.post_kind')
    .innerJoin('units as u', 'u.id', 'p.unit_id')
    .select(['p.id', 'p.unit_id', 'k.title', 'k.holders_maximum', 'u.area_code'])
    .select(sql<string>`coalesce(u.short_name, u.name)`.as('unit_name'))
    .where(
      'p.id',
      'in',
      posts.map((post) => post.id),
    )
    .execute()
}

export type LockedPost = Awaited<ReturnType<typeof lockPosts>>[number]

/** The holding as it stands; lock its post first, then ask again. */
export const findHolding = (tx: Tx, id: string) =>
  tx
    .selectFrom('post_holdings as h')
    .innerJoin('persons as s', 's.id', 'h.person_id')
    .selectAll('h')
    .select(['s.name as person_name', 's.left_on'])
    .where('h.id', '=', id)
    .executeTakeFirst()

export type HoldingRow = NonNullable<Awaited<ReturnType<typeof findHolding>>>

/** Who holds a post, ended holdings left out. */
export async function listHolderIds(tx: Tx, postId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('post_holdings')
    .select('person_id')
    .where('post_id', '=', postId)
    .where('held_until', 'is', null)
    .execute()
  return rows.map((row) => row.person_id)
}

export async function countHeldPosts(tx: Tx, personId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('post_holdings')
    .select(sql<number>`count(*)`.as('count'))
    .where('person_id', '=', personId)
    .where('held_until', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

interface NewHolding {
  postId: string
  personId: string
  heldFrom: string
  basis: string
  createdAt: Date
}

export async function insertHolding(tx: Tx, holding: NewHolding): Promise<string> {
  const id = newId()
  await tx
    .insertInto('post_holdings')
    .values({
      id,
      post_id: holding.postId,
      person_id: holding.personId,
      held_from: holding.heldFrom,
      basis: holding.basis,
      created_at: holding.createdAt,
    })
    .execute()
  return id
}

export const endHolding = (tx: Tx, id: string, on: string, reason: string) =>
  tx.updateTable('post_holdings').set({ held_until: on, end_reason: reason }).where('id', '=', id).execute()
