import type { Area, AreaDetail, AreaTree } from '@tiejun/contract/areas/endpoints.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import { momentOf, readAsOf } from '../../platform/clock/moment.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { type Actor, areaRangeOf, reachOf } from '../../platform/permissions/actor.ts'
import { isWithinReach } from './areas.rules.ts'
import { findDetail, listTree, listWithChildren } from './areas.views.ts'

const VIEW = 'areas.view'

export function areasService(db: Database, clock: Clock) {
  const presentTo = (actor: Actor) => {
    const reach = reachOf(actor, VIEW)
    return (area: Omit<Area, 'isWithinReach'>): Area => ({
      ...area,
      isWithinReach: isWithinReach(areaRangeOf(area.code), reach.areas, reach.own),
    })
  }
  return {
    tree: async (actor: Actor, asOf?: string): Promise<AreaTree> => {
      const moment = momentOf(asOf, clock)
      const read = async (tx: Tx): Promise<AreaTree> => ({
        areas: (await listTree(tx)).map(presentTo(actor)),
        ...readAsOf(moment),
      })
      return db.asReader(actor, VIEW, read, moment)
    },

    detail: async (actor: Actor, code: string, asOf?: string): Promise<AreaDetail> => {
      const moment = momentOf(asOf, clock)
      const read = async (tx: Tx): Promise<AreaDetail> => {
        const detail = await findDetail(tx, code)
        const [area, ...children] = (await listWithChildren(tx, code)).map(presentTo(actor))
        if (!detail || !area) throw new AppError('not_found')
        return { area, children, ...detail, ...readAsOf(moment) }
      }
      return db.asReader(actor, VIEW, read, moment)
    },
  }
}

export type AreasService = ReturnType<typeof areasService>
