import type { ImportNormalisation } from '@tiejun/contract/households/import.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable, formatCount } from '../../../ui/index.ts'

function Examples({ examples }: Pick<ImportNormalisation, 'examples'>) {
  const { t } = useTranslation('import')
  return (
    <ul className="tj-changes">
      {examples.map(({ row, before, after }) => (
        <li key={row}>
          <span className="tj-muted">{t('normalisations.row', { row })}</span> <del>{before}</del>
          <span aria-hidden="true"> → </span>
          <ins>{after}</ins>
        </li>
      ))}
    </ul>
  )
}

const columnsOf = (t: TFunction<'import'>): Column<ImportNormalisation>[] => [
  {
    key: 'column',
    title: t('normalisations.column'),
    isWrapped: true,
    render: (normalisation) => normalisation.header,
  },
  {
    key: 'kind',
    title: t('normalisations.kind'),
    isWrapped: true,
    render: (normalisation) => t(`normalisations.kinds.${normalisation.kind}`),
  },
  {
    key: 'count',
    title: t('normalisations.count'),
    align: 'right',
    render: (normalisation) => formatCount(normalisation.count),
  },
  {
    key: 'examples',
    title: t('normalisations.examples'),
    isWrapped: true,
    render: (normalisation) => <Examples examples={normalisation.examples} />,
  },
]

/** What was written otherwise than the registry writes it: told, so that nobody finds it changed in secret. */
export function NormalisationsCard({ normalisations }: { normalisations: readonly ImportNormalisation[] }) {
  const { t } = useTranslation('import')
  if (normalisations.length === 0) return null
  return (
    <section className="tj-card hh-rows tj-blocks" aria-label={t('normalisations.title')}>
      <div className="tj-card-header">
        <h2>{t('normalisations.title')}</h2>
      </div>
      <p className="tj-import-lead">{t('normalisations.lead')}</p>
      <DataTable
        label={t('normalisations.title')}
        rows={normalisations}
        rowKey={({ sheet, header, kind }) => `${sheet} ${header} ${kind}`}
        columns={columnsOf(t)}
      />
    </section>
  )
}
