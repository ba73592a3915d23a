import type { FieldProblem } from '@tiejun/contract/platform/errors.ts'

/** Where somebody may do an action, by unit. */
export type UnitReach = 'all' | readonly string[]

export const reachesUnit = (reach: UnitReach, unitId: string): boolean =>
  reach === 'all' || reach.includes(unitId)

/** What the asking user may do in units, by the two actions that change the organisation. */
export interface Rights {
  edit: UnitReach
  assign: UnitReach
}

export function personActions(
  rights: Rights,
  person: { homeUnitId: string; leftOn: string | null },
): ('edit' | 'give_post')[] {
  const mayGive = person.leftOn === null && (rights.assign === 'all' || rights.assign.length > 0)
  return [
    ...(reachesUnit(rights.edit, person.homeUnitId) ? (['edit'] as const) : []),
    ...(mayGive ? (['give_post'] as const) : []),
  ]
}

export function holdingActions(
  rights: Rights,
  holding: { unitId: string; heldUntil: string | null },
): ('end' | 'move')[] {
  return holding.heldUntil === null && reachesUnit(rights.assign, holding.unitId) ? ['end', 'move'] : []
}

export function postActions(
  rights: Rights,
  post: { unitId: string; holdersMaximum: number | null; holders: number },
): 'give'[] {
  const isFull = post.holdersMaximum !== null && post.holders >= post.holdersMaximum
  return !isFull && reachesUnit(rights.assign, post.unitId) ? ['give'] : []
}

/** Why a post cannot be given to a person; undefined when it can. */
export type GivingRefusal = 'already_held' | 'post_full' | 'person_has_left'

export function givingRefusal(facts: {
  holdersMaximum: number | null
  /** Persons who hold the post now, without one who gives it up in the same command. */
  holders: readonly string[]
  personId: string
  leftOn: string | null
}): GivingRefusal | undefined {
  if (facts.leftOn !== null) return 'person_has_left'
  if (facts.holders.includes(facts.personId)) return 'already_held'
  const isFull = facts.holdersMaximum !== null && facts.holders.length >= facts.holdersMaximum
  return isFull ? 'post_full' : undefined
}

/** A post begins or ends today or in the past: what is only planned is not yet so. */
export function dateProblems(path: string, on: string, today: string): FieldProblem[] {
  return on > today ? [{ path, code: 'date_in_future', params: { today } }] : []
}

/** The day a holding ends: not in the future, not before it began. */
export function endProblems(on: string, today: string, heldFrom: string): FieldProblem[] {
  if (on < heldFrom) return [{ path: 'on', code: 'before_first_day', params: { heldFrom } }]
  return dateProblems('on', on, today)
}

const UNMASKED_HEAD = 3
const UNMASKED_TAIL = 4

/** 13800005678 → 138****5678 */
export function maskedPhone(phone: string): string {
  const hidden = Math.max(phone.length - UNMASKED_HEAD - UNMASKED_TAIL, 0)
  return phone.slice(0, UNMASKED_HEAD) + '*'.repeat(hidden) + phone.slice(phone.length - UNMASKED_TAIL)
}
