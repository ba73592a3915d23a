import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { ImportStatus, type HouseholdImport } from '@tiejun/contract/households/import.ts'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import {
  DataList,
  formatCount,
  formatInstant,
  Icon,
  PageHeader,
  Tag,
  type Column,
  type ListFilter,
} from '../../../ui/index.ts'
import { StatusTag } from './StatusTag.tsx'
import { TemplateButton } from './TemplateButton.tsx'
import '../households.css'

function Problems({ found }: { found: HouseholdImport }) {
  const { t } = useTranslation('import-list')
  if (found.checkedAt === null || found.status === 'unreadable') return null
  if (found.errorCount + found.warningCount === 0) return <span className="tj-muted">{t('noProblems')}</span>
  return (
    <>
      {found.errorCount > 0 ? (
        <Tag tone="danger">{t('errors', { number: formatCount(found.errorCount) })}</Tag>
      ) : null}{' '}
      {found.warningCount > 0 ? (
        <Tag tone="warning">{t('warnings', { number: formatCount(found.warningCount) })}</Tag>
      ) : null}
    </>
  )
}

const rowsOf = (found: HouseholdImport, part: 'households' | 'persons') =>
  found.counts === null ? '' : formatCount(found.counts[part].rows)

const columnsOf = (t: TFunction<'import-list'>): Column<HouseholdImport>[] => [
  {
    key: 'file',
    title: t('columns.file'),
    isPinned: true,
    isWrapped: true,
    render: (found) => found.fileName,
  },
  { key: 'status', title: t('columns.status'), render: (found) => <StatusTag found={found} /> },
  {
    key: 'households',
    title: t('columns.households'),
    align: 'right',
    render: (found) => rowsOf(found, 'households'),
  },
  {
    key: 'persons',
    title: t('columns.persons'),
    align: 'right',
    render: (found) => rowsOf(found, 'persons'),
  },
  { key: 'problems', title: t('columns.problems'), render: (found) => <Problems found={found} /> },
  {
    key: 'layout',
    title: t('columns.layout'),
    render: (found) => (found.layout === null ? '' : t(`layouts.${found.layout}`)),
  },
  { key: 'createdBy', title: t('columns.createdBy'), render: (found) => found.createdBy ?? '' },
  {
    key: 'createdAt',
    title: t('columns.createdAt'),
    sort: 'createdAt',
    render: (found) => <span className="tj-number">{formatInstant(found.createdAt)}</span>,
  },
]

const filtersOf = (t: TFunction<'import-list'>): ListFilter[] => [
  {
    kind: 'choice',
    name: 'status',
    label: t('filters.status'),
    isMultiple: true,
    options: ImportStatus.options.map((value) => ({ value, label: t(`statuses.${value}`) })),
  },
]

function CreateButton() {
  const { t } = useTranslation('import-list')
  const navigate = useNavigate()
  return (
    <Button
      type="primary"
      icon={<Icon name="plus" />}
      onClick={() => void navigate('/household-imports/new')}
    >
      {t('create')}
    </Button>
  )
}

/** Every import one may see: who, when, which file, where it stands. */
export function ImportsPage() {
  const { t } = useTranslation('import-list')
  return (
    <>
      <PageHeader
        lead={t('lead')}
        actions={
          <>
            <TemplateButton />
            <CreateButton />
          </>
        }
      />
      <div className="hh-list tj-blocks">
        <DataList
          id="household-imports"
          label={t('list')}
          endpoint={importEndpoints.list}
          rowKey={(found) => found.id}
          to={(found) => `/household-imports/${found.id}`}
          columns={columnsOf(t)}
          filters={filtersOf(t)}
          empty={{ title: t('empty.title'), hint: t('empty.hint'), action: <CreateButton /> }}
        />
      </div>
    </>
  )
}
