import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import {
  ImportEntity,
  ImportPreviewKind,
  type HouseholdImportDetail,
  type ImportCounts,
  type ImportPreviewRow,
} from '@tiejun/contract/households/import.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type Column, DataList, formatCount } from '../../../ui/index.ts'
import { CardWordsProvider } from '../fields/CardWordsProvider.tsx'
import { countOf } from './counts.rules.ts'
import { PreviewChanges } from './PreviewChanges.tsx'
import { useProblemWords, type ProblemWords } from './problem-words.ts'

interface Choice {
  kind: ImportPreviewKind
  entity: ImportEntity
}

/** What the address names; else the first kind of household there is something of. Only persons can be absent. */
function useChoice(counts: ImportCounts): Choice {
  const named = useParams()
  const entity = ImportEntity.safeParse(named['entity']).data ?? 'household'
  const first = (['changed', 'new', 'conflicting'] as const).find((kind) => counts.households[kind] > 0)
  const kind = ImportPreviewKind.safeParse(named['kind']).data ?? first ?? 'unchanged'
  return { kind, entity: kind === 'absent' ? 'member' : entity }
}

function ChoiceLink(props: { found: HouseholdImportDetail; to: Choice; isShown: boolean; label: string }) {
  const { found, to, isShown, label } = props
  const count = found.counts === null ? undefined : countOf(found.counts, to.kind, to.entity)
  return (
    <Link
      to={`/household-imports/${found.id}/preview/${to.kind}/${to.entity}`}
      aria-current={isShown ? 'true' : undefined}
      preventScrollReset
    >
      {label} {count === undefined ? null : <span className="tj-number">{formatCount(count)}</span>}
    </Link>
  )
}

function Choices({ found, shown }: { found: HouseholdImportDetail; shown: Choice }) {
  const { t } = useTranslation('import')
  return (
    <div className="tj-import-choices">
      <nav aria-label={t('kinds.label')}>
        {ImportPreviewKind.options.map((kind) => (
          <ChoiceLink
            key={kind}
            found={found}
            to={{ kind, entity: kind === 'absent' ? 'member' : shown.entity }}
            isShown={kind === shown.kind}
            label={t(`kinds.${kind}`)}
          />
        ))}
      </nav>
      {shown.kind === 'absent' ? null : (
        <nav aria-label={t('entities.label')}>
          {ImportEntity.options.map((entity) => (
            <ChoiceLink
              key={entity}
              found={found}
              to={{ kind: shown.kind, entity }}
              isShown={entity === shown.entity}
              label={t(`entities.${entity}`)}
            />
          ))}
        </nav>
      )}
    </div>
  )
}

const householdColumns = (t: TFunction<'import'>): Column<ImportPreviewRow>[] => [
  {
    key: 'householdNo',
    title: t('preview.householdNo'),
    isPinned: true,
    render: ({ householdNo, householdId }) => {
      const number = <span className="tj-number">{householdNo}</span>
      return householdId === null ? number : <Link to={`/households/${householdId}`}>{number}</Link>
    },
  },
  { key: 'village', title: t('preview.village'), render: (row) => row.villageName || '—' },
]

function columnsOf(
  t: TFunction<'import'>,
  words: ProblemWords,
  { kind, entity }: Choice,
): Column<ImportPreviewRow>[] {
  const place: Column<ImportPreviewRow> = {
    key: 'place',
    title: t('preview.place'),
    render: ({ sheet, row }) =>
      sheet === null || row === null ? '—' : t('preview.placeValue', { sheet, row }),
  }
  const name: Column<ImportPreviewRow> = {
    key: 'name',
    title: t('preview.name'),
    render: (row) => row.name ?? '—',
  }
  const year: Column<ImportPreviewRow> = {
    key: 'year',
    title: t('preview.year'),
    render: (row) => <span className="tj-number">{row.year ?? '—'}</span>,
  }
  const changes: Column<ImportPreviewRow> = {
    key: 'changes',
    title: t('preview.changes'),
    isWrapped: true,
    isPinned: true,
    render: (row) => <PreviewChanges changes={row.changes} />,
  }
  const conflicts: Column<ImportPreviewRow> = {
    key: 'conflicts',
    title: t('preview.conflicts'),
    isWrapped: true,
    isPinned: true,
    render: (row) => row.conflicts.map(words.nameOf).join('；'),
  }
  return [
    ...householdColumns(t),
    ...(entity === 'member' && kind !== 'conflicting' ? [name] : []),
    ...(entity === 'incomeYear' ? [year] : []),
    ...(kind === 'changed' ? [changes] : []),
    ...(kind === 'conflicting' ? [conflicts] : []),
    ...(kind === 'absent' ? [] : [place]),
  ]
}

function Preview({ found, counts }: { found: HouseholdImportDetail; counts: ImportCounts }) {
  const { t } = useTranslation('import')
  const words = useProblemWords()
  const shown = useChoice(counts)
  return (
    <>
      <section className="tj-card" aria-label={t('kinds.label')}>
        <p className="tj-import-lead">{t('preview.lead')}</p>
        <Choices found={found} shown={shown} />
        <p className="tj-import-lead">{t(`preview.hints.${shown.kind}`)}</p>
      </section>
      <div className="hh-list tj-blocks">
        <DataList
          key={`${shown.kind} ${shown.entity}`}
          id={`household-import-preview-${shown.kind}-${shown.entity}`}
          label={t('preview.list')}
          endpoint={importEndpoints.preview}
          params={{ id: found.id }}
          fixedQuery={{ kind: shown.kind, entity: shown.entity }}
          rowKey={(row) => `${row.row ?? ''} ${row.recordId ?? ''} ${row.householdNo}`}
          columns={columnsOf(t, words, shown)}
          empty={{ title: t(`preview.empty.${shown.kind}`) }}
        />
      </div>
    </>
  )
}

/** What a commit would do, record by record: what is new, what changes field by field, what stays, what contradicts. */
export function PreviewPart({ found }: { found: HouseholdImportDetail }) {
  if (found.counts === null) return null
  return (
    <CardWordsProvider>
      <Preview found={found} counts={found.counts} />
    </CardWordsProvider>
  )
}
