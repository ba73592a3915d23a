import { useQuery } from '@tanstack/react-query'
import { cockpitEndpoints } from '@tiejun/contract/cockpit/endpoints.ts'
import type { MonthlyFigures, MonthlySeries } from '@tiejun/contract/cockpit/monthly.ts'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../../api/index.ts'
import {
  Card,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  QueryView,
  SelectBox,
  withAsOf,
} from '../../ui/index.ts'

const MonthlyChart = lazy(async () => ({ default: (await import('./MonthlyChart.tsx')).MonthlyChart }))

interface Month {
  month: string
  asOf: string
  value: number
}

const monthsOf = ({ months }: MonthlyFigures, { values }: MonthlySeries): Month[] =>
  months.flatMap(({ month, asOf }, place) => {
    const value = values[place]
    return typeof value === 'number' ? [{ month, asOf, value }] : []
  })

/** Each month opens the figures as of its end. */
function MonthTable({ label, unit, months }: { label: string; unit: string; months: readonly Month[] }) {
  const { t } = useTranslation('cockpit')
  const columns: Column<Month>[] = [
    {
      key: 'month',
      title: t('monthly.month'),
      render: ({ month, asOf }) => <Link to={withAsOf('/figures', asOf)}>{month}</Link>,
    },
    {
      key: 'value',
      title: label,
      align: 'right',
      render: ({ value }) => <span className="tj-number">{`${formatCount(value)} ${unit}`}</span>,
    },
  ]
  return (
    <DataTable
      label={t('monthly.title')}
      rows={months.toReversed()}
      rowKey={(one) => one.month}
      columns={columns}
    />
  )
}

function OneSeries({ figures }: { figures: MonthlyFigures }) {
  const { t, i18n } = useTranslation('cockpit')
  const [chosen, setChosen] = useState('households')
  const isEnglish = i18n.language === 'en'
  const labelOf = ({ label, labelEn }: MonthlySeries) => (isEnglish ? labelEn : label)
  const series = figures.series.find((one) => one.id === chosen)
  const months = series === undefined ? [] : monthsOf(figures, series)
  if (series === undefined || months.length === 0) return <EmptyState title={t('monthly.none')} />
  const label = labelOf(series)
  const unit = isEnglish ? series.unitEn : series.unit
  const list = months.map(({ month, value }) => `${month} ${formatCount(value)}`).join(t('chart.separator'))
  const description = t('monthly.description', { label, list })
  return (
    <>
      <div>
        <SelectBox
          label={t('monthly.figure')}
          value={chosen}
          onChange={setChosen}
          options={figures.series.map((one) => ({ value: one.id, label: labelOf(one) }))}
        />
      </div>
      <Suspense fallback={<LoadingState lines={6} />}>
        <MonthlyChart
          months={months.map(({ month }) => month)}
          values={months.map(({ value }) => value)}
          description={description}
        />
      </Suspense>
      <MonthTable label={label} unit={unit} months={months} />
    </>
  )
}

/** 逐月数字: what was known at the end of each of the last two years' months. */
export function MonthlyCard() {
  const { t } = useTranslation('cockpit')
  const query = useQuery(read(cockpitEndpoints.monthly))
  return (
    <Card title={t('monthly.title')}>
      <div className="tj-stack">
        <p className="tj-muted">{t('monthly.lead')}</p>
        <QueryView query={query} lines={8}>
          {(figures) => <OneSeries figures={figures} />}
        </QueryView>
      </div>
    </Card>
  )
}
