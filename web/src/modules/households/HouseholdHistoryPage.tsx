import type { HistoryEntry } from '@tiejun/contract/households/card-page.ts'
import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { formatInstant } from '../../ui/format.ts'
import { DataList } from '../../ui/list/DataList.tsx'
import type { Column } from '../../ui/list/DataTable.tsx'
import { QueryView } from '../../ui/states.tsx'
import { CardHeader } from './card/CardHeader.tsx'
import { useCard } from './card/card-query.ts'
import type { CardWords } from './fields/card-words.ts'
import { CardWordsProvider, useCardWords } from './fields/CardWordsProvider.tsx'
import './households.css'

/** A change of one field: what stood there and what stands there now. */
function Change({ change }: { change: HistoryEntry['changes'][number] }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const field = words.findField(change.field)
  const show = (value: unknown) =>
    (field === undefined ? String(value ?? '') : words.showWithUnit(field, value)) || t('history.nothing')
  return (
    <li>
      <span className="hh-changed-field">
        {change.rowLabel === null ? '' : `${change.rowLabel} · `}
        {field === undefined ? change.field : words.label(field)}
      </span>
      <del>{show(change.before)}</del>
      <span aria-hidden="true"> → </span>
      <ins>{show(change.after)}</ins>
    </li>
  )
}

function Changes({ changes }: { changes: HistoryEntry['changes'] }) {
  const { t } = useTranslation('households')
  if (changes.length === 0) return '—'
  return (
    <ul className="tj-changes hh-changes" aria-label={t('history.changes')}>
      {changes.map((change) => (
        <Change key={`${change.field}:${change.rowLabel}`} change={change} />
      ))}
    </ul>
  )
}

const whatOf = (t: TFunction<'households'>, words: CardWords, entry: HistoryEntry) => {
  const section = entry.section === null ? '' : t(`sections.${entry.section}`)
  const row =
    entry.rowLabel === null
      ? ''
      : entry.section === 'measures'
        ? words.codeLabel('measure_category', entry.rowLabel)
        : entry.rowLabel
  return [section, row].filter((part) => part !== '').join(' · ') || '—'
}

const columnsOf = (t: TFunction<'households'>, words: CardWords): Column<HistoryEntry>[] => [
  {
    key: 'occurredAt',
    title: t('history.at'),
    isPinned: true,
    render: (entry) => <span className="tj-number">{formatInstant(entry.occurredAt)}</span>,
  },
  { key: 'actor', title: t('history.by'), render: (entry) => entry.actorName ?? t('history.system') },
  { key: 'action', title: t('history.action'), render: (entry) => t(`history.actions.${entry.action}`) },
  { key: 'what', title: t('history.what'), render: (entry) => whatOf(t, words, entry) },
  {
    key: 'changes',
    title: t('history.changes'),
    isWrapped: true,
    width: '26em',
    render: (entry) => <Changes changes={entry.changes} />,
  },
  { key: 'reason', title: t('history.reason'), isWrapped: true, render: (entry) => entry.reason ?? '—' },
]

function History({ id }: { id: string }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const card = useCard(id)
  return (
    <QueryView query={card}>
      {(data) => (
        <div className="hh-list tj-blocks">
          <CardHeader card={data} />
          <DataList
            id="household-history"
            label={t('history.title')}
            endpoint={householdEndpoints.history}
            params={{ id }}
            rowKey={(entry) => entry.id}
            columns={columnsOf(t, words)}
            empty={{ title: t('history.empty') }}
          />
        </div>
      )}
    </QueryView>
  )
}

/** 修改记录: who changed what on this card, from what to what, when and why. */
export function HouseholdHistoryPage() {
  const { id = '' } = useParams()
  return (
    <CardWordsProvider>
      <History id={id} />
    </CardWordsProvider>
  )
}
