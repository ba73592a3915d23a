import { Button, Checkbox, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../Icon.tsx'
import type { Column } from './DataTable.tsx'

const storageKey = (id: string) => `tiejun.columns:${id}`

function readChoice(id: string): string[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(id)) ?? 'null')
    return Array.isArray(stored) ? stored.map(String) : undefined
  } catch {
    // Written by an older version or by hand: as if never chosen.
    return undefined
  }
}

/** Which columns are shown; the choice is kept on this device. */
export function useColumnChoice<Row>(id: string, columns: readonly Column<Row>[]) {
  const [chosen, setChosen] = useState(() => readChoice(id))
  const isShown = (column: Column<Row>) =>
    column.isPinned === true ||
    (chosen === undefined ? column.isHiddenAtFirst !== true : chosen.includes(column.key))
  const choose = (keys: string[]) => {
    localStorage.setItem(storageKey(id), JSON.stringify(keys))
    setChosen(keys)
  }
  return { shown: columns.filter(isShown), choose }
}

export function ColumnChoice<Row>(props: {
  columns: readonly Column<Row>[]
  shown: readonly Column<Row>[]
  onChoose: (keys: string[]) => void
}) {
  const { t } = useTranslation('ui')
  const choice = (
    <Checkbox.Group
      className="tj-column-choice"
      value={props.shown.map((column) => column.key)}
      options={props.columns.map((column) => ({
        value: column.key,
        label: column.title,
        disabled: column.isPinned === true,
      }))}
      onChange={(keys) => props.onChoose(keys.map(String))}
    />
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={choice} title={t('list.columns')}>
      <Button icon={<Icon name="columns" />}>{t('list.columns')}</Button>
    </Popover>
  )
}
