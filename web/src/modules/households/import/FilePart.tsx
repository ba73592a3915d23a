import type { HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import { useTranslation } from 'react-i18next'
import { Card, Facts, formatCount, formatInstant, type Fact } from '../../../ui/index.ts'
import { formatBytes } from './file-size.ts'

/** The file and its times, as far as they have come. */
export function FilePart({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation(['import', 'import-list'])
  const instants = (['checkedAt', 'committedAt', 'undoneAt'] as const).flatMap((name): Fact[] =>
    found[name] === null ? [] : [{ label: t(`facts.${name}`), value: formatInstant(found[name]) }],
  )
  const known: Fact[] = [
    ...(found.layout === null
      ? []
      : [{ label: t('facts.layout'), value: t(`import-list:layouts.${found.layout}`) }]),
    ...(found.incomeYear === null
      ? []
      : [{ label: t('facts.incomeYear'), value: t('facts.year', { year: found.incomeYear }) }]),
    ...(found.counts === null ? [] : [{ label: t('facts.rows'), value: formatCount(found.counts.rows) }]),
  ]
  return (
    <Card title={t('facts.title')}>
      <Facts
        facts={[
          { label: t('facts.file'), value: found.fileName },
          { label: t('facts.size'), value: formatBytes(found.sizeBytes) },
          { label: t('facts.createdBy'), value: found.createdBy },
          { label: t('facts.createdAt'), value: formatInstant(found.createdAt) },
          ...known,
          ...instants,
        ]}
      />
    </Card>
  )
}
