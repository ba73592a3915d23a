import type {
  CardPersonListQuery,
  CardPersonPage,
  CardPersonRow,
} from '@tiejun/contract/households/persons.ts'
import { maskPhone } from '@tiejun/contract/standards/masks.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { decodeCursor, orderBy, pageOfRows, rowsAfter, type SortColumn } from '../../platform/lists/keyset.ts'
import { mayDoIn } from '../../platform/permissions/actor.ts'
import { allowedActionsOn } from './allowed-actions.ts'
import type { Condition } from './list-conditions.ts'
import type { CardMeans } from './means.ts'
import {
  type CardPersonFilters,
  householdConditionsOf,
  personConditions,
  personSearch,
} from './persons-conditions.ts'
import { maskedIdNumber } from './sealing.ts'
import { getSearch } from './searches.service.ts'

type Sort = CardPersonListQuery['sort']

/** Full years on the day that is shown, as `ageOn` of the contract counts them. */
const AGE = 'extract(year FROM age((SELECT shown_on()), m.birth_on))::int'

/** Members of one household stand together, in the order of the card; the id makes the order definite. */
const ON_CARD = [
  'm.village_code',
  'm.household_id',
  "(CASE WHEN m.relation = 'head' THEN 0 ELSE coalesce(m.order_in_household, 100) END)",
  'm.id',
]

// The age and not the birth date, which must not stand in a cursor either.
function sortColumns(sort: Sort): SortColumn[] {
  const descending = sort?.startsWith('-') ?? false
  const onCard = ON_CARD.map((column) => ({ column, descending }))
  return sort?.endsWith('age') ? [{ column: AGE, descending, nullable: true }, ...onCard] : onCard
}

/** The list as asked for, before it is paged: conditions and order settled. */
export interface PersonSelection {
  conditions: Condition[]
  onHousehold: Condition[]
  sort: Sort
  search: CardPersonPage['search']
}

/** Throws `not_found` for a search of somebody else. */
export async function selectPersons(
  tx: Tx,
  { vault }: CardMeans,
  query: CardPersonFilters & { sort?: Sort },
): Promise<PersonSelection> {
  const search = query.search ? await getSearch(tx, vault, query.search) : null
  const found = search ? [personSearch(vault, search.term)] : []
  return {
    conditions: [...personConditions(query), ...found],
    onHousehold: householdConditionsOf(query),
    sort: query.sort,
    search: search && { text: search.typed, kind: search.term.kind },
  }
}

/** FROM and WHERE of the selection; the household is only looked at when a filter asks. */
function selected({ conditions, onHousehold }: PersonSelection, more: Condition[] = []): RawBuilder<unknown> {
  const all = [...conditions, ...onHousehold, ...more]
  const household = onHousehold.length > 0 ? sql` JOIN households h ON h.id = m.household_id` : sql``
  return sql`FROM members m${household}${all.length > 0 ? sql` WHERE ${sql.join(all, sql` AND `)}` : sql``}`
}

/** The exact number of persons the selection opens. */
export async function countSelectedPersons(tx: Tx, selection: PersonSelection): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count ${selected(selection)}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Rows after the last page; in the order of villages the first of them is where the index begins to be read. */
function afterCursor(sorts: SortColumn[], after: string): Condition[] {
  const values = decodeCursor(after, sorts.length)
  const beyond = sql<boolean>`${rowsAfter(sorts, values)}`
  const [first] = sorts
  if (first?.column !== ON_CARD[0]) return [beyond]
  const bound = first?.descending
    ? sql<boolean>`m.village_code <= ${values[0]}`
    : sql<boolean>`m.village_code >= ${values[0]}`
  return [bound, beyond]
}

interface ListedPerson {
  id: string
  household_id: string
  household_no: string
  village_code: string
  township_name: string | null
  village_name: string
  name: string
  relation: string
  head_name: string | null
  sex: string | null
  age: number | null
  id_no_sealed: Buffer | null
  poor_attribute: string | null
  health: string[]
  labour_skill: string | null
  phone: string | null
  decrease_reason: string | null
  sort_values: (string | number | null)[]
}

/** One page; households, heads and places are only looked up for the rows on it. Reads areas (of the areas module). */
function pageQuery(selection: PersonSelection, limit: number, after: string | undefined) {
  const sorts = sortColumns(selection.sort)
  const names = sorts.map((_, place) => sql.ref(`s${place}`))
  const sortValues = sorts.map(({ column }, place) => sql`${sql.raw(column)} AS ${names[place]}`)
  const inOrder = sorts.map((sort, place) => ({ ...sort, column: `page.s${place}` }))
  return sql<ListedPerson>`
    WITH page AS MATERIALIZED (
      SELECT m.id, m.household_id, m.village_code, m.name, m.relation, m.sex, ${sql.raw(AGE)} AS age, m.id_no_sealed,
        m.health, m.labour_skill, m.phone, m.decrease_reason, ${sql.join(sortValues)}
      ${selected(selection, after ? afterCursor(sorts, after) : [])}
      ORDER BY ${orderBy(sorts)} LIMIT ${limit + 1})
    SELECT page.*, jsonb_build_array(${sql.join(names)}) AS sort_values, h.household_no, h.poor_attribute,
      v.name AS village_name, t.name AS township_name, head.name AS head_name
    FROM page
    JOIN households h ON h.id = page.household_id
    JOIN areas v ON v.code = page.village_code
    LEFT JOIN areas t ON t.code = v.parent_code
    LEFT JOIN LATERAL (SELECT name FROM members
      WHERE household_id = page.household_id AND relation = 'head' AND decrease_reason IS NULL) head ON true
    ORDER BY ${orderBy(inOrder)}`
}

export async function readPersons(
  tx: Tx,
  means: CardMeans,
  selection: PersonSelection,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: CardPersonRow[]; next: string | null }> {
  const { rows } = await pageQuery(selection, limit, after).execute(tx)
  const { page, next } = pageOfRows(rows, limit, (row) => row.sort_values)
  return { rows: page.map((row) => present(means, row)), next }
}

function present(means: CardMeans, row: ListedPerson): CardPersonRow {
  const { vault, actor } = means
  // Outside the areas one views, a person is seen because one helps the household.
  const isOwn = !mayDoIn(actor, 'households.view', row.village_code)
  return {
    id: row.id,
    householdId: row.household_id,
    householdNo: row.household_no,
    villageCode: row.village_code,
    townshipName: row.township_name ?? '',
    villageName: row.village_name,
    name: row.name,
    relation: row.relation,
    headName: row.head_name,
    sex: row.sex,
    age: row.age,
    idNo: maskedIdNumber(vault, row.id_no_sealed),
    poorAttribute: row.poor_attribute,
    health: row.health,
    labourSkill: row.labour_skill,
    phone: row.phone && maskPhone(row.phone),
    decreaseReason: row.decrease_reason,
    allowedActions: allowedActionsOn(means, row.village_code, isOwn),
  }
}
