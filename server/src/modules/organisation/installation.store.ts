import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { hasPost, listUnits, type UnitOfPack } from '../../platform/packs/index.ts'

/** Puts the units, kinds of posts, their actions and the posts themselves of a pack into an empty county. */
export async function installOrganisation(tx: Tx, pack: Pack): Promise<void> {
  const units = listUnits(pack)
  const unitIds = await insertUnits(tx, pack, units)
  await insertPostKinds(tx, pack)
  await insertPosts(tx, pack, units, unitIds)
}

/** The ids of the new units by their code. */
async function insertUnits(tx: Tx, pack: Pack, units: UnitOfPack[]): Promise<Map<string, string>> {
  const ids = new Map(units.map((unit) => [unit.code, newId()]))
  const listed = new Map(pack.units.map((unit) => [unit.code, unit]))
  await tx
    .insertInto('units')
    .values(
      units.map((unit, index) => ({
        id: idOf(ids, unit.code),
        code: unit.code,
        kind: unit.kind,
        name: unit.name,
        short_name: unit.shortName,
        name_en: listed.get(unit.code)?.name.en ?? null,
        sector: listed.get(unit.code)?.sector?.zh ?? null,
        duties: listed.get(unit.code)?.role ?? null,
        parent_id: unit.parentCode === null ? null : idOf(ids, unit.parentCode),
        area_code: unit.areaCode,
        sort_order: index + 1,
      })),
    )
    .execute()
  return ids
}

async function insertPostKinds(tx: Tx, pack: Pack): Promise<void> {
  await tx
    .insertInto('post_kinds')
    .values(
      pack.posts.map(({ code, title, reach, holders, basis }, index) => ({
        code,
        title: title.zh,
        title_en: title.en,
        reach,
        holders_maximum: holders,
        basis,
        sort_order: index + 1,
      })),
    )
    .execute()
  const given = pack.posts.flatMap(({ code, actions }) =>
    actions.map((action) => ({ post_kind: code, action })),
  )
  if (given.length > 0) await tx.insertInto('post_kind_actions').values(given).execute()
}

async function insertPosts(
  tx: Tx,
  pack: Pack,
  units: UnitOfPack[],
  unitIds: Map<string, string>,
): Promise<void> {
  const posts = units.flatMap((unit) =>
    pack.posts
      .filter((post) => hasPost(unit, post))
      .map((post) => ({ id: newId(), post_kind: post.code, unit_id: idOf(unitIds, unit.code) })),
  )
  if (posts.length > 0) await tx.insertInto('posts').values(posts).execute()
}

function idOf(ids: Map<string, string>, code: string): string {
  const id = ids.get(code)
  // The loader has checked that every parent exists.
  if (id === undefined) throw new Error(`the pack names no unit ${code}`)
  return id
}
