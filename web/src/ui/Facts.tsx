import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface Fact {
  label: string
  value: ReactNode
  /** Takes the whole row. */
  isWide?: boolean
}

/** Labels and values in as many columns as fit; what is not given says so. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const { t } = useTranslation('ui')
  const isMissing = (value: ReactNode) => value === null || value === undefined || value === ''
  return (
    <dl className="tj-facts">
      {facts.map((fact) => (
        <div key={fact.label} className={fact.isWide === true ? 'tj-fact-wide' : undefined}>
          <dt>{fact.label}</dt>
          <dd>{isMissing(fact.value) ? <span className="tj-muted">{t('notGiven')}</span> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A titled box of a page. */
export function Card(props: { title?: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="tj-card" aria-label={props.title}>
      {props.title === undefined ? null : (
        <div className="tj-card-header">
          <h2>{props.title}</h2>
          {props.extra}
        </div>
      )}
      <div className="tj-card-body">{props.children}</div>
    </section>
  )
}

/** A short word about a state, e.g. “locked”. Colour only supports the word. */
export function Tag(props: { tone?: 'accent' | 'danger' | 'warning' | 'success'; children: ReactNode }) {
  return (
    <span className={props.tone === undefined ? 'tj-tag' : `tj-tag tj-tag-${props.tone}`}>
      {props.children}
    </span>
  )
}

/** Form fields in as many columns as fit. */
export function FormGrid({ children }: { children: ReactNode }) {
  return <div className="tj-form-grid">{children}</div>
}
