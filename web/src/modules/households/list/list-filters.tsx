import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { Icon } from '../../../ui/Icon.tsx'
import type { ListFilter } from '../../../ui/list/filters.tsx'
import { AreaSelect } from '../AreaSelect.tsx'
import type { CardWords } from '../fields/card-words.ts'
import { codecOf, Unreadable } from '../fields/field-values.ts'
import { TypedInput } from '../fields/TypedInput.tsx'
import { useEffect, useRef, useState } from 'react'

const YUAN = codecOf({ type: 'money', scale: null })

/** The server keeps what was searched for; only the id it gives stands in the address. */
const seal = async (text: string) => (await call(householdEndpoints.search, { body: { text } })).id

interface YuanFilterProps {
  id: string
  values: string[]
  onChange: (values: string[]) => void
}

/** An amount in yuan whose filter is in fen; taken over when the box is left, not at every digit. */
function YuanFilter({ id, values, onChange }: YuanFilterProps) {
  const { t } = useTranslation('households')
  const shown = values[0] === undefined ? null : Number(values[0])
  const [typed, setTyped] = useState<{ from: number | null; value: unknown }>({ from: shown, value: shown })
  const value = typed.from === shown ? typed.value : shown
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  }, [value])
  const commit = () => {
    if (latest.current === shown || latest.current instanceof Unreadable) return
    onChange(typeof latest.current === 'number' ? [String(latest.current)] : [])
  }
  if (YUAN === undefined) return null
  return (
    <TypedInput
      id={id}
      codec={YUAN}
      value={value}
      inputMode="decimal"
      suffix={t('units.fen')}
      status={value instanceof Unreadable ? 'error' : undefined}
      onChange={(next) => setTyped({ from: shown, value: next })}
      onBlur={commit}
      onPressEnter={commit}
    />
  )
}

/** An import that led here: which households it touched, until it is taken away. */
function ImportChip({ id, onChange }: { id: string; onChange: (values: string[]) => void }) {
  const { t } = useTranslation('households')
  return (
    <span className="tj-tag tj-tag-accent">
      {t('filters.ofImport')}
      <button
        id={id}
        type="button"
        className="tj-icon-button"
        aria-label={t('filters.dropImport')}
        onClick={() => onChange([])}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  )
}

function codeFilters(t: TFunction<'households'>, words: CardWords): ListFilter[] {
  const choice = (name: string, label: string, enumeration: string): ListFilter => ({
    kind: 'choice',
    name,
    label,
    isMultiple: true,
    options: words.options(enumeration),
  })
  return [
    choice('category', t('columns.poorAttribute'), 'poor_attribute'),
    choice('status', t('columns.povertyStatus'), 'poverty_status'),
    choice('cause', t('columns.mainCause'), 'poverty_cause'),
  ]
}

const yearOptions = (t: TFunction<'households'>, words: CardWords) =>
  words.povertyLines
    .map(({ year }) => year)
    .toSorted((one, other) => other - one)
    .map((year) => ({ value: String(year), label: t('yearOption', { year }) }))

function incomeFilters(t: TFunction<'households'>, words: CardWords): ListFilter[] {
  const years = yearOptions(t, words)
  const yuan = (name: string, label: string): ListFilter => ({
    kind: 'custom',
    name,
    label,
    isExtra: true,
    render: (values, onChange, id) => <YuanFilter id={id} values={values} onChange={onChange} />,
  })
  return [
    { kind: 'choice', name: 'year', label: t('filters.year'), isExtra: true, options: years },
    yuan('incomeFromFen', t('filters.incomeFrom')),
    yuan('incomeToFen', t('filters.incomeTo')),
    { kind: 'choice', name: 'exitYear', label: t('columns.exitYear'), isExtra: true, options: years },
  ]
}

/** The filters of the list, in the endpoint's own names. */
export function filtersOf(t: TFunction<'households'>, words: CardWords, hasImport: boolean): ListFilter[] {
  const ofImport: ListFilter = {
    kind: 'custom',
    name: 'importId',
    label: t('filters.import'),
    render: (_values, onChange, id) => <ImportChip id={id} onChange={onChange} />,
  }
  return [
    {
      kind: 'search',
      name: 'search',
      label: t('filters.search'),
      placeholder: t('filters.searchPlaceholder'),
      seal,
    },
    {
      kind: 'custom',
      name: 'area',
      label: t('filters.area'),
      render: (values, onChange, id) => (
        <AreaSelect id={id} value={values[0]} onChange={(code) => onChange(code === null ? [] : [code])} />
      ),
    },
    ...codeFilters(t, words),
    ...incomeFilters(t, words),
    {
      kind: 'choice',
      name: 'corrected',
      label: t('filters.corrected'),
      isExtra: true,
      options: [{ value: 'yes', label: t('filters.correctedOnly') }],
    },
    ...(hasImport ? [ofImport] : []),
  ]
}
