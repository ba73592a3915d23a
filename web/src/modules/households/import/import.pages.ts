import type { PageDefinition } from '../../../platform/shell/pages.ts'

const action = 'households.import'

/** The pages of the import; one import shows its steps below its own address. */
export const importPages: PageDefinition[] = [
  {
    path: '/household-imports',
    title: 'import-list:title',
    menu: 'work',
    action,
    load: async () => (await import('./ImportsPage.tsx')).ImportsPage,
  },
  {
    path: '/household-imports/new',
    title: 'import-list:new.title',
    parent: '/household-imports',
    action,
    load: async () => (await import('./NewImportPage.tsx')).NewImportPage,
  },
  {
    path: '/household-imports/:id/:view?/:kind?/:entity?',
    title: 'import-list:oneTitle',
    parent: '/household-imports',
    action,
    load: async () => (await import('./ImportPage.tsx')).ImportPage,
  },
]
