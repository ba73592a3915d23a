import { Button, Input, Select } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DAY_EXAMPLE, parseDay } from '../day.ts'
import { Icon } from '../Icon.tsx'
import { useNotices } from '../Notices.tsx'
import { useProblemWording } from '../problem-wording.ts'
import type { ListPlace } from './list-place.ts'

interface FilterBase {
  /** The name in the endpoint's query. */
  name: string
  label: string
  /** Folded away until asked for. */
  isExtra?: boolean
}

/** A filter of a list, as its endpoint declares it. */
export type ListFilter =
  | (FilterBase & {
      kind: 'search'
      placeholder?: string
      /**
       * Keeps the text on the server and gives the id that stands in the address instead of it: names and ID numbers
       * must not stand there, because addresses end up in logs.
       */
      seal?: (text: string) => Promise<string>
    })
  | (FilterBase & {
      kind: 'choice'
      options: readonly { value: string; label: string }[]
      isMultiple?: boolean
    })
  | (FilterBase & { kind: 'date' })
  | (FilterBase & { kind: 'number'; unit?: string })
  | (FilterBase & {
      kind: 'custom'
      render: (values: string[], onChange: (values: string[]) => void, id: string) => ReactNode
    })

interface ControlProps<Kind extends ListFilter['kind']> {
  filter: Extract<ListFilter, { kind: Kind }>
  id: string
  values: string[]
  onChange: (values: string[]) => void
}

/** What is being typed; begins anew when the address bar says something else, e.g. after going back. */
function useTyped(shown: string) {
  const [typed, setTyped] = useState({ from: shown, text: shown })
  const text = typed.from === shown ? typed.text : shown
  return [text, (next: string) => setTyped({ from: shown, text: next })] as const
}

/** What was typed for an id, so that going back shows it; forgotten when the page is loaded anew. */
const sealedTexts = new Map<string, string>()

function useCommitSearch({ filter, values, onChange }: ControlProps<'search'>) {
  const { t } = useTranslation('ui')
  const notices = useNotices()
  const wording = useProblemWording()
  const id = values[0] ?? ''
  const shown = filter.seal === undefined || id === '' ? id : (sealedTexts.get(id) ?? t('list.sealedSearch'))
  const commit = async (typed: string) => {
    const text = typed.trim()
    if (text === shown) return
    if (text === '' || filter.seal === undefined) return onChange(text === '' ? [] : [text])
    try {
      const sealed = await filter.seal(text)
      sealedTexts.set(sealed, text)
      onChange([sealed])
    } catch (error) {
      const { title, advice } = wording(error)
      notices.failed(`${title}。${advice}`)
    }
  }
  return { shown, commit }
}

/** The library's own mark is read out by its English name; its button takes the name from what is inside. */
function ClearMark() {
  const { t } = useTranslation('ui')
  return (
    <>
      <Icon name="close" size={12} />
      <span className="tj-visually-hidden">{t('list.clear')}</span>
    </>
  )
}

function SearchControl(props: ControlProps<'search'>) {
  const { t } = useTranslation('ui')
  const { shown, commit } = useCommitSearch(props)
  const [typed, setTyped] = useTyped(shown)
  return (
    <span data-search="">
      <Input
        id={props.id}
        value={typed}
        allowClear={{ clearIcon: <ClearMark /> }}
        autoComplete="off"
        prefix={<Icon name="search" />}
        placeholder={props.filter.placeholder}
        title={t('list.searchHint')}
        onChange={(event) => {
          setTyped(event.target.value)
          if (event.target.value === '') void commit('')
        }}
        onPressEnter={() => void commit(typed)}
      />
    </span>
  )
}

function ChoiceControl({ filter, id, values, onChange }: ControlProps<'choice'>) {
  const { t } = useTranslation('ui')
  const common = {
    id,
    allowClear: true,
    placeholder: t('list.any'),
    options: filter.options.map((option) => ({ ...option })),
    showSearch: filter.options.length > 8 && { optionFilterProp: 'label' },
    popupMatchSelectWidth: false,
    style: { width: '100%' },
  }
  return filter.isMultiple === true ? (
    <Select
      mode="multiple"
      maxTagCount="responsive"
      value={values}
      onChange={(next: string[]) => onChange(next)}
      {...common}
    />
  ) : (
    <Select
      value={values[0]}
      onChange={(next: string | undefined) => onChange(next === undefined ? [] : [next])}
      {...common}
    />
  )
}

