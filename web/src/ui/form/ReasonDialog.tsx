import { Input, Modal } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultBox } from '../FaultBox.tsx'

export interface ReasonDialogProps {
  title: string
  /** What the deed does and cannot be undone about it. */
  text?: ReactNode
  okText?: string
  isDanger?: boolean
  /** Characters the reason must have; 0 = may be left out. */
  minimumLength?: number
  isBusy?: boolean
  error?: unknown
  onOk: (reason: string) => void
  onCancel: () => void
}

const DEFAULT_MINIMUM = 2

/** Asks why before a deed that the audit must be able to explain. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation('ui')
  const id = useId()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const minimum = props.minimumLength ?? DEFAULT_MINIMUM
  const isTooShort = [...reason.trim()].length < minimum
  const submit = () => {
    setAsked(true)
    if (!isTooShort) props.onOk(reason.trim())
  }
  const fault = isAsked && isTooShort ? t('reason.required', { count: minimum }) : undefined
  return (
    <Modal
      open
      title={props.title}
      okText={props.okText ?? t('confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ danger: props.isDanger, loading: props.isBusy }}
      onOk={submit}
      onCancel={props.onCancel}
    >
      <div className="tj-stack">
        {props.text === undefined ? null : <div>{props.text}</div>}
        {props.error === undefined || props.error === null ? null : <FaultBox error={props.error} />}
        <div className="tj-field">
          <label htmlFor={id}>{t('reason.label')}</label>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={200}
            value={reason}
            placeholder={t('reason.placeholder')}
            status={fault === undefined ? undefined : 'error'}
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-fault`}
            onChange={(event) => setReason(event.target.value)}
          />
          <p id={`${id}-fault`} className="tj-field-fault" role="alert">
            {fault}
          </p>
        </div>
      </div>
    </Modal>
  )
}
