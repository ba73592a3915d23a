import { useMutation, useQueryClient } from '@tanstack/react-query'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../../api/index.ts'
import { FaultBox, Icon, useNotices, useProblemWording } from '../../../ui/index.ts'
import { useImportCommand } from './use-import.ts'

/** Says as a notice that a command was refused, and what to do. */
export function useSayRefused(): (error: unknown) => void {
  const notices = useNotices()
  const wording = useProblemWording()
  return (error) => notices.failed(`${wording(error).title}。${wording(error).advice}`)
}

/** Runs the dry run again, when wanted with the year of the incomes. */
export function CheckButton({ id, isPrimary }: { id: string; isPrimary?: boolean }) {
  const { t } = useTranslation('import')
  const sayRefused = useSayRefused()
  const check = useImportCommand(id, () => call(importEndpoints.check, { params: { id }, body: {} }))
  return (
    <Button
      type={isPrimary === true ? 'primary' : 'default'}
      icon={<Icon name="refresh" />}
      loading={check.isPending}
      onClick={() => check.mutate(undefined, { onError: sayRefused })}
    >
      {t('actions.check')}
    </Button>
  )
}

/** Deletes file and dry run, after asking. */
export function DiscardButton({ id }: { id: string }) {
  const { t } = useTranslation('import')
  const [isAsking, setAsking] = useState(false)
  const notices = useNotices()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const discard = useMutation({
    mutationFn: () => call(importEndpoints.discard, { params: { id } }),
    onSuccess: async () => {
      notices.done(t('discard.done'))
      await navigate('/household-imports')
      void queries.invalidateQueries({ queryKey: [importEndpoints.list.path] })
      queries.removeQueries({ queryKey: [importEndpoints.get.path] })
    },
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('actions.discard')}</Button>
      <Modal
        open={isAsking}
        title={t('discard.title')}
        okText={t('discard.ok')}
        okButtonProps={{ danger: true, loading: discard.isPending }}
        cancelText={t('ui:cancel')}
        onOk={() => discard.mutate()}
        onCancel={() => setAsking(false)}
      >
        <div className="tj-stack">
          <p>{t('discard.text')}</p>
          {discard.error === null ? null : <FaultBox error={discard.error} />}
        </div>
      </Modal>
    </>
  )
}
