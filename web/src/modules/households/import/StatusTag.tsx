import type { HouseholdImport, ImportStatus } from '@tiejun/contract/households/import.ts'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../../ui/index.ts'

type Tone = 'accent' | 'danger' | 'warning' | 'success' | undefined

const TONES: Record<ImportStatus, Tone> = {
  checking: 'accent',
  interrupted: 'warning',
  cancelled: undefined,
  unreadable: 'danger',
  checked: 'warning',
  committing: 'accent',
  committed: 'success',
  undoing: 'accent',
  undone: undefined,
  discarded: undefined,
}

/** Where an import stands, with how far it is while something runs. */
export function StatusTag({ found }: { found: HouseholdImport }) {
  const { t } = useTranslation('import-list')
  const percent = found.progress?.percent
  return (
    <Tag tone={TONES[found.status]}>
      {t(`statuses.${found.status}`)}
      {typeof percent === 'number' ? ` ${percent}%` : ''}
    </Tag>
  )
}
