import type { Figures } from '@tiejun/contract/platform/indicators.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import { type Moment, momentOf, readAsOf } from '../../platform/clock/moment.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Indicator } from '../../platform/indicators/indicator.ts'
import { type Actor, hasAction, reachOf } from '../../platform/permissions/actor.ts'
import { declaredIndicators } from './cockpit.indicators.ts'
import { type Counted, figureTable } from './cockpit.rules.ts'
import { monthlyService } from './monthly.service.ts'

const VIEW = 'figures.view'

/** Whether the list behind a number shows this actor the records that were counted: same action, same reach. */
function mayOpenRecords(actor: Actor, { action }: Indicator): boolean {
  if (!hasAction(actor, action)) return false
  const [counted, listed] = [reachOf(actor, VIEW), reachOf(actor, action)]
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  return same(counted.areas, listed.areas) && same(counted.units, listed.units) && counted.own === listed.own
}

/** The page behind a number: of then, when the number is; one that knows only the present is not opened from the past. */
function pageOf({ href, keepsHistory }: Indicator, moment: Moment | undefined): string | null {
  if (!moment) return href
  if (!keepsHistory) return null
  return `${href}${href.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(moment.at.toISOString())}`
}

async function countAll(
  tx: Tx,
  actor: Actor,
  indicators: readonly Indicator[],
  moment: Moment | undefined,
): Promise<Counted[]> {
  const counted: Counted[] = []
  // One after the other: they share the connection of the transaction, and with it one snapshot.
  for (const indicator of indicators) {
    const { count, action: _action, keepsHistory: _keepsHistory, ...facts } = indicator
    const href = mayOpenRecords(actor, indicator) ? pageOf(indicator, moment) : null
    counted.push({ ...facts, value: await count(tx), href })
  }
  return counted
}

/** 成效数字: what was reported beside what our records give. */
export function cockpitService(db: Database, clock: Clock, pack: Pack) {
  const indicators = declaredIndicators(pack)
  return {
    figures: async (actor: Actor, asOf?: string): Promise<Figures> => {
      const moment = momentOf(asOf, clock)
      const read = async (tx: Tx): Promise<Figures> => ({
        figures: figureTable(pack.figures, await countAll(tx, actor, indicators, moment)),
        ...readAsOf(moment),
      })
      return db.asReader(actor, VIEW, read, moment)
    },
    ...monthlyService(db, clock, pack),
  }
}

export type CockpitService = ReturnType<typeof cockpitService>
