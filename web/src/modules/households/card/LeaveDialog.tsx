import { useMutation } from '@tanstack/react-query'
import type { CardMember } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, hasCode } from '../../../api/index.ts'
import { FaultBox } from '../../../ui/FaultBox.tsx'
import { useNotices } from '../../../ui/Notices.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { useRefreshCard, useTakeCard } from './card-query.ts'
import { FaultsList } from './FaultsList.tsx'

interface LeaveDialogProps {
  householdId: string
  member: CardMember
  onClose: () => void
}

function useLeave({ householdId, member, onClose }: LeaveDialogProps) {
  const { t } = useTranslation('households')
  const take = useTakeCard(householdId)
  const refresh = useRefreshCard()
  const notices = useNotices()
  return useMutation({
    mutationFn: (given: { decreaseReason: string; reason: string }) =>
      call(householdEditEndpoints.leaveHousehold, {
        params: { id: householdId, rowId: member.id },
        body: {
          expectedVersion: member.version,
          decreaseReason: given.decreaseReason,
          reason: given.reason.trim() === '' ? undefined : given.reason.trim(),
        },
      }),
    onSuccess: (card) => {
      take(card)
      notices.done(t('members.hasLeft', { name: member.name }))
      onClose()
    },
    onError: (error) => (hasCode(error, 'changed_meanwhile') ? refresh() : undefined),
  })
}

/** 自然减少: the member stays on the card for history and is no longer counted. */
export function LeaveDialog(props: LeaveDialogProps) {
  const { t } = useTranslation('households')
  const id = useId()
  const words = useCardWords()
  const [decreaseReason, setDecreaseReason] = useState<string>()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const leave = useLeave(props)
  const isMissing = isAsked && decreaseReason === undefined
  const submit = () => {
    setAsked(true)
    if (decreaseReason !== undefined) leave.mutate({ decreaseReason, reason })
  }
  return (
    <Modal
      open
      title={t('members.leaveOf', { name: props.member.name })}
      okText={t('members.leaveOk')}
      okButtonProps={{ loading: leave.isPending }}
      onOk={submit}
      onCancel={props.onClose}
    >
      <div className="tj-stack">
        <p>{t('members.leaveText')}</p>
        {leave.error === null ? null : <FaultBox error={leave.error} />}
        <FaultsList error={leave.error} />
        <div className="tj-field">
          <label htmlFor={`${id}-kind`}>{t('members.decreaseReason')}</label>
          <Select
            id={`${id}-kind`}
            value={decreaseReason}
            placeholder={t('choose')}
            options={words.options('decrease_reason')}
            status={isMissing ? 'error' : undefined}
            aria-describedby={`${id}-fault`}
            onChange={setDecreaseReason}
          />
          <p id={`${id}-fault`} className="tj-field-fault" role="alert">
            {isMissing ? t('fields.reason_missing') : ''}
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
