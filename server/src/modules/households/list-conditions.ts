import type { HouseholdListQuery } from '@tiejun/contract/households/list.ts'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { areaRangeOf } from '../../platform/permissions/actor.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'
import { personNumberOf } from './sealing.ts'
import { gramsOf, type SearchTerm } from './searches.rules.ts'

export type Condition = RawBuilder<SqlBool>
export type HouseholdFilters = Omit<HouseholdListQuery, 'limit' | 'after' | 'sort'>

/** Condition for the households of one import. */
export type ImportCondition = (importId: string) => Condition

/** The filters as conditions on `h` (households); those on income follow in `incomeConditions`. */
export function householdConditions(
  filters: HouseholdFilters,
  importCondition: ImportCondition,
): Condition[] {
  const { area, category, cause, status, exitYear, corrected, importId } = filters
  const conditions: Condition[] = []
  if (area) conditions.push(withinArea('h', area))
  if (category) conditions.push(sql`h.poor_attribute = ANY(${category}::text[])`)
  if (cause) conditions.push(sql`h.main_cause = ANY(${cause}::text[])`)
  if (status) conditions.push(sql`h.poverty_status = ANY(${status}::text[])`)
  if (exitYear !== undefined) conditions.push(sql`h.exit_year = ${exitYear}`)
  if (corrected) conditions.push(sql`h.corrected_field_count > 0`)
  if (importId) conditions.push(importCondition(importId))
  return conditions
}

/** A division and everything below it, as the range of codes an index serves. */
export function withinArea(alias: string, area: string): Condition {
  const { from, to } = areaRangeOf(area)
  return sql`${sql.ref(`${alias}.village_code`)} BETWEEN ${from} AND ${to}`
}

/** The filters on `y` (income of the year of the list). */
export function incomeConditions({ incomeFromFen, incomeToFen }: HouseholdFilters): Condition[] {
  const conditions: Condition[] = []
  if (incomeFromFen !== undefined) conditions.push(sql`y.net_per_capita_fen >= ${incomeFromFen}`)
  if (incomeToFen !== undefined) conditions.push(sql`y.net_per_capita_fen <= ${incomeToFen}`)
  return conditions
}

/** Households in which the term is found, members who left included. */
export function searchCondition(vault: Vault, { kind, text }: SearchTerm): Condition {
  if (kind === 'name') return nameCondition(text)
  if (kind === 'id_number') {
    return amongMembers(sql`id_no_hash = ${vault.lookupHash('id_number', personNumberOf(text))}`)
  }
  if (kind === 'last_four') {
    const tail = vault.lookupHash('id_number_tail', text)
    return sql`(${amongMembers(sql`id_no_tail_hash = ${tail}`)} OR ${amongMembers(sql`phone_tail = ${text}`)}
      OR h.phone_tail = ${text})`
  }
  const tail = text.slice(-4)
  return sql`(h.household_no = ${text} OR (h.phone_tail = ${tail} AND h.household_phone = ${text})
    OR ${amongMembers(sql`phone_tail = ${tail} AND phone = ${text}`)})`
}

// The array is made once, before the list is read, so that the plan does not hang on guesses about how many there are.
const amongMembers = (condition: Condition): Condition =>
  sql`h.id = ANY(ARRAY(SELECT household_id FROM members WHERE ${condition}))`

/** Names by their pieces, found by equality; see docs/decisions/0004-name-search.md. */
function nameCondition(name: string): Condition {
  const [first = '', ...others] = gramsOf(name)
  if (others.length === 0)
    return sql`h.id = ANY(ARRAY(SELECT household_id FROM member_name_grams WHERE gram = ${first}))`
  const withGram = (gram: string) => sql`SELECT member_id FROM member_name_grams WHERE gram = ${gram}`
  const ids = sql.join([first, ...others].map(withGram), sql` INTERSECT `)
  // Pairs may stand apart from each other, so three characters and more are compared with the name itself.
  return amongMembers(sql`id = ANY(ARRAY(${ids})) AND strpos(name, ${name}) > 0`)
}
