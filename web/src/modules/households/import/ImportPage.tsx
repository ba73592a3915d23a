import type { HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState, LoadingState, PageHeader } from '../../../ui/index.ts'
import { CheckButton, DiscardButton } from './commands.tsx'
import { ColumnsPart } from './ColumnsPart.tsx'
import { CommitPart } from './CommitPart.tsx'
import { DonePart } from './DonePart.tsx'
import { FilePart } from './FilePart.tsx'
import { PreviewPart } from './PreviewPart.tsx'
import { ProblemsPart } from './ProblemsPart.tsx'
import { StandingBox } from './StandingBox.tsx'
import { StatusTag } from './StatusTag.tsx'
import { StepList } from './StepList.tsx'
import { isAtWork, shownStep, type Step } from './steps.rules.ts'
import { useImport } from './use-import.ts'
import { WorkBox } from './WorkBox.tsx'
import '../households.css'
import './import.css'

function Part({ step, found }: { step: Step; found: HouseholdImportDetail }) {
  switch (step) {
    case 'upload':
      return <FilePart found={found} />
    case 'columns':
      return <ColumnsPart found={found} />
    case 'check':
      return found.checkedAt === null || found.status === 'checking' ? null : <ProblemsPart found={found} />
    case 'preview':
      return <PreviewPart found={found} />
    case 'commit':
      return found.status === 'committing' ? null : <CommitPart found={found} />
    case 'done':
      return found.committedCounts === null ? null : <DonePart found={found} />
  }
}

function Actions({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  const navigate = useNavigate()
  // Where checking again is what there is to do, the words that say so carry the button.
  const isCheckSaid = found.status !== 'checked' || found.failure?.code === 'changed_meanwhile'
  const isOver = ['unreadable', 'committed', 'undone', 'discarded'].includes(found.status)
  return (
    <>
      {found.allowedActions.includes('check') && !isCheckSaid ? <CheckButton id={found.id} /> : null}
      {found.allowedActions.includes('discard') ? <DiscardButton id={found.id} /> : null}
      {isOver ? (
        <Button onClick={() => void navigate('/household-imports/new')}>{t('actions.another')}</Button>
      ) : null}
    </>
  )
}

function FoundImport({ found, isCutOff }: { found: HouseholdImportDetail; isCutOff: boolean }) {
  const { t } = useTranslation('import')
  const { view } = useParams()
  const step = shownStep(view, found)
  return (
    <div className="tj-import">
      <PageHeader
        title={found.fileName}
        extra={<StatusTag found={found} />}
        actions={<Actions found={found} />}
      />
      <StepList found={found} shown={step} />
      {isCutOff ? <output className="tj-hint-box">{t('reconnecting')}</output> : null}
      {isAtWork(found) ? <WorkBox found={found} /> : <StandingBox found={found} shown={step} />}
      <Part step={step} found={found} />
    </div>
  )
}

/** One import from upload to undo: which steps are behind, where it stands, what can be done next. */
export function ImportPage() {
  const { id = '' } = useParams()
  const { t } = useTranslation('import')
  const query = useImport(id)
  if (query.data !== undefined) {
    return <FoundImport key={id} found={query.data} isCutOff={query.error !== null} />
  }
  return (
    <>
      <PageHeader />
      <section className="tj-card" aria-label={t('loading')}>
        {query.error === null ? (
          <LoadingState lines={8} />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </section>
    </>
  )
}
