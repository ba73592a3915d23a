import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImportDetail, ImportCounts } from '@tiejun/contract/households/import.ts'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { Card, formatCount } from '../../../ui/index.ts'
import { CommitDialog } from './CommitDialog.tsx'
import { CountsTable } from './CountsTable.tsx'
import { FailureBox, failureOf } from './FailureBox.tsx'
import { useImportCommand } from './use-import.ts'

const KINDS = ['new', 'changed', 'unchanged', 'conflicting', 'faulty', 'rows'] as const

const useCommit = (id: string) =>
  useImportCommand(id, (withoutFaulty: boolean) =>
    call(importEndpoints.commit, { params: { id }, body: { withoutFaulty } }),
  )

/** Leaving households out is a decision of its own, said before the button and again in the question. */
function LeaveOut(props: { counts: ImportCounts; isChosen: boolean; onChoose: (isChosen: boolean) => void }) {
  const { t } = useTranslation('import')
  const number = formatCount(props.counts.faultyHouseholds)
  return (
    <div>
      <h3>{t('commit.faultyTitle', { number })}</h3>
      <Checkbox checked={props.isChosen} onChange={(event) => props.onChoose(event.target.checked)}>
        {t('commit.onlyClean')}
      </Checkbox>
      <p className="tj-muted">{t('commit.onlyCleanHint', { number })}</p>
    </div>
  )
}

function CommitForm({ found, counts }: { found: HouseholdImportDetail; counts: ImportCounts }) {
  const { t } = useTranslation('import')
  const [isAsking, setAsking] = useState(false)
  const [isLeftOutChosen, setLeftOutChosen] = useState(false)
  const commit = useCommit(found.id)
  const withoutFaulty = found.allowedActions.includes('commit_without_faulty')
  const failure = failureOf(commit.error)
  const mayCommit = found.allowedActions.includes('commit') || (withoutFaulty && isLeftOutChosen)
  return (
    <div className="tj-stack">
      {failure === undefined ? null : <FailureBox found={found} failure={failure} />}
      {withoutFaulty ? (
        <LeaveOut counts={counts} isChosen={isLeftOutChosen} onChoose={setLeftOutChosen} />
      ) : null}
      {!withoutFaulty && !mayCommit ? <p>{t('commit.notAllowed')}</p> : null}
      <div>
        <Button type="primary" size="large" disabled={!mayCommit} onClick={() => setAsking(true)}>
          {t('commit.ok')}
        </Button>
      </div>
      {isAsking ? (
        <CommitDialog
          counts={counts}
          withoutFaulty={withoutFaulty}
          isBusy={commit.isPending}
          error={commit.error}
          onOk={() =>
            commit.mutate(withoutFaulty, {
              // What has changed meanwhile is told on the page, with the way to check again.
              onError: (error) => setAsking(failureOf(error) === undefined),
            })
          }
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}

/** The last look before the registry is written: what will happen in numbers, what is left out, the question. */
export function CommitPart({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  if (found.counts === null) return null
  return (
    <>
      <section className="tj-card hh-rows tj-blocks" aria-label={t('commit.summary')}>
        <div className="tj-card-header">
          <h2>{t('commit.summary')}</h2>
        </div>
        <CountsTable label={t('commit.summary')} counts={found.counts} kinds={KINDS} />
      </section>
      <Card title={t('commit.title')}>
        <CommitForm found={found} counts={found.counts} />
      </Card>
    </>
  )
}
