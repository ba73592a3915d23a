import {
  type OrganisationChoices,
  type Post,
  type UnitDetail,
  type UnitSummary,
} from '@tiejun/contract/organisation/units.ts'
import { UnitKind } from '@tiejun/contract/platform/packs.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { holdings, presentHolding } from './holdings.views.ts'
import { postActions, reachesUnit } from './organisation.rules.ts'
import { rightsOf } from './rights.ts'

const PAST_LIMIT = 200

/** Units with their heads and head-counts in one query: the chart of the organisation. */
async function listUnits(tx: Tx, where: RawBuilder<unknown>): Promise<UnitSummary[]> {
  const { rows } = await sql<UnitSummary>`
    WITH held AS (
      SELECT p.unit_id, h.person_id, s.name, k.title, k.sort_order, h.held_from, k.holders_maximum = 1 AS is_lead
      FROM post_holdings h JOIN posts p ON p.id = h.post_id JOIN post_kinds k ON k.code = p.post_kind
      JOIN persons s ON s.id = h.person_id WHERE h.held_until IS NULL),
    holders AS (
      SELECT unit_id, count(DISTINCT person_id) AS holders,
             jsonb_agg(jsonb_build_object('personId', person_id, 'personName', name, 'postTitle', title,
               'heldFrom', held_from) ORDER BY sort_order, held_from) FILTER (WHERE is_lead) AS leads
      FROM held GROUP BY unit_id),
    staff AS (SELECT home_unit_id, count(*) AS staff FROM persons WHERE left_on IS NULL GROUP BY 1)
    SELECT u.id, u.code, u.kind, u.name, coalesce(u.short_name, u.name) AS "shortName", u.name_en AS "nameEn",
           u.parent_id AS "parentId", u.area_code AS "areaCode", u.sector, coalesce(h.leads, '[]') AS leads,
           coalesce(h.holders, 0) AS holders, coalesce(t.staff, 0) AS staff
    FROM units u LEFT JOIN holders h ON h.unit_id = u.id LEFT JOIN staff t ON t.home_unit_id = u.id
    WHERE ${where} ORDER BY u.sort_order`.execute(tx)
  return rows
}

export const readChart = (tx: Tx): Promise<UnitSummary[]> => listUnits(tx, sql`u.kind <> 'village'`)

async function listPosts(tx: Tx, actor: Actor, unitId: string): Promise<Post[]> {
  const rights = rightsOf(actor)
  const current = await holdings(tx)
    .where('p.unit_id', '=', unitId)
    .where('h.held_until', 'is', null)
    .orderBy('h.held_from')
    .orderBy('s.name')
    .execute()
  const posts = await tx
    .selectFrom('posts as p')
    .innerJoin('post_kinds as k', 'k.code', 'p.post_kind')
    .select(['p.id', 'p.post_kind', 'k.title', 'k.title_en', 'k.holders_maximum', 'k.basis'])
    .where('p.unit_id', '=', unitId)
    .orderBy('k.sort_order')
    .execute()
  return posts.map((post) => {
    const holders = current.filter((row) => row.post_id === post.id)
    return {
      id: post.id,
      postKind: post.post_kind,
      title: post.title,
      titleEn: post.title_en,
      holdersMaximum: post.holders_maximum,
      basis: post.basis,
      holders: holders.map((row) => presentHolding(row, rights)),
      allowedActions: postActions(rights, {
        unitId,
        holdersMaximum: post.holders_maximum,
        holders: holders.length,
      }),
    }
  })
}

/** One unit with its posts, who holds them since when, and who did before; throws not_found. */
export async function readUnit(tx: Tx, actor: Actor, id: string): Promise<UnitDetail> {
  const [unit] = await listUnits(tx, sql`u.id = ${id}`)
  if (!unit) throw new AppError('not_found')
  const rest = await tx
    .selectFrom('units as u')
    .leftJoin('units as above', 'above.id', 'u.parent_id')
    .select(['u.duties', 'above.name as parent_name'])
    .where('u.id', '=', id)
    .executeTakeFirstOrThrow()
  const past = await holdings(tx)
    .where('p.unit_id', '=', id)
    .where('h.held_until', 'is not', null)
    .orderBy('h.held_until', 'desc')
    .orderBy('h.id')
    .limit(PAST_LIMIT)
    .execute()
  const rights = rightsOf(actor)
  return {
    unit,
    duties: rest.duties,
    parentName: rest.parent_name,
    posts: await listPosts(tx, actor, id),
    past: past.map((row) => presentHolding(row, rights)),
    allowedActions: reachesUnit(rights.edit, id) ? ['add_person'] : [],
  }
}

/** All units and kinds of posts, for filters and dialogs. */
export async function readChoices(tx: Tx, actor: Actor): Promise<OrganisationChoices> {
  const rights = rightsOf(actor)
  const units = await tx
    .selectFrom('units as u')
    .leftJoin('units as above', 'above.id', 'u.parent_id')
    .select(['u.id', 'u.kind', 'u.name', 'u.short_name', 'above.name as parent_name'])
    .orderBy('u.sort_order')
    .execute()
  const { rows: postKinds } = await sql<OrganisationChoices['postKinds'][number]>`
    SELECT k.code, k.title, k.title_en AS "titleEn",
           ARRAY(SELECT DISTINCT u.kind FROM posts p JOIN units u ON u.id = p.unit_id WHERE p.post_kind = k.code
                 ORDER BY 1) AS "unitKinds"
    FROM post_kinds k ORDER BY k.sort_order`.execute(tx)
  return {
    units: units.map((unit) => ({
      id: unit.id,
      kind: UnitKind.parse(unit.kind),
      name: unit.short_name ?? unit.name,
      parentName: unit.parent_name,
      isWithinReach: reachesUnit(rights.edit, unit.id),
    })),
    postKinds,
  }
}
