import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { EndpointDefinition, ResponseOf } from '@tiejun/contract/platform/endpoints.ts'
import { PAGE_SIZES, type ExportFormat } from '@tiejun/contract/platform/lists.ts'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { callLoosely, download, keyOf } from '../../api/index.ts'
import { formatCount } from '../format.ts'
import { Icon } from '../Icon.tsx'
import { useNotices } from '../Notices.tsx'
import { useProblemWording } from '../problem-wording.ts'
import { SelectBox } from '../SelectBox.tsx'
import { EmptyState, ErrorState, LoadingState } from '../states.tsx'
import { ColumnChoice, useColumnChoice } from './columns.tsx'
import { DataTable, type Column, type DataTableProps } from './DataTable.tsx'
import { FilterBar, type ListFilter } from './filters.tsx'
import { useListPlace, type ListPlace } from './list-place.ts'

/** The row of a list endpoint. */
export type RowOf<E extends EndpointDefinition> = ResponseOf<E> extends { rows: (infer Row)[] } ? Row : never

interface Page<Row> {
  rows: Row[]
  total: number
  next: string | null
}

export interface DataListProps<E extends EndpointDefinition> {
  /** Names the list where the choice of columns is kept. */
  id: string
  /** What the rows are, for screen readers and the name of the exported file. */
  label: string
  endpoint: E
  params?: Readonly<Record<string, string>>
  /** Filters that are always set and that nobody may change. */
  fixedQuery?: Readonly<Record<string, string | string[]>>
  exportEndpoint?: EndpointDefinition
  rowKey: (row: RowOf<E>) => string
  columns: readonly Column<RowOf<E>>[]
  filters?: readonly ListFilter[]
  to?: (row: RowOf<E>) => string
  actions?: (row: RowOf<E>) => ReactNode
  /** What to say when there is nothing at all (not: nothing that matches). */
  empty?: { title: string; hint?: ReactNode; action?: ReactNode }
}

/** As the contract has it when nothing is said (contract/src/platform/lists.ts). */
const DEFAULT_LIMIT = 50

function useListPage<E extends EndpointDefinition>(props: DataListProps<E>, place: ListPlace) {
  const input = { params: props.params, query: { ...place.query, ...props.fixedQuery } }
  return useQuery({
    queryKey: keyOf(props.endpoint, input),
    // The border: `pageOf` of the contract gives every list this shape, which the type of E hides here.
    queryFn: ({ signal }) =>
      callLoosely(props.endpoint, { ...input, signal }) as unknown as Promise<Page<RowOf<E>>>,
    placeholderData: keepPreviousData,
  })
}

interface ExportButtonsProps {
  endpoint: EndpointDefinition
  label: string
  shownColumns: string[]
  params: unknown
  query: Record<string, unknown>
}

/** The shown columns, for an export whose query can name them. */
const columnsOf = ({ query }: EndpointDefinition, columns: string[]) => {
  const shape: unknown = query !== undefined && 'shape' in query ? query.shape : undefined
  return typeof shape === 'object' && shape !== null && 'columns' in shape ? { columns } : {}
}

function ExportButtons({ endpoint, label, shownColumns, ...input }: ExportButtonsProps) {
  const { t } = useTranslation('ui')
  const notices = useNotices()
  const wording = useProblemWording()
  const save = useMutation({
    mutationFn: (format: ExportFormat) => {
      const { limit: _limit, after: _after, ...filters } = input.query
      const query = { ...filters, ...columnsOf(endpoint, shownColumns), format }
      return download(endpoint, { params: input.params, query }, `${label}.${format}`)
    },
    onSuccess: () => notices.done(t('list.exported')),
    onError: (error) => notices.failed(`${wording(error).title}。${wording(error).advice}`),
  })
  const button = (format: ExportFormat, text: string) => (
    <Button
      icon={<Icon name="download" />}
      loading={save.isPending && save.variables === format}
      disabled={save.isPending}
      onClick={() => save.mutate(format)}
    >
      {text}
    </Button>
  )
  return (
    <>
      {button('xlsx', t('list.exportXlsx'))}
      {button('csv', t('list.exportCsv'))}
    </>
  )
}

