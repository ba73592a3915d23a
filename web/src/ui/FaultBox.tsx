import { useTranslation } from 'react-i18next'
import { problemOf } from '../api/index.ts'
import { Icon } from './Icon.tsx'
import { useProblemWording } from './problem-wording.ts'

/** A refused or failed command, above the form that gave it: what happened, what to do, the id to quote. */
export function FaultBox({ error }: { error: unknown }) {
  const { t } = useTranslation('ui')
  const { title, advice } = useProblemWording()(error)
  const problem = problemOf(error)
  const isOurs = problem !== undefined && problem.status >= 500
  return (
    <div className="tj-fault-box" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title}</strong>
        <p>{advice}</p>
        {isOurs ? (
          <p className="tj-state-id">{t('failed.requestId', { requestId: problem.requestId })}</p>
        ) : null}
      </div>
    </div>
  )
}
