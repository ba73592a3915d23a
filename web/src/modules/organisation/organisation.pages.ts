import type { PageDefinition } from '../../platform/shell/pages.ts'

export const organisationPages: PageDefinition[] = [
  {
    path: '/organisation',
    title: 'organisation:title',
    menu: 'work',
    action: 'organisation.view',
    load: async () => (await import('./OrganisationPage.tsx')).OrganisationPage,
  },
  {
    path: '/organisation/persons',
    title: 'organisation:persons',
    parent: '/organisation',
    action: 'organisation.view',
    load: async () => (await import('./PersonListPage.tsx')).PersonListPage,
  },
  {
    path: '/organisation/persons/:id',
    title: 'organisation:person',
    parent: '/organisation/persons',
    action: 'organisation.view',
    load: async () => (await import('./PersonPage.tsx')).PersonPage,
  },
  {
    path: '/organisation/units/:id',
    title: 'organisation:unit',
    parent: '/organisation',
    action: 'organisation.view',
    load: async () => (await import('./UnitPage.tsx')).UnitPage,
  },
]
