import { Modal } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'

/** Asks before unsaved work is left, be it by a link, the browser's back, or closing the window. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation('ui')
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!isDirty) return
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', onBeforeUnload)
    return () => window.removeEventListener('beforeunload', onBeforeUnload)
  }, [isDirty])
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('form.unsavedTitle')}
      okText={t('form.stay')}
      cancelText={t('form.leave')}
      onOk={() => blocker.reset?.()}
      onCancel={(event) => {
        // Escape and the cross mean “not now”, which must never throw work away.
        const isLeaving =
          event.currentTarget instanceof HTMLButtonElement &&
          !event.currentTarget.classList.contains('ant-modal-close')
        if (isLeaving) blocker.proceed?.()
        else blocker.reset?.()
      }}
    >
      {t('form.unsavedText')}
    </Modal>
  )
}
