import type { Administrator } from '@tiejun/contract/platform/administrators.ts'
import type { Session } from '@tiejun/contract/platform/sign-in.ts'
import type { ComponentType } from 'react'
import type { PageHandle } from '../../ui/PageHeader.tsx'

/** One page of the sitemap. */
export interface PageDefinition {
  /** The address, e.g. `/households/:id`. */
  path: string
  /** `namespace:key` of its name, for menu, breadcrumb and window title. */
  title: string
  /** The address of the page above it, for the breadcrumb. */
  parent?: string
  /** The group of the menu it stands in; absent = reached from another page only. */
  menu?: 'work' | 'administration'
  /** The action a post must give for the page to be offered; the server decides again. */
  action?: string
  /** Offered to this administrator only. */
  administrator?: Administrator
  /** The page's component, fetched when first opened. */
  load: () => Promise<ComponentType>
}

/** Whether to offer a page; the answer to its requests is what counts. */
export function mayOpen(page: PageDefinition, session: Session): boolean {
  if (page.administrator !== undefined) return session.administrator === page.administrator
  if (page.action !== undefined) return session.actions.includes(page.action)
  return true
}

/** The first page a person sees: the figures for posts, their own work for administrators. */
export function findHome(pages: readonly PageDefinition[], session: Session): string {
  const offered = pages.filter((page) => page.menu !== undefined && mayOpen(page, session))
  const own = offered.find((page) => page.administrator !== undefined)
  const figures = offered.find((page) => page.path === '/figures')
  return (own ?? figures ?? offered[0])?.path ?? '/me'
}

export function handleOf(page: PageDefinition, pages: readonly PageDefinition[]): PageHandle {
  const above: { title: string; to: string }[] = []
  let parent = pages.find((candidate) => candidate.path === page.parent)
  while (parent !== undefined) {
    above.unshift({ title: parent.title, to: parent.path })
    const next: string | undefined = parent.parent
    parent = pages.find((candidate) => candidate.path === next)
  }
  const group = page.menu ?? pages.find((candidate) => candidate.path === above[0]?.to)?.menu
  return {
    title: page.title,
    trail: group === undefined ? above : [{ title: `shell:groups.${group}` }, ...above],
  }
}
