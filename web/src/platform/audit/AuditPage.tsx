import { useQuery } from '@tanstack/react-query'
import { auditEndpoints, type AuditEntry } from '@tiejun/contract/platform/audit.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/index.ts'
import { Card, Facts, Tag } from '../../ui/Facts.tsx'
import { formatCount, formatInstant } from '../../ui/format.ts'
import { DataList } from '../../ui/list/DataList.tsx'
import type { Column } from '../../ui/list/DataTable.tsx'
import type { ListFilter } from '../../ui/list/filters.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { QueryView } from '../../ui/states.tsx'
import { useAuditWords, type AuditWords } from './audit-words.ts'
import { ChangeList } from './ChangeList.tsx'
import { useFieldWords, type FieldWordsByRecord } from './field-words.ts'

function SealCard() {
  const { t } = useTranslation('audit')
  const seal = useQuery(read(auditEndpoints.seal))
  return (
    <Card title={t('seal.title')}>
      <QueryView query={seal} lines={2}>
        {(state) => (
          <Facts
            facts={[
              { label: t('seal.blocks'), value: formatCount(state.blocks) },
              { label: t('seal.sealed'), value: formatCount(state.sealedEntries) },
              { label: t('seal.unsealed'), value: formatCount(state.unsealedEntries) },
              {
                label: t('seal.lastSealedAt'),
                value: state.lastSealedAt === null ? t('seal.never') : formatInstant(state.lastSealedAt),
              },
              {
                label: t('seal.lastHash'),
                value: <span className="tj-mono">{state.lastHash ?? '—'}</span>,
                isWide: true,
              },
            ]}
          />
        )}
      </QueryView>
    </Card>
  )
}

const columnsOf = (
  t: TFunction<'audit'>,
  words: AuditWords,
  fieldWords: FieldWordsByRecord,
): Column<AuditEntry>[] => [
  {
    key: 'occurredAt',
    title: t('columns.occurredAt'),
    isPinned: true,
    width: 170,
    render: (entry) => <span className="tj-number">{formatInstant(entry.occurredAt)}</span>,
  },
  {
    key: 'actor',
    title: t('columns.actor'),
    render: (entry) =>
      entry.username === null ? t('system') : `${entry.actorName ?? ''}（${entry.username}）`,
  },
  {
    key: 'action',
    title: t('columns.action'),
    render: (entry) => words.wordOf('actions', entry.action),
  },
  {
    key: 'record',
    title: t('columns.record'),
    render: (entry) =>
      `${words.wordOf('records', entry.recordType)} ${entry.recordLabel ?? entry.recordId ?? ''}`,
  },
  {
    key: 'change',
    title: t('columns.change'),
    isWrapped: true,
    width: '24em',
    render: (entry) => (
      <ChangeList entry={entry} words={words} fieldWords={fieldWords.get(entry.recordType)} />
    ),
  },
  { key: 'reason', title: t('columns.reason'), isWrapped: true, render: (entry) => entry.reason },
  {
    key: 'block',
    title: t('columns.block'),
    render: (entry) =>
      entry.blockNumber === null ? (
        <Tag>{t('unsealed')}</Tag>
      ) : (
        <Tag tone="success">{t('blockNumber', { number: entry.blockNumber })}</Tag>
      ),
  },
  {
    key: 'sequence',
    title: t('columns.sequence'),
    align: 'right',
    isHiddenAtFirst: true,
    render: (entry) => entry.sequence,
  },
  {
    key: 'requestId',
    title: t('columns.requestId'),
    isHiddenAtFirst: true,
    render: (entry) => <span className="tj-mono">{entry.requestId}</span>,
  },
]

const optionsOf = (words: AuditWords, kind: 'actions' | 'records') =>
  words.codesOf(kind).map((value) => ({ value, label: words.wordOf(kind, value) }))

const filtersOf = (t: TFunction<'audit'>, words: AuditWords): ListFilter[] => [
  { kind: 'search', name: 'username', label: t('filters.username') },
  { kind: 'date', name: 'from', label: t('filters.from') },
  { kind: 'date', name: 'until', label: t('filters.until') },
  {
    kind: 'choice',
    name: 'action',
    label: t('filters.action'),
    isMultiple: true,
    options: optionsOf(words, 'actions'),
    isExtra: true,
  },
  {
    kind: 'choice',
    name: 'recordType',
    label: t('filters.recordType'),
    options: optionsOf(words, 'records'),
    isExtra: true,
  },
  { kind: 'search', name: 'recordId', label: t('filters.recordId'), isExtra: true },
]

/** Who did what, when, on which record, before → after; for the audit administrator. */
export function AuditPage() {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const fieldWords = useFieldWords()
  return (
    <>
      <PageHeader lead={t('lead')} />
      <SealCard />
      <DataList
        id="audit"
        label={t('list')}
        endpoint={auditEndpoints.list}
        exportEndpoint={auditEndpoints.export}
        rowKey={(entry) => `${entry.blockNumber ?? 'open'}-${entry.sequence}`}
        columns={columnsOf(t, words, fieldWords)}
        filters={filtersOf(t, words)}
        empty={{ title: t('empty.title') }}
      />
    </>
  )
}
