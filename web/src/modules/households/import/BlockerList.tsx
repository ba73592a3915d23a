import type { UndoBlocker } from '@tiejun/contract/households/import.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Card, DataTable, formatCount, formatInstant, type Column } from '../../../ui/index.ts'

/** The audit's names of what is done on a card, by the beginning that tells the kind. */
const KINDS = [
  ['household.member', 'member'],
  ['household.head', 'member'],
  ['household.income', 'income'],
  ['household.helper', 'helper'],
  ['household.measure', 'measure'],
  ['import.', 'imported'],
  ['household.', 'changed'],
] as const

const kindOf = (action: string | null) =>
  action === null ? 'other' : (KINDS.find(([start]) => action.startsWith(start))?.[1] ?? 'other')

const columnsOf = (t: TFunction<'import'>): Column<UndoBlocker>[] => [
  {
    key: 'household',
    title: t('blockers.household'),
    render: (blocker) => <span className="tj-number">{blocker.householdNo}</span>,
  },
  {
    key: 'what',
    title: t('blockers.what'),
    render: (blocker) => t(`blockers.actions.${kindOf(blocker.action)}`),
  },
  { key: 'who', title: t('blockers.who'), render: (blocker) => blocker.actorName ?? t('blockers.unknown') },
  {
    key: 'when',
    title: t('blockers.when'),
    render: (blocker) => (
      <span className="tj-number">{formatInstant(blocker.occurredAt) || t('blockers.unknown')}</span>
    ),
  },
]

/** What was built on an import that somebody wants to undo; each leads to the card. */
export function BlockerList({ blockers, total }: { blockers: readonly UndoBlocker[]; total: number }) {
  const { t } = useTranslation('import')
  return (
    <Card title={t('blockers.title')}>
      <div className="tj-stack">
        {total > blockers.length ? (
          <p className="tj-muted">
            {t('blockers.total', { total: formatCount(total), shown: formatCount(blockers.length) })}
          </p>
        ) : null}
        <DataTable
          label={t('blockers.title')}
          rows={blockers}
          rowKey={(blocker) => `${blocker.householdId} ${blocker.occurredAt ?? ''} ${blocker.action ?? ''}`}
          columns={columnsOf(t)}
          to={(blocker) => `/households/${blocker.householdId}`}
        />
      </div>
    </Card>
  )
}
