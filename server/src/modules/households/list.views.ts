import type { HouseholdListQuery, HouseholdPage, HouseholdRow } from '@tiejun/contract/households/list.ts'
import { maskPhone } from '@tiejun/contract/standards/masks.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { decodeCursor, orderBy, pageOfRows, rowsAfter, type SortColumn } from '../../platform/lists/keyset.ts'
import { type Actor, mayDoIn } from '../../platform/permissions/actor.ts'
import { allowedActionsOn } from './allowed-actions.ts'
import {
  type Condition,
  type HouseholdFilters,
  householdConditions,
  type ImportCondition,
  incomeConditions,
  searchCondition,
  withinArea,
} from './list-conditions.ts'
import type { CardMeans } from './means.ts'
import { maskedIdNumber } from './sealing.ts'
import { getSearch } from './searches.service.ts'

type Sort = NonNullable<HouseholdListQuery['sort']>
type SortName = Sort extends `-${infer Name}` ? Name : Sort

/** What each sort orders by; the household number makes every order definite. */
const SORTS: Record<'village' | 'householdNo' | 'netPerCapita' | 'memberCount' | 'changedAt', SortColumn[]> =
  {
    village: [{ column: 'h.village_code', descending: false }],
    householdNo: [],
    netPerCapita: [{ column: 'y.net_per_capita_fen', descending: false, nullable: true }],
    memberCount: [{ column: 'n.member_count', descending: false }],
    changedAt: [{ column: 'h.changed_at', descending: false }],
  }
const BY_NUMBER: SortColumn = { column: 'h.household_no', descending: false }

const isSortName = (name: string): name is keyof typeof SORTS & SortName => Object.hasOwn(SORTS, name)

function sortColumns(sort: HouseholdListQuery['sort']): SortColumn[] {
  const name = (sort ?? 'village').replace(/^-/, '')
  const descending = sort?.startsWith('-') ?? false
  const columns = isSortName(name) ? SORTS[name] : []
  return [...columns, BY_NUMBER].map((column) => ({ ...column, descending }))
}

/** The list as asked for, before it is paged: conditions, year and order settled. */
export interface HouseholdSelection {
  conditions: Condition[]
  onIncome: Condition[]
  year: number | null
  area: string | undefined
  sorts: SortColumn[]
  needsMemberCount: boolean
  search: HouseholdPage['search']
}

/** Earliest year the register knows incomes of. */
const FIRST_YEAR = 2010

/** The latest full year with any income within reach; a year entered early does not empty the column. */
async function findIncomeYear(tx: Tx, today: string): Promise<number | null> {
  const lastFullYear = Number(today.slice(0, 4)) - 1
  const { rows } = await sql<{ year: number }>`
    SELECT year FROM generate_series(${lastFullYear}::int, ${FIRST_YEAR}::int, -1) AS year
    WHERE EXISTS (SELECT FROM income_years y WHERE y.year = year.year) LIMIT 1`.execute(tx)
  return rows[0]?.year ?? null
}

export async function selectHouseholds(
  tx: Tx,
  { vault, today }: CardMeans,
  query: HouseholdFilters & { sort?: HouseholdListQuery['sort'] },
  importCondition: ImportCondition,
): Promise<HouseholdSelection> {
  const search = query.search ? await getSearch(tx, vault, query.search) : null
  const found = search ? [searchCondition(vault, search.term)] : []
  return {
    conditions: [...householdConditions(query, importCondition), ...found],
    onIncome: incomeConditions(query),
    year: query.year ?? (await findIncomeYear(tx, today)),
    area: query.area,
    sorts: sortColumns(query.sort),
    needsMemberCount: query.sort?.endsWith('memberCount') ?? false,
    search: search && { text: search.typed, kind: search.term.kind },
  }
}

