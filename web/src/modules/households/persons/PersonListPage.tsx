import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { cardPersonEndpoints } from '@tiejun/contract/households/person-endpoints.ts'
import type { CardPersonPage } from '@tiejun/contract/households/persons.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { callLoosely, keyOf } from '../../../api/index.ts'
import { useMay } from '../../../platform/sign-in/session.tsx'
import { AsOfBar, useAsOf, withAsOf } from '../../../ui/AsOf.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { DataList } from '../../../ui/list/DataList.tsx'
import { type ListPlace, useListPlace } from '../../../ui/list/list-place.ts'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { CardWordsProvider, useCardWords } from '../fields/CardWordsProvider.tsx'
import { personColumns } from './person-columns.tsx'
import { personFilters } from './person-filters.tsx'
import '../households.css'

/** What the id in the address stands for, in words: the text itself never stands there. */
function SearchedFor({ place }: { place: ListPlace }) {
  const { t } = useTranslation(['households', 'persons'])
  const { asOf } = useAsOf()
  // What the list itself fetches for this address, without asking a second time.
  const page = useQuery<CardPersonPage>({
    queryKey: keyOf(cardPersonEndpoints.list, { query: place.query }),
    queryFn: ({ signal }) => callLoosely(cardPersonEndpoints.list, { query: place.query, signal }),
    enabled: false,
    placeholderData: keepPreviousData,
  }).data
  if (page === undefined || page.search === null) return null
  const wording = t(`searched.${page.search.kind}`, { text: page.search.text })
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
      <Link to={withAsOf(`/households?search=${place.filters['search']?.[0] ?? ''}`, asOf)}>
        {t('persons:asHouseholds')}
      </Link>
    </p>
  )
}

function PersonList() {
  const { t } = useTranslation('persons')
  const words = useCardWords()
  const mayExport = useMay('households.export')
  const place = useListPlace()
  const { asOf } = useAsOf()
  return (
    <div className="hh-list tj-blocks">
      <SearchedFor place={place} />
      <DataList
        id="persons"
        label={t('title')}
        endpoint={cardPersonEndpoints.list}
        exportEndpoint={mayExport ? cardPersonEndpoints.export : undefined}
        rowKey={(row) => row.id}
        to={(row) => withAsOf(`/households/${row.householdId}`, asOf)}
        columns={personColumns(t, words)}
        filters={personFilters(t, words)}
        actions={(row) => <Link to={withAsOf(`/households/${row.householdId}`, asOf)}>{t('open')}</Link>}
        empty={{ title: t('empty.title'), hint: t('empty.hint') }}
      />
    </div>
  )
}

/** 档卡人员: everybody on the cards within reach; the card is where they are changed. */
export function PersonListPage() {
  const { t } = useTranslation('persons')
  return (
    <>
      <PageHeader lead={t('lead')} />
      <AsOfBar />
      <CardWordsProvider>
        <PersonList />
      </CardWordsProvider>
    </>
  )
}
