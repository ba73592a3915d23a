import type { HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatCount } from '../../../ui/index.ts'
import { CheckButton } from './commands.tsx'
import { isNothingToChange } from './counts.rules.ts'
import { FailureBox } from './FailureBox.tsx'
import { Said } from './Said.tsx'
import { isAtWork, isYearMissing, type Step } from './steps.rules.ts'
import { useUnreadableWording } from './unreadable.ts'

function UnreadableBox({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  const unreadable = useUnreadableWording()
  const { name, todo, place } = unreadable(found.failure?.code, found.failure?.params)
  return (
    <Said tone="danger" title={name} text={[place ?? '', todo, t('states.unreadable.text')]}>
      <Link className="hh-button-link" to="/household-imports/new">
        {t('actions.another')}
      </Link>
    </Said>
  )
}

const mayCommit = ({ allowedActions }: HouseholdImportDetail) =>
  allowedActions.includes('commit') || allowedActions.includes('commit_without_faulty')

function CheckedBox({ found, shown }: { found: HouseholdImportDetail; shown: Step }) {
  const { t } = useTranslation('import')
  const go = (step: Step, key: 'columns' | 'check' | 'preview' | 'commit') => (
    <Link className="hh-button-link" to={`/household-imports/${found.id}/${step}`}>
      {t(`next.${key}`)}
    </Link>
  )
  const next =
    shown === 'upload'
      ? go('columns', 'columns')
      : shown === 'columns'
        ? go('check', 'check')
        : shown === 'check'
          ? go('preview', 'preview')
          : shown === 'preview'
            ? go('commit', 'commit')
            : undefined
  if (isNothingToChange(found)) {
    return (
      <Said
        tone="success"
        title={t('states.nothingToChange.title')}
        text={t('states.nothingToChange.text')}
      />
    )
  }
  if (found.errorCount === 0) {
    return (
      <Said tone="success" title={t('states.checkedClean.title')} text={t('states.checkedClean.text')}>
        {next}
      </Said>
    )
  }
  if (!mayCommit(found) || isYearMissing(found)) {
    return (
      <Said tone="warning" title={t('states.checkedBlocked.title')} text={t('states.checkedBlocked.text')}>
        {shown === 'upload' || (shown === 'columns' && !isYearMissing(found)) ? next : undefined}
      </Said>
    )
  }
  const values = {
    households: formatCount(found.counts?.faultyHouseholds ?? 0),
    errors: formatCount(found.errorCount),
  }
  return (
    <Said
      tone="warning"
      title={t('states.checkedFaulty.title', values)}
      text={t('states.checkedFaulty.text')}
    >
      {next}
    </Said>
  )
}

/** Where an import stands while nothing runs, in words, with the next thing to do. */
export function StandingBox({ found, shown }: { found: HouseholdImportDetail; shown: Step }) {
  const { t } = useTranslation('import')
  const { status, failure } = found
  if (isAtWork(found)) return null
  if (status === 'unreadable') return <UnreadableBox found={found} />
  if (status === 'checked') {
    return (
      <>
        {failure === null ? null : <FailureBox found={found} failure={failure} />}
        <CheckedBox found={found} shown={shown} />
      </>
    )
  }
  if (status === 'interrupted' || status === 'cancelled') {
    return (
      <Said
        tone={status === 'interrupted' ? 'warning' : 'plain'}
        title={t(`states.${status}.title`)}
        text={t(`states.${status}.text`)}
      >
        {found.allowedActions.includes('check') ? <CheckButton id={found.id} isPrimary /> : undefined}
      </Said>
    )
  }
  if (status === 'discarded' || status === 'undone') {
    return <Said tone="plain" title={t(`states.${status}.title`)} text={t(`states.${status}.text`)} />
  }
  return failure === null ? null : <FailureBox found={found} failure={failure} />
}
