import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { HouseholdPage } from '@tiejun/contract/households/list.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { callLoosely, keyOf } from '../../api/index.ts'
import { useMay } from '../../platform/sign-in/session.tsx'
import { AsOfBar, useAsOf, withAsOf } from '../../ui/AsOf.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { DataList } from '../../ui/list/DataList.tsx'
import { useListPlace, type ListPlace } from '../../ui/list/list-place.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { CardWordsProvider, useCardWords } from './fields/CardWordsProvider.tsx'
import { columnsOf } from './list/list-columns.tsx'
import { filtersOf } from './list/list-filters.tsx'
import './households.css'

/** What the list itself has fetched for this address, without asking a second time. */
const usePageOf = (place: ListPlace) =>
  useQuery<HouseholdPage>({
    queryKey: keyOf(householdEndpoints.list, { query: place.query }),
    queryFn: ({ signal }) => callLoosely(householdEndpoints.list, { query: place.query, signal }),
    enabled: false,
    placeholderData: keepPreviousData,
  }).data

/** What the id in the address stands for, in words: the text itself never stands there. */
function SearchChip({ search, place }: { search: HouseholdPage['search']; place: ListPlace }) {
  const { t } = useTranslation(['households', 'persons'])
  const { asOf } = useAsOf()
  if (search === null) return null
  const wording = t(`searched.${search.kind}`, { text: search.text })
  return (
    <p className="hh-chips">
      <span className="tj-tag tj-tag-accent">
        {wording}
        <button
          type="button"
          className="tj-icon-button"
          aria-label={t('searched.clear', { wording })}
          onClick={() => place.setFilter('search', [])}
        >
          <Icon name="close" size={12} />
        </button>
      </span>{' '}
      <Link to={withAsOf(`/persons?search=${place.filters['search']?.[0] ?? ''}`, asOf)}>
        {t('persons:asPersons')}
      </Link>
    </p>
  )
}

function NewHouseholdLink() {
  const { t } = useTranslation('households')
  if (!useMay('households.edit')) return null
  return (
    <Link to="/households/new" className="hh-button-link">
      <Icon name="plus" size={14} /> {t('new.title')}
    </Link>
  )
}

function HouseholdList() {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const place = useListPlace()
  const page = usePageOf(place)
  const mayExport = useMay('households.export')
  const { asOf } = useAsOf()
  return (
    <div className="hh-list tj-blocks">
      {page === undefined ? null : <SearchChip search={page.search} place={place} />}
      <DataList
        id="households"
        label={t('list')}
        endpoint={householdEndpoints.list}
        exportEndpoint={mayExport ? householdEndpoints.export : undefined}
        rowKey={(row) => row.id}
        to={(row) => withAsOf(`/households/${row.id}`, asOf)}
        columns={columnsOf(t, words, page?.year ?? null)}
        filters={filtersOf(t, words, place.filters['importId'] !== undefined)}
        actions={(row) => <Link to={withAsOf(`/households/${row.id}`, asOf)}>{t('open')}</Link>}
        empty={{ title: t('empty.title'), hint: t('empty.hint') }}
      />
    </div>
  )
}

/** 档卡: every household within reach; filters and place stand in the address, searched names do not. */
export function HouseholdListPage() {
  const { t } = useTranslation('households')
  return (
    <>
      <PageHeader lead={t('lead')} actions={<NewHouseholdLink />} />
      <AsOfBar />
      <CardWordsProvider>
        <HouseholdList />
      </CardWordsProvider>
    </>
  )
}
