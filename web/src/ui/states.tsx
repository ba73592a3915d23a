import { Button } from 'antd'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../api/index.ts'
import { Icon } from './Icon.tsx'
import { useProblemWording } from './problem-wording.ts'

/** Nothing to show, and what can be done about it. */
export function EmptyState({
  title,
  hint,
  action,
}: {
  title?: string
  hint?: ReactNode
  action?: ReactNode
}) {
  const { t } = useTranslation('ui')
  return (
    <div className="tj-state">
      <Icon name="empty" size={32} />
      <p className="tj-state-title">{title ?? t('empty.title')}</p>
      {hint === undefined ? null : <p className="tj-state-hint">{hint}</p>}
      {action}
    </div>
  )
}

/** Grey lines in the place of what is being fetched, so that the page does not jump. */
export function LoadingState({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation('ui')
  return (
    <output className="tj-skeleton" aria-busy="true">
      <span className="tj-visually-hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="tj-skeleton-line" style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </output>
  )
}

/** What failed in words, what to do, the id for the log, and a way to try again. */
export function FailedState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('ui')
  const wording = useProblemWording()(error)
  const requestId = problemOf(error)?.requestId
  return (
    <div className="tj-state tj-state-failed" role="alert">
      <Icon name="warning" size={32} />
      <p className="tj-state-title">{wording.title}</p>
      <p className="tj-state-hint">{wording.advice}</p>
      {requestId ? <p className="tj-state-id">{t('failed.requestId', { requestId })}</p> : null}
      {onRetry === undefined ? null : <Button onClick={onRetry}>{t('failed.retry')}</Button>}
    </div>
  )
}

/** 403 and 404: out of reach looks the same as absent; the person stays signed in. */
export function RefusedState({ error, action }: { error: unknown; action?: ReactNode }) {
  const wording = useProblemWording()(error)
  return (
    <div className="tj-state" role="alert">
      <Icon name="lock" size={32} />
      <p className="tj-state-title">{wording.title}</p>
      <p className="tj-state-hint">{wording.advice}</p>
      {action}
    </div>
  )
}

/** Refused or failed, whichever the error is. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const status = problemOf(error)?.status
  if (status === 403 || status === 404) return <RefusedState error={error} />
  return <FailedState error={error} onRetry={onRetry} />
}

export interface QueryLike<Data> {
  data: Data | undefined
  error: unknown
  refetch: () => unknown
}

/** Shows what a query found, or the state it is in: loading, failed, refused. */
export function QueryView<Data>(props: {
  query: QueryLike<Data>
  lines?: number
  children: (data: Data) => ReactNode
}) {
  const { query, lines, children } = props
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error !== null && query.error !== undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  return <LoadingState lines={lines} />
}
