import type { Administrator } from '@tiejun/contract/platform/administrators.ts'
import { AppError } from '../http/errors.ts'

/** Both ends inclusive, 12-digit division codes. */
export interface AreaRange {
  from: string
  to: string
}

/** Where an action may be done: areas, units, and the actor's own households (as 帮扶责任人). */
export interface Reach {
  areas: AreaRange[]
  units: 'all' | string[]
  own: boolean
}

/** One action with the reach of the posts that give it. */
export interface Grant extends Reach {
  action: string
}

/** Who acts: the person behind a session, or a process of the product itself. */
export interface Actor {
  accountId: string | null
  personId: string | null
  username: string | null
  displayName: string | null
  administrator: Administrator | 'process' | null
  grants: ReadonlyMap<string, Grant>
  requestId: string | null
}

/** Actions of the three administrators; they hold no posts, so nothing else comes to them. */
export const ADMINISTRATOR_ACTIONS: Record<Administrator, string[]> = {
  system: ['accounts.manage'],
  security: ['permissions.manage'],
  audit: ['audit.view'],
}

/** What everybody signed in may do with what is theirs: own account, own session. Reaches no area. */
export const SELF = 'self'
const NOWHERE: Reach = { areas: [], units: [], own: false }

/** The product itself: start-up, sign-in, jobs, the command line. */
export const processActor = (name: string): Actor => ({
  accountId: null,
  personId: null,
  username: null,
  displayName: name,
  administrator: 'process',
  grants: new Map(),
  requestId: null,
})

/** The reach of an action; throws `forbidden` when no post gives it. */
export function reachOf(actor: Actor, action: string): Reach {
  if (action === SELF) return NOWHERE
  if (actor.administrator === 'process') return EVERYWHERE
  if (actor.administrator) {
    if (ADMINISTRATOR_ACTIONS[actor.administrator].includes(action)) return { ...NOWHERE, units: 'all' }
    throw new AppError('forbidden', { action })
  }
  const grant = actor.grants.get(action)
  if (!grant) throw new AppError('forbidden', { action })
  return grant
}

export const EVERYWHERE: Reach = {
  areas: [{ from: '000000000000', to: '999999999999' }],
  units: 'all',
  own: false,
}

/** Whether the actor has the action at all, anywhere. */
export function hasAction(actor: Actor, action: string): boolean {
  if (actor.administrator === 'process') return true
  if (actor.administrator) return ADMINISTRATOR_ACTIONS[actor.administrator].includes(action)
  return actor.grants.has(action)
}

/** Whether the actor may do the action on a record of that area; `isOwn` when the actor is its helper. */
export function mayDoIn(actor: Actor, action: string, areaCode: string, isOwn = false): boolean {
  if (!hasAction(actor, action)) return false
  const reach = reachOf(actor, action)
  if (reach.own && isOwn) return true
  return reach.areas.some((range) => range.from <= areaCode && areaCode <= range.to)
}

const ZEROS_BELOW_LEVEL = ['0000000000', '00000000', '000000', '000']

/** The codes of a division and everything below it: 411722101000 (township) → 411722101000–411722101999. */
export function areaRangeOf(code: string): AreaRange {
  const zeros = ZEROS_BELOW_LEVEL.find((ending) => code.endsWith(ending)) ?? ''
  return { from: code, to: code.slice(0, 12 - zeros.length).padEnd(12, '9') }
}
