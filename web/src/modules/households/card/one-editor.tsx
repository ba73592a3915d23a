import { Button, Modal } from 'antd'
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface OneEditor {
  /** What is being edited: a section, or a row such as `members:new`. */
  active: string | undefined
  /** Opens another; asks first when there is unsaved work. */
  open: (key: string) => void
  /** Closes the active one; asks first when there is unsaved work. */
  close: () => void
  /** Closes without asking: it was saved, or the person chose to drop it. */
  closeAtOnce: () => void
  setDirty: (isDirty: boolean) => void
}

const OneEditorContext = createContext<OneEditor | undefined>(undefined)

/** One part of the card is edited at a time, and unsaved work is never dropped unasked. */
export function OneEditorProvider({ children }: { children: ReactNode }) {
  const [active, setActive] = useState<string>()
  // What to open after the question; null = nothing, only close.
  const [wanted, setWanted] = useState<string | null>()
  const isDirty = useRef(false)
  const setDirty = useCallback((next: boolean) => {
    isDirty.current = next
  }, [])
  const go = useCallback(
    (next: string | null) => (isDirty.current ? setWanted(next) : setActive(next ?? undefined)),
    [],
  )
  const editor = useMemo<OneEditor>(
    () => ({
      active,
      open: (key) => (key === active ? undefined : go(key)),
      close: () => go(null),
      closeAtOnce: () => setActive(undefined),
      setDirty,
    }),
    [active, go, setDirty],
  )
  return (
    <OneEditorContext value={editor}>
      {children}
      <DiscardDialog
        isOpen={wanted !== undefined}
        onStay={() => setWanted(undefined)}
        onLeave={() => {
          isDirty.current = false
          setActive(wanted ?? undefined)
          setWanted(undefined)
        }}
      />
    </OneEditorContext>
  )
}

function DiscardDialog(props: { isOpen: boolean; onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation('ui')
  return (
    <Modal
      open={props.isOpen}
      title={t('form.unsavedTitle')}
      onCancel={props.onStay}
      zIndex={1100}
      footer={[
        <Button key="leave" onClick={props.onLeave}>
          {t('form.discard')}
        </Button>,
        <Button key="stay" type="primary" onClick={props.onStay}>
          {t('form.stay')}
        </Button>,
      ]}
    >
      {t('form.unsavedText')}
    </Modal>
  )
}

export function useOneEditor(): OneEditor {
  const editor = useContext(OneEditorContext)
  if (editor === undefined) throw new Error('useOneEditor needs a OneEditorProvider')
  return editor
}
