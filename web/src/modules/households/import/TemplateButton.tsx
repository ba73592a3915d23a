import { useMutation } from '@tanstack/react-query'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { download } from '../../../api/index.ts'
import { Icon, useNotices, useProblemWording } from '../../../ui/index.ts'

/** Downloads the workbook to fill in. */
export function TemplateButton() {
  const { t } = useTranslation('import-list')
  const notices = useNotices()
  const wording = useProblemWording()
  const save = useMutation({
    mutationFn: () => download(importEndpoints.template, {}, t('templateName')),
    onError: (error) => notices.failed(`${wording(error).title}。${wording(error).advice}`),
  })
  return (
    <Button icon={<Icon name="download" />} loading={save.isPending} onClick={() => save.mutate()}>
      {t('template')}
    </Button>
  )
}
