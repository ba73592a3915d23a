import type { HouseholdColumn, HouseholdRow } from '@tiejun/contract/households/list.ts'
import type { TFunction } from 'i18next'
import { formatInstant, formatYuan } from '../../../ui/format.ts'
import type { Column } from '../../../ui/list/DataTable.tsx'
import { StatusTag } from '../StatusTag.tsx'
import type { CardWords } from '../fields/card-words.ts'

type HouseholdTableColumn = Column<HouseholdRow> & { key: HouseholdColumn }

const coded = (words: CardWords, enumeration: string, code: string | null) =>
  code === null ? null : words.codeLabel(enumeration, code)

function personColumns(t: TFunction<'households'>): HouseholdTableColumn[] {
  return [
    {
      key: 'headName',
      title: t('columns.headName'),
      isPinned: true,
      render: (row) => row.headName ?? <span className="tj-muted">{t('noHead')}</span>,
    },
    {
      key: 'headIdNo',
      title: t('columns.headIdNo'),
      isHiddenAtFirst: true,
      render: (row) => <span className="tj-number">{row.headIdNo}</span>,
    },
    {
      key: 'householdNo',
      title: t('columns.householdNo'),
      sort: 'householdNo',
      render: (row) => <span className="tj-number">{row.householdNo}</span>,
    },
    { key: 'townshipName', title: t('columns.townshipName'), render: (row) => row.townshipName },
    {
      key: 'villageName',
      title: t('columns.villageName'),
      sort: 'village',
      render: (row) => row.villageName,
    },
    {
      key: 'memberCount',
      title: t('columns.memberCount'),
      sort: 'memberCount',
      align: 'right',
      render: (row) => row.memberCount,
    },
  ]
}

/** The columns of the list; their keys are those the export is asked for. */
export function columnsOf(
  t: TFunction<'households'>,
  words: CardWords,
  year: number | null,
): HouseholdTableColumn[] {
  return [
    ...personColumns(t),
    {
      key: 'poorAttribute',
      title: t('columns.poorAttribute'),
      render: (row) => coded(words, 'poor_attribute', row.poorAttribute),
    },
    {
      key: 'povertyStatus',
      title: t('columns.povertyStatus'),
      render: (row) => <StatusTag code={row.povertyStatus} />,
    },
    {
      key: 'mainCause',
      title: t('columns.mainCause'),
      render: (row) => coded(words, 'poverty_cause', row.mainCause),
    },
    {
      key: 'exitYear',
      title: t('columns.exitYear'),
      isHiddenAtFirst: true,
      align: 'right',
      render: (row) => row.exitYear,
    },
    {
      key: 'netPerCapitaFen',
      title: year === null ? t('columns.netPerCapita') : t('columns.netPerCapitaOf', { year }),
      sort: 'netPerCapita',
      align: 'right',
      render: (row) => formatYuan(row.netPerCapitaFen),
    },
    {
      key: 'householdPhone',
      title: t('columns.householdPhone'),
      isHiddenAtFirst: true,
      render: (row) => <span className="tj-number">{row.householdPhone}</span>,
    },
    {
      key: 'changedAt',
      title: t('columns.changedAt'),
      sort: 'changedAt',
      isHiddenAtFirst: true,
      render: (row) => <span className="tj-number">{formatInstant(row.changedAt)}</span>,
    },
  ]
}
