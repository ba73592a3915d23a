import type { HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../../ui/index.ts'
import { isOpen, stateOf, STEPS, type Step, type StepState } from './steps.rules.ts'

function Mark({ state, number }: { state: StepState; number: number }) {
  return (
    <span className="tj-import-step-mark" aria-hidden="true">
      {state === 'done' ? <Icon name="done" size={14} /> : state === 'fault' ? '!' : number}
    </span>
  )
}

/** On a phone the row of steps is wider than the screen. */
const bringIntoSight = (link: HTMLAnchorElement | null) =>
  link?.scrollIntoView({ block: 'nearest', inline: 'center' })

/** Upload → columns → check → preview → commit → done; what is open can be looked at. */
export function StepList({ found, shown }: { found: HouseholdImportDetail; shown: Step }) {
  const { t } = useTranslation('import')
  return (
    <nav aria-label={t('steps.label')} className="tj-card">
      <ol className="tj-import-steps">
        {STEPS.map((step, index) => {
          const state = stateOf(step, found)
          const content = (
            <>
              <Mark state={state} number={index + 1} />
              {t(`steps.${step}`)}
              <span className="tj-visually-hidden">（{t(`steps.state.${state}`)}）</span>
            </>
          )
          return (
            <li key={step} className={`tj-import-step tj-import-step-${state}`}>
              {isOpen(step, found) ? (
                <Link
                  ref={step === shown ? bringIntoSight : undefined}
                  to={`/household-imports/${found.id}/${step}`}
                  aria-current={step === shown ? 'step' : undefined}
                >
                  {content}
                </Link>
              ) : (
                <span>{content}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
