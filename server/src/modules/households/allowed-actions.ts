import type { HouseholdAction } from '@tiejun/contract/households/allowed.ts'
import { mayDoIn } from '../../platform/permissions/actor.ts'
import type { CardMeans } from './means.ts'

/** What the actor may do with a card of this village; who sees a card may print it, and nobody changes the past. */
export function allowedActionsOn(
  { actor, moment }: Pick<CardMeans, 'actor' | 'moment'>,
  villageCode: string,
  isOwn: boolean,
): HouseholdAction[] {
  if (moment) return []
  const actions: HouseholdAction[] = []
  if (mayDoIn(actor, 'households.edit', villageCode, isOwn)) actions.push('edit')
  if (mayDoIn(actor, 'households.unmask', villageCode, isOwn)) actions.push('unmask')
  return [...actions, 'print']
}
