import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { ImportProblem } from '@tiejun/contract/households/import-problems.ts'
import type { HouseholdImportDetail, ImportProblemGroup } from '@tiejun/contract/households/import.ts'
import type { TFunction } from 'i18next'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, type Column, DataList, EmptyState, formatCount, type ListFilter } from '../../../ui/index.ts'
import { CardWordsProvider } from '../fields/CardWordsProvider.tsx'
import { ErrorsButton } from './ErrorsButton.tsx'
import { NormalisationsCard } from './NormalisationsCard.tsx'
import { ProblemGroupsCard } from './ProblemGroupsCard.tsx'
import { useProblemWords, type ProblemWords } from './problem-words.ts'
import { SeverityTag } from './SeverityTag.tsx'

function Summary({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  const counts = [
    { key: 'errors', count: found.errorCount, hint: t('problems.errorsHint') },
    { key: 'faulty', count: found.counts?.faultyHouseholds ?? 0, hint: undefined },
    { key: 'warnings', count: found.warningCount, hint: t('problems.warningsHint') },
  ] as const
  return (
    <section className="tj-card tj-import-summary" aria-label={t('problems.result')}>
      <dl>
        {counts.map(({ key, count, hint }) => (
          <div key={key}>
            <dt>{t(`problems.${key}`)}</dt>
            <dd className="tj-number">{formatCount(count)}</dd>
            {hint === undefined ? null : <dd className="tj-muted">{hint}</dd>}
          </div>
        ))}
      </dl>
      {found.allowedActions.includes('download_errors') ? (
        <div className="tj-import-download">
          <ErrorsButton id={found.id} />
          <p className="tj-muted">{t('problems.downloadHint')}</p>
        </div>
      ) : null}
    </section>
  )
}

const placeOf = (t: TFunction<'import'>, { sheet, row }: ImportProblem) =>
  row === null ? (sheet === null ? t('problems.wholeFile') : '—') : String(row)

/** A cell that is empty is named so; where no cell is meant, nothing is said about its content. */
const valueOf = (t: TFunction<'import'>, { value, column }: ImportProblem) =>
  value ?? (column === null ? '—' : <span className="tj-muted">{t('problems.blank')}</span>)

const columnsOf = (
  t: TFunction<'import'>,
  words: ProblemWords,
  hasSheets: boolean,
): Column<ImportProblem>[] => [
  {
    key: 'row',
    title: t('problems.row'),
    isPinned: true,
    render: (problem) => <span className="tj-number">{placeOf(t, problem)}</span>,
  },
  {
    key: 'severity',
    title: t('problems.severity'),
    render: (problem) => <SeverityTag severity={problem.severity} />,
  },
  {
    key: 'sheet',
    title: t('problems.sheet'),
    isHiddenAtFirst: !hasSheets,
    render: (problem) => problem.sheet ?? '—',
  },
  {
    key: 'column',
    title: t('problems.column'),
    render: (problem) => <span className="tj-mono">{problem.column ?? '—'}</span>,
  },
  {
    key: 'header',
    title: t('problems.header'),
    isWrapped: true,
    width: '8em',
    render: (problem) => problem.header ?? '—',
  },
  {
    key: 'value',
    title: t('problems.value'),
    isWrapped: true,
    width: '9em',
    render: (problem) => valueOf(t, problem),
  },
  { key: 'what', title: t('problems.what'), isWrapped: true, render: (problem) => words.whatOf(problem) },
  { key: 'todo', title: t('problems.todo'), isWrapped: true, render: (problem) => words.todoOf(problem) },
  {
    key: 'householdNo',
    title: t('problems.householdNo'),
    render: (problem) => <span className="tj-number">{problem.householdNo ?? '—'}</span>,
  },
]

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values)].filter((value) => value !== null)

function filtersOf(
  t: TFunction<'import'>,
  words: ProblemWords,
  groups: readonly ImportProblemGroup[],
  hasSheets: boolean,
): ListFilter[] {
  const same = (value: string) => ({ value, label: value })
  return [
    {
      kind: 'choice',
      name: 'severity',
      label: t('problems.severity'),
      options: (['error', 'warning'] as const).map((value) => ({
        value,
        label: t(`problems.severities.${value}`),
      })),
    },
    {
      kind: 'choice',
      name: 'code',
      label: t('problems.code'),
      isMultiple: true,
      options: distinct(groups.map(({ code }) => code)).map((value) => ({
        value,
        label: words.nameOf(value),
      })),
    },
    {
      kind: 'choice',
      name: 'header',
      label: t('problems.header'),
      options: distinct(groups.map(({ header }) => header)).map(same),
    },
    ...(hasSheets
      ? [
          {
            kind: 'choice' as const,
            name: 'sheet',
            label: t('problems.sheet'),
            options: distinct(groups.map(({ sheet }) => sheet)).map(same),
          },
        ]
      : []),
  ]
}

function Problems({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  const words = useProblemWords()
  const list = useRef<HTMLDivElement>(null)
  const { id, problemGroups: groups } = found
  if (groups.length === 0) {
    return (
      <Card>
        <EmptyState title={t('problems.none')} hint={t('problems.noneHint')} />
      </Card>
    )
  }
  const hasSheets = distinct(groups.map(({ sheet }) => sheet)).length > 1
  return (
    <>
      <Summary found={found} />
      <ProblemGroupsCard
        groups={groups}
        hasSheets={hasSheets}
        onShow={() => list.current?.scrollIntoView({ block: 'start' })}
      />
      <div ref={list} className="hh-list tj-blocks">
        <DataList
          id="household-import-problems"
          label={t('problems.title')}
          endpoint={importEndpoints.problems}
          params={{ id }}
          rowKey={(problem) => String(problem.id)}
          columns={columnsOf(t, words, hasSheets)}
          filters={filtersOf(t, words, groups, hasSheets)}
        />
      </div>
    </>
  )
}

/** What the check found: how much, which kinds, each problem with what to do, and what was tidied without asking. */
export function ProblemsPart({ found }: { found: HouseholdImportDetail }) {
  return (
    <CardWordsProvider>
      <Problems found={found} />
      <NormalisationsCard normalisations={found.normalisations} />
    </CardWordsProvider>
  )
}
