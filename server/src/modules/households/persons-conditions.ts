import type { CardPersonListQuery } from '@tiejun/contract/households/persons.ts'
import { sql } from 'kysely'
import type { Vault } from '../../platform/personal-data/vault.ts'
import { type Condition, withinArea } from './list-conditions.ts'
import { personNumberOf } from './sealing.ts'
import { gramsOf, type SearchTerm } from './searches.rules.ts'

export type CardPersonFilters = Omit<CardPersonListQuery, 'limit' | 'after' | 'sort'>

const PRESENCE: Record<CardPersonFilters['hasLeft'], Condition[]> = {
  no: [sql`m.decrease_reason IS NULL`],
  yes: [sql`m.decrease_reason IS NOT NULL`],
  any: [],
}

/** The filters as conditions on `m` (members); the one on the household follows in `householdConditionsOf`. */
export function personConditions(filters: CardPersonFilters): Condition[] {
  const { area, relation, health, labourSkill, hasLeft } = filters
  const conditions = [...PRESENCE[hasLeft]]
  if (area) conditions.push(withinArea('m', area))
  if (relation) conditions.push(sql`m.relation = ANY(${relation}::text[])`)
  if (health) conditions.push(sql`m.health && ${health}::text[]`)
  if (labourSkill) conditions.push(sql`m.labour_skill = ANY(${labourSkill}::text[])`)
  return conditions
}

/** The filters on `h`, the household; without any the list need not look at it. */
export function householdConditionsOf({ category, area }: CardPersonFilters): Condition[] {
  if (!category) return []
  // Members lie where their household lies; its own area bound spares reading the households of the whole county.
  return [sql`h.poor_attribute = ANY(${category}::text[])`, ...(area ? [withinArea('h', area)] : [])]
}

/** Persons who are what was typed; members of the household when it is the household that is. */
export function personSearch(vault: Vault, { kind, text }: SearchTerm): Condition {
  if (kind === 'name') return nameCondition(text)
  if (kind === 'id_number') {
    return sql`m.id_no_hash = ${vault.lookupHash('id_number', personNumberOf(text))}`
  }
  if (kind === 'last_four') {
    return sql`(m.id_no_tail_hash = ${vault.lookupHash('id_number_tail', text)} OR m.phone_tail = ${text}
      OR ${ofHouseholds(sql`phone_tail = ${text}`)})`
  }
  const tail = text.slice(-4)
  return sql`((m.phone_tail = ${tail} AND m.phone = ${text})
    OR ${ofHouseholds(sql`household_no = ${text} OR (phone_tail = ${tail} AND household_phone = ${text})`)})`
}

// Arrays are made once, before the list is read, so that the plan does not hang on guesses about how many there are.
const ofHouseholds = (condition: Condition): Condition =>
  sql`m.household_id = ANY(ARRAY(SELECT id FROM households WHERE ${condition}))`

/** Names by their pieces, found by equality; see docs/decisions/0004-name-search.md. */
function nameCondition(name: string): Condition {
  const grams = gramsOf(name)
  const withGram = (gram: string) => sql`SELECT member_id FROM member_name_grams WHERE gram = ${gram}`
  const found = sql<boolean>`m.id = ANY(ARRAY(${sql.join(grams.map(withGram), sql` INTERSECT `)}))`
  // Pairs may stand apart from each other, so three characters and more are compared with the name itself.
  return grams.length > 1 ? sql`(${found} AND strpos(m.name, ${name}) > 0)` : found
}
