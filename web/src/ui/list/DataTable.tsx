import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Icon } from '../Icon.tsx'
import { openedLast, rememberOpened } from '../place.ts'

export interface Column<Row> {
  /** Names the column in the choice of columns and in the export. */
  key: string
  title: string
  render: (row: Row) => ReactNode
  /** The name the endpoint sorts by; absent = cannot be sorted. */
  sort?: string
  align?: 'left' | 'right'
  /** CSS width, e.g. 120 or '14em'. */
  width?: number | string
  /** Hidden until chosen. */
  isHiddenAtFirst?: boolean
  /** Always shown. */
  isPinned?: boolean
  /** Long text that may break into lines; other cells stay on one line. */
  isWrapped?: boolean
}

export interface DataTableProps<Row> {
  label: string
  rows: readonly Row[]
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  /** The page of a row; its first column becomes the link. */
  to?: (row: Row) => string
  actions?: (row: Row) => ReactNode
  sort?: string
  onSort?: (sort: string | undefined) => void
  isBusy?: boolean
}

function SortableTitle<Row>({
  column,
  sort,
  onSort,
}: { column: Column<Row> } & Pick<DataTableProps<Row>, 'sort' | 'onSort'>) {
  const { t } = useTranslation('ui')
  if (column.sort === undefined || onSort === undefined) return column.title
  const isUp = sort === column.sort
  const isDown = sort === `-${column.sort}`
  // Ascending, descending, the list's own order.
  const next = isUp ? `-${column.sort}` : isDown ? undefined : column.sort
  return (
    <button
      type="button"
      className={`tj-sort${isUp || isDown ? ' tj-sort-active' : ''}`}
      title={t(isUp ? 'list.sortDown' : 'list.sortUp', { column: column.title })}
      onClick={() => onSort(next)}
    >
      {column.title}
      <Icon name={isUp ? 'sortUp' : isDown ? 'sortDown' : 'sortNone'} size={14} />
    </button>
  )
}

const ariaSort = (column: { sort?: string }, sort: string | undefined) => {
  if (column.sort === undefined || sort === undefined) return undefined
  return sort === column.sort ? 'ascending' : sort === `-${column.sort}` ? 'descending' : undefined
}

const cellClass = (column: { align?: string; isWrapped?: boolean }) =>
  [column.align === 'right' ? 'tj-right' : '', column.isWrapped === true ? 'tj-wrap' : ''].join(' ').trim() ||
  undefined

function TableRow<R>({ row, place, ...props }: DataTableProps<R> & { row: R; place: string }) {
  const key = props.rowKey(row)
  const to = props.to?.(row)
  return (
    <tr className={to !== undefined && openedLast(place) === key ? 'tj-opened' : undefined}>
      {props.columns.map((column, index) => (
        <td key={column.key} className={cellClass(column)} data-label={column.title}>
          {index === 0 && to !== undefined ? (
            <Link to={to} onClick={() => rememberOpened(place, key)}>
              {column.render(row)}
            </Link>
          ) : (
            column.render(row)
          )}
        </td>
      ))}
      {props.actions === undefined ? null : (
        <td className="tj-actions-cell">
          <div>{props.actions(row)}</div>
        </td>
      )}
    </tr>
  )
}

/** A plain table: sorted by its headings, its actions fixed at the right, scrolling inside its own box. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation('ui')
  const { pathname } = useLocation()
  const { columns, rows, sort, onSort } = props
  return (
    // A box that scrolls must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="tj-table-box" aria-label={t('list.table', { title: props.label })} tabIndex={0}>
      <table className="tj-table" aria-busy={props.isBusy === true}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.width, minWidth: column.width }}
                className={cellClass(column)}
                aria-sort={ariaSort(column, sort)}
              >
                <SortableTitle column={column} sort={sort} onSort={onSort} />
              </th>
            ))}
            {props.actions === undefined ? null : (
              <th scope="col" className="tj-actions-cell">
                {t('list.actions')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={props.rowKey(row)} row={row} place={pathname} {...props} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
