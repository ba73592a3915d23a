import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router'
import { householdFieldWords } from './modules/households/household-field-words.ts'
import { householdPages } from './modules/households/households.pages.ts'
import { importPages } from './modules/households/import/import.pages.ts'
import { areaPages } from './modules/areas/areas.pages.ts'
import { cockpitPages } from './modules/cockpit/cockpit.pages.ts'
import { organisationPages } from './modules/organisation/organisation.pages.ts'
import { FieldWordsContext, type FieldWordsSource } from './platform/audit/field-words.ts'
import { platformPages } from './platform/pages.ts'
import { CrashedPage } from './platform/shell/CrashedPage.tsx'
import { NotFoundPage } from './platform/shell/NotFoundPage.tsx'
import { findHome, handleOf, type PageDefinition } from './platform/shell/pages.ts'
import { Shell } from './platform/shell/Shell.tsx'
import { SessionProvider, useSession } from './platform/sign-in/session.tsx'

/**
 * The sitemap: the pages of every module in the order of the menu. Each module lists its own in
 * `modules/<module>/<module>.pages.ts`; a page's code is fetched when it is first opened.
 */
export const PAGES: readonly PageDefinition[] = [
  ...areaPages,
  ...organisationPages,
  ...householdPages,
  ...importPages,
  ...cockpitPages,
  ...platformPages,
]

/** Whose records the audit can read out in words. */
const FIELD_WORDS: readonly FieldWordsSource[] = [householdFieldWords]

function Home() {
  return <Navigate to={findHome(PAGES, useSession())} replace />
}

const routeOf = (page: PageDefinition): RouteObject => ({
  path: page.path,
  handle: handleOf(page, PAGES),
  lazy: async () => ({ Component: await page.load() }),
})

export const routes: RouteObject[] = [
  {
    element: (
      <SessionProvider>
        <FieldWordsContext value={FIELD_WORDS}>
          <Outlet />
        </FieldWordsContext>
      </SessionProvider>
    ),
    errorElement: <CrashedPage />,
    HydrateFallback: () => null,
    children: [
      {
        path: '/sign-in',
        lazy: async () => ({ Component: (await import('./platform/sign-in/SignInPage.tsx')).SignInPage }),
      },
      {
        element: <Shell pages={PAGES} />,
        children: [
          { index: true, element: <Home /> },
          {
            errorElement: <CrashedPage />,
            children: [...PAGES.map(routeOf), { path: '*', element: <NotFoundPage /> }],
          },
        ],
      },
    ],
  },
]

export const createRouter = () => createBrowserRouter(routes)
