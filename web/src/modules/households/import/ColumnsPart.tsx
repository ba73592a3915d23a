import type { HouseholdImportDetail, ImportColumn } from '@tiejun/contract/households/import.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Card, type Column, DataTable, formatCount, Tag } from '../../../ui/index.ts'
import type { CardWords } from '../fields/card-words.ts'
import { CardWordsProvider, useCardWords } from '../fields/CardWordsProvider.tsx'
import { IncomeYearForm } from './IncomeYearForm.tsx'
import { fieldName } from './problem-words.ts'

type Use = ImportColumn['use']

const TONES: Record<Use, 'danger' | 'warning' | 'success' | undefined> = {
  imported: 'success',
  compared: undefined,
  unknown: 'warning',
  duplicate: 'warning',
  missing: undefined,
  missing_required: 'danger',
}

function UseOf({ use }: { use: Use }) {
  const { t } = useTranslation('import')
  const hint = t(`columns.usesHint.${use}`)
  return (
    <div>
      <Tag tone={TONES[use]}>{t(`columns.uses.${use}`)}</Tag>
      {hint === '' ? null : <span className="tj-import-aside">{hint}</span>}
    </div>
  )
}

const columnsOf = (t: TFunction<'import'>, words: CardWords, hasSheets: boolean): Column<ImportColumn>[] => [
  { key: 'header', title: t('columns.header'), isWrapped: true, render: (column) => column.header },
  ...(hasSheets
    ? [{ key: 'sheet', title: t('columns.sheet'), render: (column: ImportColumn) => column.sheet }]
    : []),
  {
    key: 'column',
    title: t('columns.column'),
    render: (column) => <span className="tj-mono">{column.letters ?? '—'}</span>,
  },
  {
    key: 'field',
    title: t('columns.field'),
    isWrapped: true,
    render: (column) => (column.field === null ? '—' : fieldName(words, column.field)),
  },
  { key: 'use', title: t('columns.use'), isWrapped: true, render: (column) => <UseOf use={column.use} /> },
  {
    key: 'filled',
    title: t('columns.filled'),
    align: 'right',
    render: (column) => (column.letters === null ? '—' : formatCount(column.filled)),
  },
]

function ColumnTable({ title, columns }: { title: string; columns: readonly ImportColumn[] }) {
  const { t } = useTranslation('import')
  const words = useCardWords()
  const hasSheets = new Set(columns.map(({ sheet }) => sheet)).size > 1
  return (
    <DataTable
      label={title}
      rows={columns}
      rowKey={({ sheet, letters, header, field }) => `${sheet} ${letters ?? ''} ${header} ${field ?? ''}`}
      columns={columnsOf(t, words, hasSheets)}
    />
  )
}

/** Items of the card the file does not have: by sheet where there are several, because they are missing there only. */
function MissingColumns({ columns }: { columns: readonly ImportColumn[] }) {
  const { t } = useTranslation('import')
  const sheets = [...new Set(columns.map(({ sheet }) => sheet))]
  return (
    <Card title={t('columns.missing')}>
      <div className="tj-stack">
        <p className="tj-muted">{t('columns.missingLead')}</p>
        {sheets.map((sheet) => (
          <div key={sheet}>
            {sheets.length > 1 ? <h3>{`${t('columns.sheet')} ${sheet}`}</h3> : null}
            <ul className="tj-import-chips">
              {columns
                .filter((column) => column.sheet === sheet)
                .map((column) => (
                  <li key={`${column.header} ${column.field ?? ''}`} className="tj-tag">
                    {column.header}
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </Card>
  )
}

function Columns({ columns }: { columns: readonly ImportColumn[] }) {
  const { t } = useTranslation('import')
  const having = (...uses: Use[]) => columns.filter(({ use }) => uses.includes(use))
  const recognised = having('imported', 'compared')
  const doubtful = having('missing_required', 'unknown', 'duplicate')
  const missing = having('missing')
  const counts = {
    imported: formatCount(having('imported').length),
    compared: formatCount(having('compared').length),
  }
  return (
    <>
      {doubtful.length === 0 ? null : (
        <section className="tj-card hh-rows tj-blocks" aria-label={t('columns.look')}>
          <div className="tj-card-header">
            <h2>{t('columns.look')}</h2>
          </div>
          <p className="tj-import-lead">{t('columns.lookLead')}</p>
          <ColumnTable title={t('columns.look')} columns={doubtful} />
        </section>
      )}
      <section className="tj-card hh-rows tj-blocks" aria-label={t('columns.recognised')}>
        <div className="tj-card-header">
          <h2>{t('columns.recognised')}</h2>
        </div>
        <p className="tj-import-lead">{t('columns.summary', counts)}</p>
        <ColumnTable title={t('columns.recognised')} columns={recognised} />
      </section>
      {missing.length === 0 ? null : <MissingColumns columns={missing} />}
    </>
  )
}

/** What the product made of the columns of the file: first those somebody must look at, then the others. */
export function ColumnsPart({ found }: { found: HouseholdImportDetail }) {
  return (
    <CardWordsProvider>
      <IncomeYearForm found={found} />
      <Columns columns={found.columns} />
    </CardWordsProvider>
  )
}
