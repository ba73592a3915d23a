import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImportDetail, ImportCounts } from '@tiejun/contract/households/import.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../../api/index.ts'
import { formatCount, ReasonDialog } from '../../../ui/index.ts'
import { CountsTable } from './CountsTable.tsx'
import { ErrorsButton } from './ErrorsButton.tsx'
import { FailureBox, failureOf } from './FailureBox.tsx'
import { Said } from './Said.tsx'
import { useImportCommand } from './use-import.ts'

const KINDS = ['new', 'changed', 'unchanged'] as const

const useUndo = (id: string) =>
  useImportCommand(id, (reason: string) =>
    call(importEndpoints.undo, { params: { id }, body: reason === '' ? {} : { reason } }),
  )

interface UndoButtonProps {
  counts: ImportCounts
  undo: ReturnType<typeof useUndo>
}

function UndoButton({ counts, undo }: UndoButtonProps) {
  const { t } = useTranslation('import')
  const [isAsking, setAsking] = useState(false)
  const close = () => setAsking(false)
  // Who built on the import is told on the page, where there is room for it.
  const closeWhenToldThere = (error: unknown) => {
    if (failureOf(error) !== undefined) close()
  }
  const numbers = {
    households: formatCount(counts.households.new),
    persons: formatCount(counts.persons.new),
  }
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {t('done.undo')}
      </Button>
      {isAsking ? (
        <ReasonDialog
          title={t('done.undoDialog.title')}
          text={t('done.undoDialog.text', numbers)}
          okText={t('done.undoDialog.ok')}
          isDanger
          minimumLength={0}
          isBusy={undo.isPending}
          error={undo.error}
          onOk={(reason) => undo.mutate(reason, { onSuccess: close, onError: closeWhenToldThere })}
          onCancel={close}
        />
      ) : null}
    </>
  )
}

interface CommittedProps {
  found: HouseholdImportDetail
  counts: ImportCounts
  undo: UndoButtonProps['undo']
}

function Committed({ found, counts, undo }: CommittedProps) {
  const { t } = useTranslation('import')
  const leftOut = found.leftOutHouseholds ?? 0
  const summary = t('done.summary', {
    newHouseholds: formatCount(counts.households.new),
    newPersons: formatCount(counts.persons.new),
    changedHouseholds: formatCount(counts.households.changed),
    changedPersons: formatCount(counts.persons.changed),
  })
  const rest = leftOut === 0 ? '' : t('done.leftOut', { number: formatCount(leftOut) })
  return (
    <Said tone="success" title={t('states.committed.title')} text={[summary, rest]}>
      <Link className="hh-button-link" to={`/households?importId=${found.id}`}>
        {t('done.open')}
      </Link>
      {found.allowedActions.includes('download_errors') ? <ErrorsButton id={found.id} /> : null}
      {found.allowedActions.includes('undo') ? <UndoButton counts={counts} undo={undo} /> : null}
    </Said>
  )
}

/** What an import brought, where to see it, and how to take it back. */
export function DonePart({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  const undo = useUndo(found.id)
  const failure = failureOf(undo.error)
  const counts = found.committedCounts
  if (counts === null) return null
  return (
    <>
      {failure === undefined ? null : <FailureBox found={found} failure={failure} />}
      {found.status === 'committed' ? <Committed found={found} counts={counts} undo={undo} /> : null}
      <section className="tj-card hh-rows tj-blocks" aria-label={t('done.counts')}>
        <div className="tj-card-header">
          <h2>{t('done.counts')}</h2>
        </div>
        <CountsTable label={t('done.counts')} counts={counts} kinds={KINDS} />
      </section>
    </>
  )
}