function Range({ place, page }: { place: ListPlace; page: Page<unknown> }) {
  const { t } = useTranslation('ui')
  const total = formatCount(page.total)
  if (place.pagesBefore === undefined || page.rows.length === 0) return t('list.total', { total })
  const before = place.pagesBefore * (place.limit ?? DEFAULT_LIMIT)
  return t('list.range', { from: formatCount(before + 1), to: formatCount(before + page.rows.length), total })
}

function Paging({ place, page }: { place: ListPlace; page: Page<unknown> }) {
  const { t } = useTranslation('ui')
  const isFirst = place.pagesBefore === 0
  const { next } = page
  return (
    <nav className="tj-paging" aria-label={t('list.pages')}>
      <span className="tj-number">
        <Range place={place} page={page} />
      </span>
      <SelectBox
        label={t('list.pageSize')}
        value={String(place.limit ?? DEFAULT_LIMIT)}
        options={PAGE_SIZES.map((count) => ({
          value: String(count),
          label: t('list.pageSizeOption', { count }),
        }))}
        onChange={(value) => place.setLimit(Number(value))}
      />
      <Button
        icon={<Icon name="first" />}
        aria-label={t('list.first')}
        disabled={isFirst}
        onClick={place.goFirst}
      />
      <Button
        icon={<Icon name="left" />}
        disabled={isFirst || place.pagesBefore === undefined}
        onClick={place.goPrevious}
      >
        {t('list.previous')}
      </Button>
      <Button disabled={next === null} onClick={() => (next === null ? undefined : place.goNext(next))}>
        {t('list.next')}
        <Icon name="right" />
      </Button>
    </nav>
  )
}

type RowsProps<E extends EndpointDefinition> = DataListProps<E> & {
  place: ListPlace
  query: ReturnType<typeof useListPage<E>>
  shown: readonly Column<RowOf<E>>[]
}

function Rows<E extends EndpointDefinition>({ query, place, shown, ...props }: RowsProps<E>) {
  const { t } = useTranslation('ui')
  if (query.error !== null && !query.isFetching) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  const page = query.data
  if (page === undefined) return <LoadingState lines={10} />
  if (page.rows.length === 0) {
    const isFiltered = Object.keys(place.filters).length > 0
    return isFiltered || props.empty === undefined ? (
      <EmptyState
        title={isFiltered ? t('empty.filtered') : undefined}
        hint={isFiltered ? t('empty.filteredHint') : undefined}
        action={isFiltered ? <Button onClick={place.clearFilters}>{t('list.clear')}</Button> : undefined}
      />
    ) : (
      <EmptyState {...props.empty} />
    )
  }
  const table: DataTableProps<RowOf<E>> = {
    label: props.label,
    rows: page.rows,
    rowKey: props.rowKey,
    columns: shown,
    to: props.to,
    actions: props.actions,
    sort: place.sort,
    onSort: place.setSort,
    isBusy: query.isPlaceholderData,
  }
  return <DataTable {...table} />
}

/**
 * A keyset list: filters in the address bar, exact total, sorting, paging, choice of columns, export of exactly
 * what is shown. Give it a list endpoint of the contract and the columns; the row's type follows from the endpoint.
 */
export function DataList<E extends EndpointDefinition>(props: DataListProps<E>) {
  const place = useListPlace()
  const query = useListPage(props, place)
  const { shown, choose } = useColumnChoice(props.id, props.columns)
  const { t } = useTranslation('ui')
  return (
    <section className="tj-card tj-list" aria-label={props.label}>
      <FilterBar filters={props.filters ?? []} place={place} />
      <div className="tj-list-bar">
        <output className="tj-number">
          {query.data === undefined ? '' : t('list.total', { total: formatCount(query.data.total) })}
        </output>
        <div className="tj-row">
          {props.exportEndpoint === undefined ? null : (
            <ExportButtons
              endpoint={props.exportEndpoint}
              label={props.label}
              shownColumns={shown.map((column) => column.key)}
              params={props.params}
              query={{ ...place.query, ...props.fixedQuery }}
            />
          )}
          <ColumnChoice columns={props.columns} shown={shown} onChoose={choose} />
        </div>
      </div>
      <Rows {...props} place={place} query={query} shown={shown} />
      {query.data === undefined || query.data.rows.length === 0 ? null : (
        <Paging place={place} page={query.data} />
      )}
    </section>
  )
}
