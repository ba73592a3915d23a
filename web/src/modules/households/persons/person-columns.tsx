import type { CardPersonColumn, CardPersonRow } from '@tiejun/contract/households/persons.ts'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import type { Column } from '../../../ui/list/DataTable.tsx'
import type { CardWords } from '../fields/card-words.ts'

type PersonTableColumn = Column<CardPersonRow> & { key: CardPersonColumn }

type Coded = 'relation' | 'sex' | 'poorAttribute' | 'labourSkill' | 'decreaseReason'

const ENUMERATIONS: Record<Coded, string> = {
  relation: 'relation',
  sex: 'sex',
  poorAttribute: 'poor_attribute',
  labourSkill: 'labour_skill',
  decreaseReason: 'decrease_reason',
}

const number = (text: string | null) => <span className="tj-number">{text}</span>

/** How one column is shown; its key is also the name by which the export is asked for it. */
type ColumnMaker = (
  key: CardPersonColumn,
  render: (row: CardPersonRow) => ReactNode,
  more?: Partial<PersonTableColumn>,
) => PersonTableColumn

function placeColumns(t: TFunction<'persons'>, column: ColumnMaker): PersonTableColumn[] {
  return [
    column('townshipName', (row) => row.townshipName),
    column('villageName', (row) => row.villageName, { sort: 'village' }),
    column('headName', (row) => row.headName ?? <span className="tj-muted">{t('noHead')}</span>),
    column('householdNo', (row) => number(row.householdNo), { isHiddenAtFirst: true }),
  ]
}

/** The columns of the list of persons. */
export function personColumns(t: TFunction<'persons'>, words: CardWords): PersonTableColumn[] {
  const column: ColumnMaker = (key, render, more) => ({ key, title: t(`columns.${key}`), render, ...more })
  const coded = (key: Coded, more?: Partial<PersonTableColumn>) =>
    column(key, (row) => (row[key] === null ? null : words.codeLabel(ENUMERATIONS[key], row[key])), more)
  const field = words.findField('member.health')
  const healthOf = ({ health }: CardPersonRow) => (field === undefined ? null : words.show(field, health))
  return [
    column('name', (row) => row.name, { isPinned: true }),
    coded('sex'),
    column('age', (row) => row.age, { sort: 'age', align: 'right' }),
    coded('relation'),
    column('idNo', (row) => number(row.idNo)),
    ...placeColumns(t, column),
    coded('poorAttribute', { isHiddenAtFirst: true }),
    column('health', (row) => healthOf(row)),
    coded('labourSkill'),
    column('phone', (row) => number(row.phone), { isHiddenAtFirst: true }),
    coded('decreaseReason', { isHiddenAtFirst: true }),
  ]
}
