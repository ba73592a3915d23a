import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImport, ImportProgress } from '@tiejun/contract/households/import.ts'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { formatCount } from '../../../ui/index.ts'
import { useSayRefused } from './commands.tsx'
import { useImportCommand } from './use-import.ts'

type Work = 'checking' | 'committing' | 'undoing'

const CANCEL = { checking: 'cancelCheck', committing: 'cancelCommit', undoing: 'cancelUndo' } as const
const EFFECT = { checking: 'untouched', committing: 'whole', undoing: 'wholeUndo' } as const

/** A screen reader is told at each quarter, not each second. */
const QUARTER = 25

function progressText(t: TFunction<'import'>, progress: ImportProgress | null): string {
  if (progress === null) return t('work.waiting')
  const phase = t(`work.phases.${progress.phase}`)
  const done = formatCount(progress.done)
  return progress.total === null
    ? t('work.done', { phase, done })
    : t('work.doneOf', { phase, done, total: formatCount(progress.total) })
}

const announcement = (t: TFunction<'import'>, work: Work, progress: ImportProgress | null): string =>
  progress === null || progress.percent === null
    ? t(`work.${work}`)
    : t('work.announce', {
        work: t(`work.${work}`),
        phase: t(`work.phases.${progress.phase}`),
        percent: Math.floor(progress.percent / QUARTER) * QUARTER,
      })

/** What is running on the server, how far it is, that one may leave, and how to stop it. */
export function WorkBox({ found }: { found: HouseholdImport }) {
  const { t } = useTranslation('import')
  const { id, progress } = found
  const work: Work = found.status === 'committing' || found.status === 'undoing' ? found.status : 'checking'
  const sayRefused = useSayRefused()
  const cancel = useImportCommand(id, () => call(importEndpoints.cancel, { params: { id } }))
  const text = progressText(t, progress)
  const percent = progress?.percent ?? null
  return (
    <section className="tj-card tj-import-work" aria-label={t(`work.${work}`)}>
      <div className="tj-import-work-head">
        <h2>{t(`work.${work}`)}</h2>
        <span className="tj-number tj-import-percent">{percent === null ? '' : `${percent}%`}</span>
      </div>
      <progress
        className="tj-import-bar"
        max={100}
        value={percent ?? undefined}
        aria-label={t(`work.${work}`)}
        aria-valuetext={text}
      />
      <p className="tj-number">{text}</p>
      <output className="tj-visually-hidden" aria-live="polite">
        {announcement(t, work, progress)}
      </output>
      <p className="tj-muted">{t(`work.${EFFECT[work]}`)}</p>
      <p className="tj-muted">{t('work.mayLeave')}</p>
      {found.allowedActions.includes('cancel') ? (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate(undefined, { onError: sayRefused })}>
          {cancel.isPending ? t('actions.cancelling') : t(`actions.${CANCEL[work]}`)}
        </Button>
      ) : null}
    </section>
  )
}
