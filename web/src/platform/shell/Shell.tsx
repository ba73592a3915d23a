import { useMutation } from '@tanstack/react-query'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { AppShell } from '../../ui/AppShell.tsx'
import { ColourSchemeSwitch } from '../../ui/ColourScheme.tsx'
import { useNotices } from '../../ui/Notices.tsx'
import { useProblemWording } from '../../ui/problem-wording.ts'
import { LoadingState } from '../../ui/states.tsx'
import { LocaleSwitch } from '../i18n/LocaleSwitch.tsx'
import { useSession, useSessionState } from '../sign-in/session.tsx'
import { mayOpen, type PageDefinition } from './pages.ts'

const GROUPS = ['work', 'administration'] as const

function SignOutButton() {
  const { t } = useTranslation('shell')
  const { end } = useSessionState()
  const notices = useNotices()
  const wording = useProblemWording()
  const signOut = useMutation({
    mutationFn: end,
    onError: (error) => notices.failed(wording(error).title),
  })
  return (
    <button
      type="button"
      className="tj-text-button"
      disabled={signOut.isPending}
      onClick={() => signOut.mutate()}
    >
      {t('signOut')}
    </button>
  )
}

function Tools() {
  const session = useSession()
  return (
    <>
      <LocaleSwitch />
      <ColourSchemeSwitch />
      <Link to="/me" className="tj-text-button">
        {session.displayName}
      </Link>
      <SignOutButton />
    </>
  )
}

/** Everything behind the sign-in: menu, tools, and the page. */
export function Shell({ pages }: { pages: readonly PageDefinition[] }) {
  const { session, hasSignedOut } = useSessionState()
  const { pathname, search } = useLocation()
  if (session === null) {
    // Who signs out leaves no place behind: the next person at this desk is not to land there.
    const place = hasSignedOut || pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`
    return <Navigate to={`/sign-in${place}`} replace />
  }
  if (session.duty !== null && pathname !== '/me') return <Navigate to="/me" replace />
  return <SignedInShell pages={pages} />
}

function SignedInShell({ pages }: { pages: readonly PageDefinition[] }) {
  const namespaces = useMemo(
    () => [...new Set(['shell', ...pages.map((page) => page.title.split(':')[0] ?? '')])],
    [pages],
  )
  const { t } = useTranslation(namespaces)
  const session = useSession()
  const menu = GROUPS.map((id) => ({
    id,
    label: t(`shell:groups.${id}`),
    entries: pages
      .filter((page) => page.menu === id && session.duty === null && mayOpen(page, session))
      .map((page) => ({ to: page.path, label: t(page.title) })),
  })).filter((group) => group.entries.length > 0)
  return (
    <AppShell
      brand={t('shell:brand')}
      badge={
        session.demo ? (
          <span className="tj-badge" title={t('shell:demoHint')}>
            {t('shell:demo')}
          </span>
        ) : null
      }
      menu={menu}
      tools={<Tools />}
      drawerTools={<Tools />}
    >
      <Suspense fallback={<LoadingState />}>
        <Outlet />
      </Suspense>
      <ScrollRestoration getKey={(location) => location.pathname + location.search} />
    </AppShell>
  )
}
