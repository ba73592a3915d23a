import type { Area, AreaDetail, AreaTree } from '@tiejun/contract/areas/endpoints.ts'
import type { Database } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { type Actor, areaRangeOf, reachOf } from '../../platform/permissions/actor.ts'
import { isWithinReach } from './areas.rules.ts'
import { findDetail, listTree, listWithChildren } from './areas.views.ts'

const VIEW = 'areas.view'

export function areasService(db: Database) {
  const presentTo = (actor: Actor) => {
    const reach = reachOf(actor, VIEW)
    return (area: Omit<Area, 'isWithinReach'>): Area => ({
      ...area,
      isWithinReach: isWithinReach(areaRangeOf(area.code), reach.areas, reach.own),
    })
  }
  return {
    tree: (actor: Actor): Promise<AreaTree> =>
      db.asReader(actor, VIEW, async (tx) => ({ areas: (await listTree(tx)).map(presentTo(actor)) })),

    detail: (actor: Actor, code: string): Promise<AreaDetail> =>
      db.asReader(actor, VIEW, async (tx) => {
        const detail = await findDetail(tx, code)
        const [area, ...children] = (await listWithChildren(tx, code)).map(presentTo(actor))
        if (!detail || !area) throw new AppError('not_found')
        return { area, children, ...detail }
      }),
  }
}

export type AreasService = ReturnType<typeof areasService>
