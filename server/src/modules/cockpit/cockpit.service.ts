import type { Figures } from '@tiejun/contract/platform/indicators.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Indicator } from '../../platform/indicators/indicator.ts'
import { type Actor, hasAction, reachOf } from '../../platform/permissions/actor.ts'
import { declaredIndicators } from './cockpit.indicators.ts'
import { type Counted, figureTable } from './cockpit.rules.ts'

const VIEW = 'figures.view'

/** Whether the list behind a number shows this actor the records that were counted: same action, same reach. */
function mayOpenRecords(actor: Actor, { action }: Indicator): boolean {
  if (!hasAction(actor, action)) return false
  const [counted, listed] = [reachOf(actor, VIEW), reachOf(actor, action)]
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  return same(counted.areas, listed.areas) && same(counted.units, listed.units) && counted.own === listed.own
}

async function countAll(tx: Tx, actor: Actor, indicators: readonly Indicator[]): Promise<Counted[]> {
  const counted: Counted[] = []
  // One after the other: they share the connection of the transaction, and with it one snapshot.
  for (const indicator of indicators) {
    const { count, action: _action, href, ...facts } = indicator
    counted.push({ ...facts, value: await count(tx), href: mayOpenRecords(actor, indicator) ? href : null })
  }
  return counted
}

/** 成效数字: what was reported beside what our records give. */
export function cockpitService(db: Database, pack: Pack) {
  const indicators = declaredIndicators(pack)
  return {
    figures: (actor: Actor): Promise<Figures> =>
      db.asReader(actor, VIEW, async (tx) => ({
        figures: figureTable(pack.figures, await countAll(tx, actor, indicators)),
      })),
  }
}

export type CockpitService = ReturnType<typeof cockpitService>
