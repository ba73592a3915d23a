import { QueryClientProvider } from '@tanstack/react-query'
import type { Session } from '@tiejun/contract/platform/sign-in.ts'
import { signInEndpoints } from '@tiejun/contract/platform/sign-in.ts'
import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createMemoryRouter, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '../api/index.ts'
import { forgetSession } from '../platform/sign-in/session.tsx'
import { routes } from '../routes.tsx'
import { ColourSchemeProvider } from '../ui/ColourScheme.tsx'
import { NoticesProvider } from '../ui/Notices.tsx'
import { Theme } from '../ui/Theme.tsx'
import { answer, refuse } from './server.ts'

/** A session with what matters to the test; the rest is an ordinary group member. */
export const aSession = (given: Partial<Session> = {}): Session => ({
  accountId: '018f0000-0000-7000-8000-000000000001',
  username: 'zhangwei',
  displayName: '张伟',
  administrator: null,
  duty: null,
  actions: [],
  posts: [],
  csrfToken: 'csrf-of-the-session',
  expiresAt: '2026-11-24T20:00:00+08:00',
  demo: false,
  ...given,
})

function renderRoutes(children: RouteObject[], path: string) {
  const queries = createQueryClient(() => forgetSession(queries))
  queries.setDefaultOptions({ queries: { retry: false } })
  const router = createMemoryRouter(children, { initialEntries: [path] })
  const view = render(
    <QueryClientProvider client={queries}>
      <ColourSchemeProvider>
        <Theme>
          <NoticesProvider>
            <RouterProvider router={router} />
          </NoticesProvider>
        </Theme>
      </ColourSchemeProvider>
    </QueryClientProvider>,
  )
  return { ...view, user: userEvent.setup(), router, queries }
}

/** The whole application at an address, signed in as given; null = nobody. */
export function renderApp(path: string, session: Session | null) {
  if (session === null) refuse(signInEndpoints.session, 'not_signed_in')
  else answer(signInEndpoints.session, session)
  return renderRoutes(routes, path)
}

/** One part at an address, with another page beside it to leave to. */
export function renderPart(element: React.ReactNode, path = '/here') {
  const [pathname] = path.split('?')
  return renderRoutes(
    [
      { path: pathname, element },
      { path: '*', element: <p>另一页</p> },
    ],
    path,
  )
}
