import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'

interface Notice {
  id: number
  kind: 'done' | 'failed'
  text: string
}

interface Notices {
  /** Says that something was done; goes away by itself. */
  done: (text: string) => void
  /** Says that something was refused or failed; stays until closed. */
  failed: (text: string) => void
}

const SHOWN_FOR_MS = 5_000

const NoticesContext = createContext<Notices>({ done: () => undefined, failed: () => undefined })

export const useNotices = () => useContext(NoticesContext)

/** Short messages at the bottom of the window, read out by screen readers as they appear. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('ui')
  const [shown, setShown] = useState<Notice[]>([])
  const nextId = useRef(1)
  const close = useCallback((id: number) => setShown((all) => all.filter((notice) => notice.id !== id)), [])
  const notices = useMemo<Notices>(() => {
    const show = (kind: Notice['kind'], text: string) => {
      const id = nextId.current++
      setShown((all) => [...all.slice(-3), { id, kind, text }])
      if (kind === 'done') setTimeout(() => close(id), SHOWN_FOR_MS)
    }
    return { done: (text) => show('done', text), failed: (text) => show('failed', text) }
  }, [close])
  return (
    <NoticesContext value={notices}>
      {children}
      <output className="tj-notices" aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className={`tj-notice tj-notice-${notice.kind}`}>
            <Icon name={notice.kind === 'done' ? 'done' : 'warning'} />
            <span>{notice.text}</span>
            <button
              type="button"
              className="tj-icon-button"
              aria-label={t('close')}
              onClick={() => close(notice.id)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      </output>
    </NoticesContext>
  )
}
