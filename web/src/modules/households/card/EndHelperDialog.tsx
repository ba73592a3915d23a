import { useMutation } from '@tanstack/react-query'
import type { CardHelper } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, hasCode } from '../../../api/index.ts'
import { FaultBox } from '../../../ui/FaultBox.tsx'
import { useNotices } from '../../../ui/Notices.tsx'
import { DAY_CODEC } from '../fields/field-values.ts'
import { TypedInput } from '../fields/TypedInput.tsx'
import { useRefreshCard, useTakeCard } from './card-query.ts'
import { FaultsList } from './FaultsList.tsx'

interface EndHelperDialogProps {
  householdId: string
  helper: CardHelper
  onClose: () => void
}

function useEndHelper({ householdId, helper, onClose }: EndHelperDialogProps) {
  const { t } = useTranslation('households')
  const take = useTakeCard(householdId)
  const refresh = useRefreshCard()
  const notices = useNotices()
  return useMutation({
    mutationFn: ({ endedOn, reason }: { endedOn: string; reason: string }) =>
      call(householdEditEndpoints.endHelper, {
        params: { id: householdId, rowId: helper.id },
        body: { expectedVersion: helper.version, endedOn, reason: reason.trim() || undefined },
      }),
    onSuccess: (card) => {
      take(card)
      notices.done(t('helpers.hasEnded', { name: helper.helperName }))
      onClose()
    },
    onError: (error) => (hasCode(error, 'changed_meanwhile') ? refresh() : undefined),
  })
}

/** 结束帮扶: the last day; the helper stays on the card as a past one. */
export function EndHelperDialog(props: EndHelperDialogProps) {
  const { t } = useTranslation('households')
  const id = useId()
  const [endedOn, setEndedOn] = useState<unknown>(null)
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const end = useEndHelper(props)
  const isMissing = isAsked && typeof endedOn !== 'string'
  const submit = () => {
    setAsked(true)
    if (typeof endedOn === 'string') end.mutate({ endedOn, reason })
  }
  return (
    <Modal
      open
      title={t('helpers.endOf', { name: props.helper.helperName })}
      okText={t('helpers.endOk')}
      okButtonProps={{ loading: end.isPending }}
      onOk={submit}
      onCancel={props.onClose}
    >
      <div className="tj-stack">
        {end.error === null ? null : <FaultBox error={end.error} />}
        <FaultsList error={end.error} />
        <div className="tj-field">
          <label htmlFor={`${id}-day`}>{t('helpers.endedOn')}</label>
          <TypedInput
            id={`${id}-day`}
            codec={DAY_CODEC}
            placeholder="2016-05-01"
            value={endedOn}
            status={isMissing ? 'error' : undefined}
            aria-invalid={isMissing}
            aria-describedby={`${id}-fault`}
            onChange={setEndedOn}
          />
          <p id={`${id}-fault`} className="tj-field-fault" role="alert">
            {isMissing ? t('unreadable.date') : ''}
          </p>
        </div>
        <div className="tj-field">
          <label htmlFor={`${id}-reason`}>{t('reason.label')}</label>
          <Input
            id={`${id}-reason`}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      </div>
    </Modal>
  )
}
