import type { PostReach } from '@tiejun/contract/platform/packs.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { areaRangeOf } from '../../platform/permissions/actor.ts'
import type { PostReader } from '../../platform/sign-in/sessions.ts'
import { type HeldPost, mergeGrants } from './post-holders.rules.ts'

const COUNTY_CODE = /^\d{6}0{6}$/

interface HeldRow {
  id: string
  title: string
  unit_name: string
  area_name: string
  area_code: string
  reach: string
  unit_ids: string[] | null
  actions: string[]
}

/** The posts a person holds today, each with its actions and the units it reaches; in the order of the pack. */
async function listHeldPosts(tx: Tx, personId: string): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    SELECT p.id, k.title, u.name AS unit_name, a.name AS area_name, u.area_code, k.reach,
           CASE k.reach
             WHEN 'unit' THEN (
               WITH RECURSIVE below AS (
                 SELECT u.id UNION ALL SELECT child.id FROM units child JOIN below ON child.parent_id = below.id)
               SELECT array_agg(id) FROM below)
             -- County posts reach all units without a list of them.
             WHEN 'area' THEN CASE WHEN u.area_code NOT LIKE '______000000' THEN (
               SELECT array_agg(id) FROM units near
               WHERE near.area_code = u.area_code OR near.parent_id = u.id) END
           END AS unit_ids,
           ARRAY(SELECT action FROM post_kind_actions WHERE post_kind = k.code ORDER BY action) AS actions
    FROM post_holdings h
    JOIN posts p ON p.id = h.post_id
    JOIN post_kinds k ON k.code = p.post_kind
    JOIN units u ON u.id = p.unit_id
    JOIN areas a ON a.code = u.area_code
    WHERE h.person_id = ${personId} AND h.held_from <= reach_today()
      AND (h.held_until IS NULL OR h.held_until > reach_today())
    ORDER BY k.sort_order, u.sort_order`.execute(tx)
  return rows
}

const heldPostOf = (row: HeldRow): HeldPost => ({
  actions: row.actions,
  // The CHECK of the table allows no other value.
  reach: row.reach as PostReach,
  areaRange: areaRangeOf(row.area_code),
  isCounty: COUNTY_CODE.test(row.area_code),
  units: row.unit_ids ?? [],
})

/** What the posts of a person give today; asked with every request, so a post given or ended counts at once. */
export const readPosts: PostReader = async (tx, personId) => {
  const rows = await listHeldPosts(tx, personId)
  return {
    posts: rows.map((row) => ({
      id: row.id,
      title: row.title,
      unitName: row.unit_name,
      areaName: row.reach === 'area' ? row.area_name : null,
    })),
    grants: mergeGrants(rows.map(heldPostOf)),
  }
}
