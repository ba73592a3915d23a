import { useQuery } from '@tanstack/react-query'
import { cockpitEndpoints } from '@tiejun/contract/cockpit/endpoints.ts'
import type { Figure, FigureGroup } from '@tiejun/contract/platform/indicators.ts'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../../api/index.ts'
import {
  AsOfBar,
  asOfQueryOf,
  Card,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  PageHeader,
  QueryView,
  Tag,
  useAsOf,
} from '../../ui/index.ts'
import { MonthlyCard } from './MonthlyCard.tsx'
import { largestFirst, shareOf, wordsOf } from './figure-words.ts'

// ECharts is larger than the rest of the page together, so it comes after the numbers.
const CauseChart = lazy(async () => ({ default: (await import('./CauseChart.tsx')).CauseChart }))

function Value({ figure }: { figure: Figure }) {
  const { t, i18n } = useTranslation('cockpit')
  if (figure.value === null) return <span className="tj-muted">{t('notBuilt')}</span>
  const { label, unit } = wordsOf(figure, i18n.language)
  const shown = `${formatCount(figure.value)} ${unit}`
  if (figure.href === null) return <span className="tj-number">{shown}</span>
  return (
    <Link className="tj-number" to={figure.href} title={t('open', { label })}>
      {shown}
    </Link>
  )
}

function Met({ met }: { met: boolean | null }) {
  const { t } = useTranslation('cockpit')
  if (met === null) return null
  return met ? <Tag tone="success">{t('met')}</Tag> : <Tag>{t('notMet')}</Tag>
}

function useColumns(): Record<'figure' | 'reported' | 'ours' | 'met' | 'counts', Column<Figure>> {
  const { t, i18n } = useTranslation('cockpit')
  const words = (figure: Figure) => wordsOf(figure, i18n.language)
  return {
    figure: { key: 'figure', title: t('columns.figure'), isWrapped: true, render: (one) => words(one).label },
    reported: {
      key: 'reported',
      title: t('columns.reported'),
      align: 'right',
      render: (one) => <span className="tj-number">{one.reported}</span>,
    },
    ours: { key: 'ours', title: t('columns.ours'), align: 'right', render: (one) => <Value figure={one} /> },
    met: { key: 'met', title: t('columns.met'), render: (one) => <Met met={one.met} /> },
    counts: {
      key: 'counts',
      title: t('columns.counts'),
      isWrapped: true,
      render: (one) => words(one).counts,
    },
  }
}

function ReportTable({ figures }: { figures: readonly Figure[] }) {
  const { t } = useTranslation('cockpit')
  const { figure, reported, ours, met, counts } = useColumns()
  const label = t('groups.report')
  const summary = t('summary', {
    met: figures.filter((one) => one.met === true).length,
    notMet: figures.filter((one) => one.met === false).length,
    notBuilt: figures.filter((one) => one.value === null).length,
  })
  return (
    <Card title={label}>
      <div className="tj-stack tj-blocks">
        <p className="tj-muted">{summary}</p>
        <DataTable
          label={label}
          rows={figures}
          rowKey={(one) => one.id}
          columns={[figure, reported, ours, met, counts]}
        />
      </div>
    </Card>
  )
}

interface BreakdownProps {
  group: FigureGroup
  figures: readonly Figure[]
  /** What the shares are of; absent = no shares. */
  whole?: number
}

function Breakdown({ group, figures, whole }: BreakdownProps) {
  const { t } = useTranslation('cockpit')
  const { figure, ours, counts } = useColumns()
  const label = t(`groups.${group}`)
  const share: Column<Figure> = {
    key: 'share',
    title: t('columns.share'),
    align: 'right',
    render: (one) => <span className="tj-number">{shareOf(one.value ?? 0, whole ?? 0)}</span>,
  }
  const last = whole === undefined ? counts : share
  return <DataTable label={label} rows={figures} rowKey={(one) => one.id} columns={[figure, ours, last]} />
}

function Causes({ figures, whole }: { figures: readonly Figure[]; whole: number }) {
  const { t } = useTranslation('cockpit')
  const present = largestFirst(figures)
  return (
    <Card title={t('groups.cause')}>
      {present.length === 0 ? (
        <EmptyState title={t('chart.none')} />
      ) : (
        <Suspense fallback={<LoadingState lines={present.length} />}>
          <CauseChart figures={present} />
        </Suspense>
      )}
      <Breakdown group="cause" figures={figures} whole={whole} />
    </Card>
  )
}

/** What the report of 2018 printed beside what our records give; every number opens to its records. */
export function FiguresPage() {
  const { t } = useTranslation('cockpit')
  const { asOf } = useAsOf()
  const query = useQuery(read(cockpitEndpoints.figures, asOfQueryOf(asOf)))
  return (
    <>
      <PageHeader lead={t('lead')} />
      <AsOfBar />
      <QueryView query={query} lines={16}>
        {({ figures }) => {
          const of = (group: FigureGroup) => figures.filter((one) => one.group === group)
          const whole = figures.find((one) => one.id === 'households')?.value ?? 0
          return (
            <>
              <ReportTable figures={of('report')} />
              <Card title={t('groups.registry')}>
                <Breakdown group="registry" figures={of('registry')} />
              </Card>
              <Causes figures={of('cause')} whole={whole} />
              <Card title={t('groups.category')}>
                <Breakdown group="category" figures={of('category')} whole={whole} />
              </Card>
            </>
          )
        }}
      </QueryView>
      <MonthlyCard />
    </>
  )
}
