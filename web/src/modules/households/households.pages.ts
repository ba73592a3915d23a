import type { PageDefinition } from '../../platform/shell/pages.ts'

/** 档卡: list, persons, card, its history, two days of it compared, and a new household. The import has pages of its own. */
export const householdPages: PageDefinition[] = [
  {
    path: '/households',
    title: 'households:title',
    menu: 'work',
    action: 'households.view',
    load: async () => (await import('./HouseholdListPage.tsx')).HouseholdListPage,
  },
  {
    path: '/persons',
    title: 'persons:title',
    menu: 'work',
    action: 'households.view',
    load: async () => (await import('./persons/PersonListPage.tsx')).PersonListPage,
  },
  {
    path: '/households/new',
    title: 'households:new.title',
    parent: '/households',
    action: 'households.edit',
    load: async () => (await import('./NewHouseholdPage.tsx')).NewHouseholdPage,
  },
  {
    path: '/households/:id',
    title: 'households:card',
    parent: '/households',
    action: 'households.view',
    load: async () => (await import('./HouseholdCardPage.tsx')).HouseholdCardPage,
  },
  {
    path: '/households/:id/history',
    title: 'households:history.title',
    parent: '/households',
    action: 'households.view',
    load: async () => (await import('./HouseholdHistoryPage.tsx')).HouseholdHistoryPage,
  },
  {
    path: '/households/:id/comparison',
    title: 'households:comparison.title',
    parent: '/households',
    action: 'households.view',
    load: async () => (await import('./ComparisonPage.tsx')).ComparisonPage,
  },
]