function NumberControl({ filter, id, values, onChange }: ControlProps<'number'>) {
  const shown = values[0] ?? ''
  const [typed, setTyped] = useTyped(shown)
  const commit = () => {
    if (typed !== shown) onChange(typed === '' ? [] : [typed])
  }
  return (
    <Input
      id={id}
      type="number"
      value={typed}
      suffix={filter.unit}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={commit}
      onBlur={commit}
    />
  )
}

/** Typed, because the browsers' own calendars speak the language of the system. What is no day is not asked for. */
function DateControl({ id, values, onChange }: ControlProps<'date'>) {
  const shown = values[0] ?? ''
  const [typed, setTyped] = useTyped(shown)
  const [isAsked, setAsked] = useState(false)
  const day = parseDay(typed)
  const isFaulty = isAsked && typed !== '' && day === undefined
  const commit = () => {
    setAsked(true)
    if (typed === '' && shown !== '') onChange([])
    if (day !== undefined && day !== shown) onChange([day])
    if (day !== undefined) setTyped(day)
  }
  return (
    <Input
      id={id}
      value={typed}
      autoComplete="off"
      placeholder={DAY_EXAMPLE}
      status={isFaulty ? 'error' : undefined}
      aria-invalid={isFaulty}
      onChange={(event) => {
        setTyped(event.target.value)
        setAsked(false)
      }}
      onPressEnter={commit}
      onBlur={commit}
    />
  )
}

function FilterControl({
  filter,
  id,
  values,
  onChange,
}: Omit<ControlProps<'date'>, 'filter'> & { filter: ListFilter }) {
  switch (filter.kind) {
    case 'search':
      return <SearchControl filter={filter} id={id} values={values} onChange={onChange} />
    case 'choice':
      return <ChoiceControl filter={filter} id={id} values={values} onChange={onChange} />
    case 'date':
      return <DateControl filter={filter} id={id} values={values} onChange={onChange} />
    case 'number':
      return <NumberControl filter={filter} id={id} values={values} onChange={onChange} />
    case 'custom':
      return filter.render(values, onChange, id)
  }
}

/** Filters that stand in the address but that this page does not offer: shown, so that nothing filters unseen. */
function OtherFilters({ names, place }: { names: readonly string[]; place: ListPlace }) {
  const { t } = useTranslation('ui')
  return names.map((name) => (
    <span key={name} className="tj-tag">
      {name} = {place.filters[name]?.join(', ')}
      <button
        type="button"
        className="tj-icon-button"
        aria-label={`${t('list.clear')} ${name}`}
        onClick={() => place.setFilter(name, [])}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  ))
}

export function FilterBar({ filters, place }: { filters: readonly ListFilter[]; place: ListPlace }) {
  const { t } = useTranslation('ui')
  const id = useId()
  const isSet = (filter: ListFilter) => (place.filters[filter.name] ?? []).length > 0
  const [isUnfolded, setUnfolded] = useState(() =>
    filters.some((filter) => filter.isExtra === true && isSet(filter)),
  )
  const known = new Set(filters.map((filter) => filter.name))
  const others = Object.keys(place.filters).filter((name) => !known.has(name))
  const hasExtra = filters.some((filter) => filter.isExtra === true)
  if (filters.length === 0 && others.length === 0) return null
  return (
    <search aria-label={t('list.filters')} className="tj-filters">
      {filters
        .filter((filter) => filter.isExtra !== true || isUnfolded)
        .map((filter) => (
          <div key={filter.name} className={`tj-filter tj-filter-${filter.kind}`}>
            <label htmlFor={`${id}-${filter.name}`}>{filter.label}</label>
            <FilterControl
              filter={filter}
              id={`${id}-${filter.name}`}
              values={place.filters[filter.name] ?? []}
              onChange={(values) => place.setFilter(filter.name, values)}
            />
          </div>
        ))}
      <OtherFilters names={others} place={place} />
      <div className="tj-filter-buttons">
        {hasExtra ? (
          <Button type="text" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
            {t('list.moreFilters')}
          </Button>
        ) : null}
        {Object.keys(place.filters).length > 0 ? (
          <Button type="text" onClick={place.clearFilters}>
            {t('list.clear')}
          </Button>
        ) : null}
      </div>
    </search>
  )
}
