import type { Clock } from '../../platform/clock/clock.ts'
import type { Moment } from '../../platform/clock/moment.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'
import type { PackFacts } from './pack-facts.ts'

/** What the services of this module stand on. */
export interface HouseholdMeans {
  db: Database
  clock: Clock
  vault: Vault
  facts: PackFacts
}

/** What showing one card needs: whose eyes, which day; the moment when it is in the past. */
export interface CardMeans {
  vault: Vault
  facts: PackFacts
  actor: Actor
  today: string
  moment: Moment | undefined
}

export const cardMeans = (
  { vault, facts, clock }: HouseholdMeans,
  actor: Actor,
  moment?: Moment,
): CardMeans => ({
  vault,
  facts,
  actor,
  today: moment?.day ?? clock.today(),
  moment,
})
