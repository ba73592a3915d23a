import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import { postLabel } from '@tiejun/contract/organisation/post-label.ts'
import type { Person } from '@tiejun/contract/organisation/persons.ts'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../platform/sign-in/session.tsx'
import { type Column, DataList, Icon, type ListFilter, PageHeader, Tag } from '../../ui/index.ts'
import { useChoices } from './choices.ts'

// The form library is fetched when somebody is added.
const AddPersonDialog = lazy(async () => ({
  default: (await import('./PersonFields.tsx')).AddPersonDialog,
}))

const columnsOf = (t: TFunction<'organisation'>): Column<Person>[] => [
  {
    key: 'name',
    title: t('columns.name'),
    sort: 'name',
    isPinned: true,
    render: (person) => (
      <span className="tj-row">
        {person.name}
        {person.leftOn === null ? null : <Tag>{t('left')}</Tag>}
      </span>
    ),
  },
  {
    key: 'sex',
    title: t('columns.sex'),
    render: (person) => (person.sex === null ? '' : t(`sex.${person.sex}`)),
  },
  {
    key: 'homeUnit',
    title: t('columns.homeUnit'),
    sort: 'homeUnit',
    render: (person) => person.homeUnitName,
  },
  { key: 'staffTitle', title: t('columns.staffTitle'), render: (person) => person.staffTitle },
  {
    key: 'posts',
    title: t('columns.posts'),
    isWrapped: true,
    render: (person) =>
      person.posts.map((post) => <div key={post.id}>{postLabel(post.unitName, post.postTitle)}</div>),
  },
  {
    key: 'heldFrom',
    title: t('columns.heldFrom'),
    sort: 'heldFrom',
    render: (person) => person.posts.map((post) => post.heldFrom).sort()[0],
  },
  { key: 'phone', title: t('columns.phone'), render: (person) => person.phone },
]

function useFilters(): ListFilter[] {
  const { t } = useTranslation('organisation')
  const { units, postKinds } = useChoices()
  return [
    { kind: 'search', name: 'name', label: t('filters.name') },
    { kind: 'choice', name: 'homeUnit', label: t('filters.homeUnit'), options: units },
    { kind: 'choice', name: 'unit', label: t('filters.unit'), options: units },
    { kind: 'choice', name: 'postKind', label: t('filters.postKind'), options: postKinds, isMultiple: true },
  ]
}

/** The officials of the county. */
export function PersonListPage() {
  const { t } = useTranslation('organisation')
  const { actions } = useSession()
  const [isAdding, setAdding] = useState(false)
  const filters = useFilters()
  return (
    <>
      <PageHeader
        actions={
          actions.includes('organisation.edit') ? (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
              {t('addPerson')}
            </Button>
          ) : undefined
        }
      />
      <DataList
        id="persons"
        label={t('persons')}
        endpoint={organisationEndpoints.persons}
        exportEndpoint={organisationEndpoints.exportPersons}
        rowKey={(person) => person.id}
        to={(person) => `/organisation/persons/${person.id}`}
        columns={columnsOf(t)}
        filters={filters}
        empty={{ title: t('empty.title'), hint: t('empty.hint') }}
      />
      {isAdding ? (
        <Suspense fallback={null}>
          <AddPersonDialog onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
