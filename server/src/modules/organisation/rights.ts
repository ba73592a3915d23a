import { type Actor, hasAction, reachOf } from '../../platform/permissions/actor.ts'
import type { Rights, UnitReach } from './organisation.rules.ts'

const unitsOf = (actor: Actor, action: string): UnitReach =>
  hasAction(actor, action) ? reachOf(actor, action).units : []

/** Where the actor may change persons and posts; what `allowedActions` are told from. */
export const rightsOf = (actor: Actor): Rights => ({
  edit: unitsOf(actor, 'organisation.edit'),
  assign: unitsOf(actor, 'organisation.assign'),
})
