import type { PageDefinition } from '../../platform/shell/pages.ts'

export const areaPages: PageDefinition[] = [
  {
    path: '/areas',
    title: 'areas:title',
    menu: 'work',
    action: 'areas.view',
    load: async () => (await import('./AreaTreePage.tsx')).AreaTreePage,
  },
  {
    path: '/areas/:code',
    title: 'areas:detail',
    parent: '/areas',
    action: 'areas.view',
    load: async () => (await import('./AreaPage.tsx')).AreaPage,
  },
]