const and = (conditions: Condition[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`` : sql` WHERE ${sql.join(conditions, sql` AND `)}`

/** The income of the year beside the household; its own area bound lets the index give one stretch of the year. */
function withIncome({ year, area, onIncome }: HouseholdSelection): RawBuilder<unknown> {
  const bound = area ? sql` AND ${withinArea('y', area)}` : sql``
  const join = onIncome.length > 0 ? sql`JOIN` : sql`LEFT JOIN`
  return sql` ${join} income_years y ON y.household_id = h.id AND y.year = ${year}${bound}`
}

// One look into the index per household: adding up all members of the county first takes three times as long.
const withMemberCount = sql` CROSS JOIN LATERAL (SELECT count(*) AS member_count FROM members
  WHERE household_id = h.id AND decrease_reason IS NULL) n`

/** The exact number of households the selection opens. */
export async function countSelected(tx: Tx, selection: HouseholdSelection): Promise<number> {
  const { conditions, onIncome } = selection
  const income = onIncome.length > 0 ? withIncome(selection) : sql``
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM households h${income}${and([...conditions, ...onIncome])}`.execute(tx)
  return rows[0]?.count ?? 0
}

interface ListedRow {
  id: string
  household_no: string
  village_code: string
  township_name: string | null
  village_name: string
  head_name: string | null
  head_id_no: Buffer | null
  member_count: number
  poor_attribute: string | null
  poverty_status: string | null
  main_cause: string | null
  exit_year: number | null
  net_per_capita_fen: number | null
  household_phone: string | null
  changed_at: Date
  sort_values: (string | number | null)[]
}

/** One page; the people and names are only looked up for the rows on it. Reads areas (of the areas module). */
function pageQuery(selection: HouseholdSelection, limit: number, after: string | undefined) {
  const { conditions, onIncome, sorts, needsMemberCount } = selection
  const cursor = after ? [sql<boolean>`${rowsAfter(sorts, decodeCursor(after, sorts.length))}`] : []
  const names = sorts.map((_, place) => `s${place}`)
  const sortValues = sql.join(
    sorts.map(({ column }, place) => sql`${sql.raw(column)} AS ${sql.ref(`s${place}`)}`),
  )
  const inOrder = sorts.map((sort, place) => ({ ...sort, column: `page.s${place}` }))
  return sql<ListedRow>`
    WITH page AS MATERIALIZED (
      SELECT h.id, h.household_no, h.village_code, h.poor_attribute, h.poverty_status, h.main_cause, h.exit_year,
        h.household_phone, h.changed_at, y.net_per_capita_fen, ${sortValues}
      FROM households h${withIncome(selection)}${needsMemberCount ? withMemberCount : sql``}
      ${and([...conditions, ...onIncome, ...cursor])}
      ORDER BY ${orderBy(sorts)} LIMIT ${limit + 1})
    SELECT page.*, jsonb_build_array(${sql.join(names.map((name) => sql.ref(name)))}) AS sort_values, v.name AS village_name, t.name AS township_name, m.member_count, m.head_name, m.head_id_no
    FROM page
    JOIN areas v ON v.code = page.village_code
    LEFT JOIN areas t ON t.code = v.parent_code
    CROSS JOIN LATERAL (
      SELECT count(*) AS member_count, max(name) FILTER (WHERE relation = 'head') AS head_name,
        (array_agg(id_no_sealed) FILTER (WHERE relation = 'head'))[1] AS head_id_no
      FROM members WHERE household_id = page.id AND decrease_reason IS NULL) m
    ORDER BY ${orderBy(inOrder)}`
}

export async function readPage(
  tx: Tx,
  means: CardMeans,
  selection: HouseholdSelection,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: HouseholdRow[]; next: string | null }> {
  const { rows } = await pageQuery(selection, limit, after).execute(tx)
  const { page, next } = pageOfRows(rows, limit, (row) => row.sort_values)
  return { rows: page.map((row) => present(means, row)), next }
}

function present(means: CardMeans, row: ListedRow): HouseholdRow {
  const { vault, actor } = means
  return {
    id: row.id,
    householdNo: row.household_no,
    villageCode: row.village_code,
    townshipName: row.township_name ?? '',
    villageName: row.village_name,
    headName: row.head_name,
    headIdNo: maskedIdNumber(vault, row.head_id_no),
    memberCount: row.member_count,
    poorAttribute: row.poor_attribute,
    povertyStatus: row.poverty_status,
    mainCause: row.main_cause,
    exitYear: row.exit_year,
    netPerCapitaFen: row.net_per_capita_fen,
    householdPhone: row.household_phone && maskPhone(row.household_phone),
    changedAt: row.changed_at.toISOString(),
    allowedActions: allowedActionsOn(means, row.village_code, isSeenAsOwn(actor, row.village_code)),
  }
}

/** Outside the areas one views, a household is seen because one helps it. */
const isSeenAsOwn = (actor: Actor, villageCode: string): boolean =>
  !mayDoIn(actor, 'households.view', villageCode)
