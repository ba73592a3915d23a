import type { ImportProblem } from '@tiejun/contract/households/import-problems.ts'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../../ui/index.ts'

/** Whether something keeps its household out or is only worth a look. */
export function SeverityTag({ severity }: { severity: ImportProblem['severity'] }) {
  const { t } = useTranslation('import')
  return <Tag tone={severity === 'error' ? 'danger' : 'warning'}>{t(`problems.severities.${severity}`)}</Tag>
}
