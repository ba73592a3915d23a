import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useMatches } from 'react-router'
import { rememberedPlace } from './place.ts'

/** What a route says about its page; `ns:key` of the wording. */
export interface PageHandle {
  title: string
  /** The pages above it, outermost first; those without `to` only name a group. */
  trail: readonly { title: string; to?: string }[]
}

const isHandle = (value: unknown): value is PageHandle =>
  typeof value === 'object' && value !== null && 'title' in value && 'trail' in value

/** The page this is, as its route declares it. */
export function usePageHandle(): PageHandle | undefined {
  return useMatches()
    .map((match) => match.handle)
    .findLast(isHandle)
}

export interface PageHeaderProps {
  /** Instead of the route's title, e.g. the number of the record shown. */
  title?: string
  /** Beside the title: state, tags. */
  extra?: ReactNode
  /** At the right: what can be done. */
  actions?: ReactNode
  /** Below the title: one line on what this page is for. */
  lead?: ReactNode
}

/** Breadcrumb, title and actions of a page. Sets the title of the window too. */
export function PageHeader({ title, extra, actions, lead }: PageHeaderProps) {
  const handle = usePageHandle()
  const { t } = useTranslation('shell')
  const shownTitle = title ?? (handle === undefined ? '' : t(handle.title))
  const brand = t('shell:brand')
  useEffect(() => {
    document.title = shownTitle === '' ? brand : `${shownTitle} · ${brand}`
  }, [shownTitle, brand])
  return (
    <header className="tj-page-header">
      {handle === undefined ? null : (
        <nav aria-label={t('ui:breadcrumb')} className="tj-breadcrumb">
          <ol>
            {handle.trail.map((step) => (
              <li key={step.title}>
                {step.to === undefined ? (
                  t(step.title)
                ) : (
                  <Link to={rememberedPlace(step.to)}>{t(step.title)}</Link>
                )}
              </li>
            ))}
            <li aria-current="page">{shownTitle}</li>
          </ol>
        </nav>
      )}
      <div className="tj-page-title-row">
        <h1 tabIndex={-1}>{shownTitle}</h1>
        {extra}
        {actions === undefined ? null : <div className="tj-page-actions">{actions}</div>}
      </div>
      {lead === undefined ? null : <p className="tj-page-lead">{lead}</p>}
    </header>
  )
}
