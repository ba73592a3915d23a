import {
  type Person,
  type PersonDetail,
  type PersonListQuery,
  PersonPoliticalStatus,
  PersonSex,
} from '@tiejun/contract/organisation/persons.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { decodeCursor, orderBy, pageOfRows, rowsAfter, type SortColumn } from '../../platform/lists/keyset.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { holdings, presentHolding } from './holdings.views.ts'
import { maskedPhone, personActions, reachesUnit, type Rights } from './organisation.rules.ts'
import { rightsOf } from './rights.ts'

type Filters = Omit<PersonListQuery, 'limit' | 'after' | 'sort'>

// The first day of the longest-held present post; computed per row only where the list is sorted by it.
const HELD_FROM = `(SELECT min(h.held_from) FROM post_holdings h WHERE h.person_id = s.id AND h.held_until IS NULL)::text`

const SORTS: Record<string, SortColumn[]> = {
  name: [{ column: 's.name', descending: false }],
  homeUnit: [{ column: 'u.sort_order', descending: false }],
  heldFrom: [{ column: HELD_FROM, descending: false, nullable: true }],
}

function sortsOf(sort: PersonListQuery['sort']): SortColumn[] {
  const name = sort?.replace(/^-/, '') ?? 'homeUnit'
  const asked = (SORTS[name] ?? []).map((column) => ({
    ...column,
    descending: sort?.startsWith('-') ?? false,
  }))
  const rest = name === 'name' ? [] : [{ column: 's.name', descending: false }]
  return [...asked, ...rest, { column: 's.id', descending: false }]
}

const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/** Persons that match, each with the posts held now. */
function filtered(tx: Tx, { name, homeUnit, unit, postKind }: Filters) {
  return tx
    .selectFrom('persons as s')
    .innerJoin('units as u', 'u.id', 's.home_unit_id')
    .$if(name !== undefined, (query) => query.where('s.name', 'like', likePattern(name ?? '')))
    .$if(homeUnit !== undefined, (query) => query.where('s.home_unit_id', '=', homeUnit ?? ''))
    .$if(unit !== undefined || !!postKind?.length, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('post_holdings as h')
            .innerJoin('posts as p', 'p.id', 'h.post_id')
            .select('h.id')
            .whereRef('h.person_id', '=', 's.id')
            .where('h.held_until', 'is', null)
            .$if(unit !== undefined, (held) => held.where('p.unit_id', '=', unit ?? ''))
            .$if(!!postKind?.length, (held) => held.where('p.post_kind', 'in', postKind ?? [])),
        ),
      ),
    )
}

const HELD_POSTS = sql<Person['posts']>`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'postTitle', k.title, 'unitName', coalesce(pu.short_name, pu.name),
           'heldFrom', h.held_from) ORDER BY k.sort_order, h.held_from), '[]')
  FROM post_holdings h JOIN posts p ON p.id = h.post_id JOIN post_kinds k ON k.code = p.post_kind
  JOIN units pu ON pu.id = p.unit_id WHERE h.person_id = s.id AND h.held_until IS NULL)`

const withPosts = (tx: Tx, filters: Filters) =>
  filtered(tx, filters)
    .select(['s.id', 's.name', 's.sex', 's.phone', 's.political_status', 's.home_unit_id', 's.staff_title'])
    .select(['s.left_on', 's.version', 'u.short_name', 'u.name as unit_name', 'u.sort_order'])
    .select(HELD_POSTS.as('posts'))

type Row = Awaited<ReturnType<ReturnType<typeof withPosts>['execute']>>[number]

function present(row: Row, rights: Rights): Person {
  const mayEdit = reachesUnit(rights.edit, row.home_unit_id)
  return {
    id: row.id,
    name: row.name,
    sex: PersonSex.nullable().parse(row.sex),
    phone: row.phone === null || mayEdit ? row.phone : maskedPhone(row.phone),
    politicalStatus: PersonPoliticalStatus.nullable().parse(row.political_status),
    homeUnitId: row.home_unit_id,
    homeUnitName: row.short_name ?? row.unit_name,
    staffTitle: row.staff_title,
    leftOn: row.left_on,
    version: row.version,
    posts: row.posts,
    allowedActions: personActions(rights, { homeUnitId: row.home_unit_id, leftOn: row.left_on }),
  }
}

/** One page of the list and where the next one starts. */
export async function readPersonPage(
  tx: Tx,
  actor: Actor,
  query: Omit<PersonListQuery, 'limit'>,
  limit: number,
) {
  const { after, sort, ...filters } = query
  const sorts = sortsOf(sort)
  const rows = await withPosts(tx, filters)
    .select(sql<string | null>`${sql.raw(HELD_FROM)}`.as('held_from'))
    .$if(after !== undefined, (page) => page.where(rowsAfter(sorts, decodeCursor(after ?? '', sorts.length))))
    .orderBy(orderBy(sorts))
    .limit(limit + 1)
    .execute()
  const valueOf = (row: (typeof rows)[number], { column }: SortColumn) =>
    column === 's.name'
      ? row.name
      : column === 's.id'
        ? row.id
        : column === HELD_FROM
          ? row.held_from
          : row.sort_order
  const { page, next } = pageOfRows(rows, limit, (row) => sorts.map((column) => valueOf(row, column)))
  const rights = rightsOf(actor)
  return { rows: page.map((row) => present(row, rights)), next }
}

export async function countPersons(tx: Tx, filters: Filters): Promise<number> {
  const { total } = await filtered(tx, filters)
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** One person with every post ever held; throws not_found. */
export async function readPerson(tx: Tx, actor: Actor, id: string): Promise<PersonDetail> {
  const row = await withPosts(tx, {}).where('s.id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not_found')
  const held = await holdings(tx)
    .where('h.person_id', '=', id)
    .orderBy(sql`h.held_until IS NOT NULL`)
    .orderBy('h.held_from', 'desc')
    .execute()
  const rights = rightsOf(actor)
  return { person: present(row, rights), holdings: held.map((one) => presentHolding(one, rights)) }
}
