import type { ImportCounts, ImportRecordCounts } from '@tiejun/contract/households/import.ts'
import { Modal } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { FaultBox, formatCount } from '../../../ui/index.ts'

interface CommitDialogProps {
  counts: ImportCounts
  withoutFaulty: boolean
  isBusy: boolean
  error: unknown
  onOk: () => void
  onCancel: () => void
}

const PARTS = ['households', 'persons', 'livingConditions', 'incomeYears'] as const

const isWritten = (part: ImportRecordCounts) => part.new + part.changed > 0

/** What a commit does, line by line; lines in which nothing happens are left out. */
function effectsOf(t: TFunction<'import'>, { counts, withoutFaulty }: CommitDialogProps) {
  const parts = PARTS.filter((part) => isWritten(counts[part])).map((part) => ({
    key: part as string,
    text: t(`commit.dialog.${part}`, {
      new: formatCount(counts[part].new),
      changed: formatCount(counts[part].changed),
    }),
  }))
  const number = formatCount(counts.faultyHouseholds)
  const absent = formatCount(counts.absentPersons)
  return [
    ...parts,
    ...(withoutFaulty ? [{ key: 'leftOut', text: t('commit.dialog.leftOut', { number }) }] : []),
    ...(counts.absentPersons > 0
      ? [{ key: 'absent', text: t('commit.dialog.absent', { number: absent }) }]
      : []),
  ]
}

/** Asks once more, with the numbers. */
export function CommitDialog(props: CommitDialogProps) {
  const { t } = useTranslation('import')
  return (
    <Modal
      open
      title={t('commit.dialog.title')}
      okText={t('commit.dialog.ok')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ loading: props.isBusy }}
      onOk={props.onOk}
      onCancel={props.onCancel}
    >
      <div className="tj-stack">
        <p>{t('commit.dialog.lead')}</p>
        <ul className="tj-import-effects">
          {effectsOf(t, props).map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ul>
        <p className="tj-muted">{t('commit.dialog.whole')}</p>
        {props.error === null ? null : <FaultBox error={props.error} />}
      </div>
    </Modal>
  )
}
