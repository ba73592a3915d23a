import type { PageDefinition } from './shell/pages.ts'

/** The pages of the three administrators, and everybody's own account. */
export const platformPages: PageDefinition[] = [
  {
    path: '/accounts',
    title: 'accounts:title',
    menu: 'administration',
    administrator: 'system',
    load: async () => (await import('./accounts/AccountsPage.tsx')).AccountsPage,
  },
  {
    path: '/permissions',
    title: 'permissions:title',
    menu: 'administration',
    administrator: 'security',
    load: async () => (await import('./permissions/PermissionsPage.tsx')).PermissionsPage,
  },
  {
    path: '/audit',
    title: 'audit:title',
    menu: 'administration',
    administrator: 'audit',
    load: async () => (await import('./audit/AuditPage.tsx')).AuditPage,
  },
  {
    path: '/me',
    title: 'sign-in:account.title',
    load: async () => (await import('./sign-in/AccountPage.tsx')).AccountPage,
  },
]
