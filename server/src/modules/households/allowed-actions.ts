import type { HouseholdAction } from '@tiejun/contract/households/allowed.ts'
import { type Actor, mayDoIn } from '../../platform/permissions/actor.ts'

/** What the actor may do with a card of this village; who sees a card may print it. */
export function allowedActionsOn(actor: Actor, villageCode: string, isOwn: boolean): HouseholdAction[] {
  const actions: HouseholdAction[] = []
  if (mayDoIn(actor, 'households.edit', villageCode, isOwn)) actions.push('edit')
  if (mayDoIn(actor, 'households.unmask', villageCode, isOwn)) actions.push('unmask')
  return [...actions, 'print']
}
