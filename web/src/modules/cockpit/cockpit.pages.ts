import type { PageDefinition } from '../../platform/shell/pages.ts'

export const cockpitPages: PageDefinition[] = [
  {
    path: '/figures',
    title: 'cockpit:title',
    menu: 'work',
    action: 'figures.view',
    load: async () => (await import('./FiguresPage.tsx')).FiguresPage,
  },
]
