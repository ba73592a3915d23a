import { useTranslation } from 'react-i18next'
import { Card, PageHeader } from '../../../ui/index.ts'
import { TemplateButton } from './TemplateButton.tsx'
import { UploadBox } from './UploadBox.tsx'
import './import.css'

const HINTS = ['flat', 'template', 'care', 'again'] as const

/** Upload of a workbook; from here one comes to the page of the import it becomes. */
export function NewImportPage() {
  const { t } = useTranslation('import-list')
  return (
    <>
      <PageHeader lead={t('new.lead')} actions={<TemplateButton />} />
      <UploadBox />
      <Card title={t('accepted.title')}>
        <dl className="tj-import-hints">
          {HINTS.map((hint) => (
            <div key={hint}>
              <dt>{t(`accepted.${hint}.name`)}</dt>
              <dd>{t(`accepted.${hint}.text`)}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </>
  )
}
