import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/Facts.tsx'

export interface ShownPassword {
  username: string
  password: string
}

/** Shown once; closed only by its button, so that a stray click cannot lose it. */
export function OneTimePasswordDialog({ shown, onClose }: { shown: ShownPassword; onClose: () => void }) {
  const { t } = useTranslation('accounts')
  return (
    <Modal
      open
      title={t('password.title')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('password.closed')}
        </Button>
      }
    >
      <div className="tj-stack">
        <p>{t('password.text')}</p>
        <Facts
          facts={[
            { label: t('password.username'), value: <code className="tj-mono">{shown.username}</code> },
            {
              label: t('password.password'),
              value: <code className="tj-mono tj-select-all">{shown.password}</code>,
            },
          ]}
        />
      </div>
    </Modal>
  )
}
