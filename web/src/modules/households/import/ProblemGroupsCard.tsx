import type { ImportProblemGroup } from '@tiejun/contract/households/import.ts'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Column, DataTable, formatCount } from '../../../ui/index.ts'
import { useProblemWords } from './problem-words.ts'
import { SeverityTag } from './SeverityTag.tsx'

const SHOWN_AT_FIRST = 6

const keyOf = ({ severity, code, sheet, header }: ImportProblemGroup) =>
  `${severity} ${code} ${sheet ?? ''} ${header ?? ''}`

/** The filters of the table of problems that leave this kind. */
function searchFor({ code, sheet, header }: ImportProblemGroup, hasSheets: boolean): string {
  const search = new URLSearchParams({ code })
  if (header !== null) search.set('header', header)
  if (sheet !== null && hasSheets) search.set('sheet', sheet)
  return search.toString()
}

const columnsOf = (
  t: TFunction<'import'>,
  nameOf: (code: string) => string,
  hasSheets: boolean,
): Column<ImportProblemGroup>[] => [
  { key: 'code', title: t('problems.code'), isWrapped: true, render: (group) => nameOf(group.code) },
  {
    key: 'severity',
    title: t('problems.severity'),
    render: (group) => <SeverityTag severity={group.severity} />,
  },
  ...(hasSheets
    ? [
        {
          key: 'sheet',
          title: t('problems.sheet'),
          render: (group: ImportProblemGroup) => group.sheet ?? '—',
        },
      ]
    : []),
  {
    key: 'header',
    title: t('problems.header'),
    isWrapped: true,
    render: (group) => group.header ?? (group.sheet === null ? t('problems.wholeFile') : '—'),
  },
  {
    key: 'count',
    title: t('problems.counted'),
    align: 'right',
    render: (group) => t('problems.count', { number: formatCount(group.count) }),
  },
]

interface ProblemGroupsCardProps {
  groups: readonly ImportProblemGroup[]
  hasSheets: boolean
  /** Brings the table into sight after it was narrowed. */
  onShow: () => void
}

/** What occurs how often, most frequent first: one wrong column is one line, not a thousand. */
export function ProblemGroupsCard({ groups, hasSheets, onShow }: ProblemGroupsCardProps) {
  const { t } = useTranslation('import')
  const navigate = useNavigate()
  const { nameOf } = useProblemWords()
  const [isUnfolded, setUnfolded] = useState(false)
  const shown = isUnfolded ? groups : groups.slice(0, SHOWN_AT_FIRST)
  const show = (group: ImportProblemGroup) => {
    void navigate({ search: searchFor(group, hasSheets) }, { preventScrollReset: true })
    onShow()
  }
  return (
    <section className="tj-card hh-rows tj-blocks" aria-label={t('problems.groupsTitle')}>
      <div className="tj-card-header">
        <h2>{t('problems.groupsTitle')}</h2>
      </div>
      <p className="tj-import-lead">{t('problems.groupsLead')}</p>
      <DataTable
        label={t('problems.groupsTitle')}
        rows={shown}
        rowKey={keyOf}
        columns={columnsOf(t, nameOf, hasSheets)}
        actions={(group) => (
          <button type="button" className="tj-text-button" onClick={() => show(group)}>
            {t('problems.show')}
          </button>
        )}
      />
      {groups.length <= SHOWN_AT_FIRST ? null : (
        <div className="tj-import-more">
          <Button type="text" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
            {isUnfolded
              ? t('problems.showFewer')
              : t('problems.showAll', { number: formatCount(groups.length - SHOWN_AT_FIRST) })}
          </Button>
        </div>
      )}
    </section>
  )
}
