import { useCallback, useEffect, useMemo } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { rememberPlace } from '../place.ts'

/** Names of the query that are not filters: clearing those leaves the order and the time one looks at. */
const NOT_FILTERS = ['sort', 'limit', 'after', 'asOf']

/** What stands beside the address, in the history entry. */
interface PlaceState {
  /** The `after` of the pages before this one, first page first (null), so that one can go back. */
  cursors?: (string | null)[]
}

export interface ListPlace {
  /** All of the query: filters, sort, limit, after. */
  query: Record<string, string | string[]>
  filters: Record<string, string[]>
  sort: string | undefined
  limit: number | undefined
  /** Pages before this one; undefined when the page was opened by its address. */
  pagesBefore: number | undefined
  setFilter: (name: string, values: string[]) => void
  clearFilters: () => void
  setSort: (sort: string | undefined) => void
  setLimit: (limit: number) => void
  goNext: (cursor: string) => void
  goPrevious: () => void
  goFirst: () => void
}

type Go = (change: (next: URLSearchParams) => void, state: PlaceState, isReplaced: boolean) => void

const readState = (state: unknown): PlaceState => (typeof state === 'object' && state !== null ? state : {})

function readPlace(params: URLSearchParams, { cursors }: PlaceState) {
  const filters: Record<string, string[]> = {}
  for (const name of new Set(params.keys()))
    if (!NOT_FILTERS.includes(name)) filters[name] = params.getAll(name)
  const query: Record<string, string | string[]> = {}
  for (const [name, values] of Object.entries(filters)) {
    query[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  for (const name of NOT_FILTERS) {
    const value = params.get(name)
    if (value !== null) query[name] = value
  }
  const limit = params.get('limit')
  return {
    filters,
    query,
    sort: params.get('sort') ?? undefined,
    limit: limit === null ? undefined : Number(limit),
    pagesBefore: params.get('after') === null ? 0 : cursors?.length,
  }
}

/** Filters and sorting begin again at the first page and replace the address; only they do not fill the history. */
function filtering(go: Go) {
  const change = (edit: (next: URLSearchParams) => void) =>
    go(
      (next) => {
        next.delete('after')
        edit(next)
      },
      {},
      true,
    )
  const set = (name: string, values: readonly string[]) =>
    change((next) => {
      next.delete(name)
      for (const value of values) next.append(name, value)
    })
  return {
    setFilter: set,
    clearFilters: () =>
      change((next) => {
        const names = Array.from(next.keys())
        for (const name of names) if (!NOT_FILTERS.includes(name)) next.delete(name)
      }),
    setSort: (sort: string | undefined) => set('sort', sort === undefined ? [] : [sort]),
    setLimit: (limit: number) => set('limit', [String(limit)]),
  }
}

/** Each page is a step of the history, so that the browser's back goes to the page before. */
function paging(go: Go, after: string | null, { cursors = [] }: PlaceState) {
  const to = (cursor: string | null, nextCursors: (string | null)[]) =>
    go(
      (next) => (cursor === null ? next.delete('after') : next.set('after', cursor)),
      { cursors: nextCursors },
      false,
    )
  return {
    goNext: (cursor: string) => to(cursor, [...cursors, after]),
    goPrevious: () => to(cursors.at(-1) ?? null, cursors.slice(0, -1)),
    goFirst: () => to(null, []),
  }
}

/** Where one is in a list: all of it stands in the address bar, so that it can be bookmarked and sent. */
export function useListPlace(): ListPlace {
  const { pathname, search, state } = useLocation()
  const navigate = useNavigate()
  const params = useMemo(() => new URLSearchParams(search), [search])
  useEffect(() => rememberPlace(pathname, search), [pathname, search])
  const go = useCallback<Go>(
    (change, nextState, isReplaced) => {
      const next = new URLSearchParams(params)
      change(next)
      const options = { state: nextState, replace: isReplaced, preventScrollReset: isReplaced }
      void navigate({ search: next.toString() }, options)
    },
    [params, navigate],
  )
  return useMemo(() => {
    const beside = readState(state)
    return {
      ...readPlace(params, beside),
      ...filtering(go),
      ...paging(go, params.get('after'), beside),
    }
  }, [params, state, go])
}
