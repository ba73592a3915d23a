import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Icon } from './Icon.tsx'

export interface MenuEntry {
  to: string
  label: string
}

export interface MenuGroup {
  id: string
  label: string
  entries: readonly MenuEntry[]
}

export interface AppShellProps {
  brand: string
  /** Beside the brand, e.g. that this is the demo county. */
  badge?: ReactNode
  menu: readonly MenuGroup[]
  /** At the right end of the top bar. */
  tools: ReactNode
  /** Below the menu on a phone, where the top bar has no room. */
  drawerTools?: ReactNode
  children: ReactNode
}

/** The entry the page belongs to: of `/households` and `/households/imports` the longer one that fits. */
function currentEntry(groups: readonly MenuGroup[], pathname: string): string | undefined {
  return groups
    .flatMap((group) => group.entries.map((entry) => entry.to))
    .filter((to) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((one, other) => other.length - one.length)[0]
}

function Menu({ groups }: { groups: readonly MenuGroup[] }) {
  const id = useId()
  const { pathname } = useLocation()
  const current = currentEntry(groups, pathname)
  return groups.map((group) => (
    <section key={group.id} className="tj-menu-group" aria-labelledby={`${id}-${group.id}`}>
      <h2 id={`${id}-${group.id}`}>{group.label}</h2>
      <ul>
        {group.entries.map((entry) => (
          <li key={entry.to}>
            <Link
              to={entry.to}
              className={entry.to === current ? 'active' : undefined}
              aria-current={entry.to === current ? 'page' : undefined}
            >
              {entry.label}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ))
}

function MenuDrawer({ groups, tools }: { groups: readonly MenuGroup[]; tools: ReactNode }) {
  const { t } = useTranslation('ui')
  const dialog = useRef<HTMLDialogElement>(null)
  const location = useLocation()
  useEffect(() => dialog.current?.close?.(), [location])
  return (
    <>
      <button
        type="button"
        className="tj-icon-button tj-menu-button"
        aria-label={t('menu.open')}
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="menu" size={20} />
      </button>
      <dialog ref={dialog} className="tj-drawer" aria-label={t('menu.label')}>
        <button
          type="button"
          className="tj-icon-button"
          aria-label={t('menu.close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" size={20} />
        </button>
        <nav aria-label={t('menu.label')}>
          <Menu groups={groups} />
        </nav>
        <div className="tj-drawer-tools">{tools}</div>
      </dialog>
    </>
  )
}

/** True when the key was typed into a field, where it is a letter and not a command. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select') !== null)

/** `/` moves to the search field of the page, wherever the focus is. */
function useSearchShortcut() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      const field = document.querySelector<HTMLInputElement>(
        'main [data-search] input, main input[type="search"]',
      )
      if (field === null) return
      event.preventDefault()
      field.focus()
      field.select()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** After moving to another page the focus goes to its content, so that the keyboard does not walk the menu again. */
function useFocusOnNewPage() {
  const { pathname } = useLocation()
  const [first] = useState(pathname)
  const left = useRef(false)
  useEffect(() => {
    if (pathname !== first) left.current = true
    if (left.current) document.getElementById('content')?.focus({ preventScroll: true })
  }, [pathname, first])
}

/** Top bar, menu at the left (a drawer on a phone), content. Landmarks and skip link included. */
export function AppShell({ brand, badge, menu, tools, drawerTools, children }: AppShellProps) {
  const { t } = useTranslation('ui')
  useSearchShortcut()
  useFocusOnNewPage()
  return (
    <div className="tj-shell">
      <a className="tj-skip" href="#content">
        {t('skip')}
      </a>
      <header className="tj-topbar">
        <MenuDrawer groups={menu} tools={drawerTools} />
        <Link to="/" className="tj-brand">
          {brand}
        </Link>
        {badge}
        <div className="tj-tools">{tools}</div>
      </header>
      <div className="tj-body">
        {menu.length === 0 ? null : (
          <nav className="tj-sidebar" aria-label={t('menu.label')}>
            <Menu groups={menu} />
          </nav>
        )}
        <main id="content" tabIndex={-1} className="tj-content">
          {children}
        </main>
      </div>
    </div>
  )
}
