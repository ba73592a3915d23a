import { useQuery } from '@tanstack/react-query'
import type { CardComparison, CardDifference } from '@tiejun/contract/households/comparison.ts'
import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { read } from '../../api/index.ts'
import { parseDay } from '../../ui/day.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { Card, Tag } from '../../ui/Facts.tsx'
import { formatInstant } from '../../ui/format.ts'
import { type Column, DataTable } from '../../ui/list/DataTable.tsx'
import { EmptyState, QueryView } from '../../ui/states.tsx'
import { CardHeader } from './card/CardHeader.tsx'
import { useCard } from './card/card-query.ts'
import { CardWordsProvider, useCardWords } from './fields/CardWordsProvider.tsx'
import './households.css'

/** One field of a difference: a row of the table. */
interface Line {
  difference: CardDifference
  field: string
  before: unknown
  after: unknown
}

const linesOf = ({ differences }: CardComparison): Line[] =>
  differences.flatMap((difference) => difference.fields.map((one) => ({ difference, ...one })))

const keyOf = ({ difference, field }: Line): string =>
  `${difference.section} ${difference.rowId ?? ''} ${field}`

function useLineColumns({ from, to }: CardComparison): Column<Line>[] {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const show = (key: string, value: unknown) => {
    const field = words.findField(key)
    return (
      (field === undefined ? String(value ?? '') : words.showWithUnit(field, value)) || t('history.nothing')
    )
  }
  const labelOf = (key: string) => {
    const field = words.findField(key)
    return field === undefined ? key : words.label(field)
  }
  return [
    {
      key: 'what',
      title: t('comparison.what'),
      isWrapped: true,
      render: ({ difference: { section, rowLabel, change } }) => (
        <span className="tj-row">
          {[t(`sections.${section}`), rowLabel].filter((part) => part !== null).join(' · ')}
          {change === 'changed' ? null : <Tag>{t(`comparison.changes.${change}`)}</Tag>}
        </span>
      ),
    },
    { key: 'field', title: t('comparison.field'), isWrapped: true, render: ({ field }) => labelOf(field) },
    {
      key: 'before',
      title: formatInstant(from),
      isWrapped: true,
      render: ({ field, before }) => show(field, before),
    },
    {
      key: 'after',
      title: formatInstant(to),
      isWrapped: true,
      render: ({ field, after }) => <strong>{show(field, after)}</strong>,
    },
  ]
}

function Differences({ comparison }: { comparison: CardComparison }) {
  const { t } = useTranslation('households')
  const columns = useLineColumns(comparison)
  const lines = linesOf(comparison)
  if (lines.length === 0) return <EmptyState title={t('comparison.none')} />
  return (
    <Card title={t('comparison.differences')}>
      <div className="tj-stack tj-blocks">
        {comparison.wasKnownAtFrom ? null : <p className="tj-muted">{t('comparison.unknownThen')}</p>}
        {comparison.wasKnownAtTo ? null : <p className="tj-muted">{t('comparison.unknownLater')}</p>}
        <DataTable label={t('comparison.differences')} rows={lines} rowKey={keyOf} columns={columns} />
      </div>
    </Card>
  )
}

function Compared({ id, from, to }: { id: string; from: string; to: string | undefined }) {
  const query = useQuery(read(householdEndpoints.comparison, { params: { id }, query: { from, to } }))
  return <QueryView query={query}>{(comparison) => <Differences comparison={comparison} />}</QueryView>
}

/** The two days stand in the address, so that a comparison can be sent. */
function DaysForm({ days, onChoose }: { days: Days; onChoose: (days: Days) => void }) {
  const { t } = useTranslation('households')
  const id = useId()
  const [from, setFrom] = useState(days.from ?? '')
  const [to, setTo] = useState(days.to ?? '')
  const chosen = { from: parseDay(from), to: to === '' ? undefined : parseDay(to) }
  const isReady = chosen.from !== undefined && (to === '' || chosen.to !== undefined)
  return (
    <form
      className="tj-row tj-as-of"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onChoose(chosen)
      }}
    >
      <label htmlFor={`${id}-from`}>{t('comparison.from')}</label>
      <DayInput id={`${id}-from`} value={from} onChange={setFrom} />
      <label htmlFor={`${id}-to`}>{t('comparison.to')}</label>
      <DayInput id={`${id}-to`} value={to} onChange={setTo} />
      <Button type="primary" htmlType="submit" disabled={!isReady}>
        {t('comparison.show')}
      </Button>
    </form>
  )
}

interface Days {
  from: string | undefined
  to: string | undefined
}

function Comparison({ id }: { id: string }) {
  const { t } = useTranslation('households')
  const [params, setParams] = useSearchParams()
  const days: Days = { from: params.get('from') ?? undefined, to: params.get('to') ?? undefined }
  const choose = ({ from, to }: Days) =>
    setParams({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) })
  const card = useCard(id)
  return (
    <QueryView query={card}>
      {(data) => (
        <div className="hh-list">
          <CardHeader card={data} />
          <p className="tj-muted">{t('comparison.lead')}</p>
          <DaysForm days={days} onChoose={choose} />
          {days.from === undefined ? (
            <EmptyState title={t('comparison.choose')} />
          ) : (
            <Compared id={id} from={days.from} to={days.to} />
          )}
        </div>
      )}
    </QueryView>
  )
}

/** 两日对比: one card on two days, side by side. */
export function ComparisonPage() {
  const { id = '' } = useParams()
  return (
    <CardWordsProvider>
      <Comparison id={id} />
    </CardWordsProvider>
  )
}
