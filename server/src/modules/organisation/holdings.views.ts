import type { PostHolding } from '@tiejun/contract/organisation/units.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { holdingActions, type Rights } from './organisation.rules.ts'

/** Holdings with everything their line on a page shows; narrowed and ordered by the caller. */
export const holdings = (tx: Tx) =>
  tx
    .selectFrom('post_holdings as h')
    .innerJoin('posts as p', 'p.id', 'h.post_id')
    .innerJoin('post_kinds as k', 'k.code', 'p.post_kind')
    .innerJoin('units as u', 'u.id', 'p.unit_id')
    .innerJoin('persons as s', 's.id', 'h.person_id')
    .select(['h.id', 'h.post_id', 'h.person_id', 'h.held_from', 'h.held_until', 'h.basis', 'h.end_reason'])
    .select(['k.title', 'k.title_en', 'p.unit_id', 's.name as person_name'])
    .select(sql<string>`coalesce(u.short_name, u.name)`.as('unit_name'))

export type HoldingView = Awaited<ReturnType<ReturnType<typeof holdings>['execute']>>[number]

export const presentHolding = (row: HoldingView, rights: Rights): PostHolding => ({
  id: row.id,
  postId: row.post_id,
  postTitle: row.title,
  postTitleEn: row.title_en,
  unitId: row.unit_id,
  unitName: row.unit_name,
  personId: row.person_id,
  personName: row.person_name,
  heldFrom: row.held_from,
  heldUntil: row.held_until,
  basis: row.basis,
  endReason: row.end_reason,
  allowedActions: holdingActions(rights, { unitId: row.unit_id, heldUntil: row.held_until }),
})
