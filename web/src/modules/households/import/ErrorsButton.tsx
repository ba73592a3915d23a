import { useMutation } from '@tanstack/react-query'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { download } from '../../../api/index.ts'
import { Icon } from '../../../ui/index.ts'
import { useSayRefused } from './commands.tsx'

/** Downloads the rows of the households at fault, to be put right and uploaded again. */
export function ErrorsButton({ id }: { id: string }) {
  const { t } = useTranslation('import')
  const sayRefused = useSayRefused()
  const save = useMutation({
    mutationFn: () => download(importEndpoints.errorWorkbook, { params: { id } }, t('problems.downloadName')),
    onError: sayRefused,
  })
  return (
    <Button icon={<Icon name="download" />} loading={save.isPending} onClick={() => save.mutate()}>
      {t('problems.download')}
    </Button>
  )
}
