import { UndoBlocker, type HouseholdImport } from '@tiejun/contract/households/import.ts'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { problemOf } from '../../../api/index.ts'
import { BlockerList } from './BlockerList.tsx'
import { CheckButton } from './commands.tsx'
import { Said } from './Said.tsx'

type Failure = NonNullable<HouseholdImport['failure']>

const KNOWN = [
  'changed_meanwhile',
  'import_has_problems',
  'undo_blocked',
  'cancelled',
  'interrupted',
] as const

/** Codes that need the room of the page: what they say does not fit into a question. */
const TOLD_ON_PAGE: readonly string[] = ['changed_meanwhile', 'import_has_problems', 'undo_blocked']

const Blocked = z.object({ blockers: z.array(UndoBlocker), total: z.number().int() })

/** A refusal that came at once, as the import keeps one that came later. */
export function failureOf(error: unknown): Failure | undefined {
  const problem = problemOf(error)
  return problem !== undefined && TOLD_ON_PAGE.includes(problem.code)
    ? { code: problem.code, params: problem.detail ?? {} }
    : undefined
}

/** Why a step (commit or undo) did not end, what stands in its way, what to do. */
export function FailureBox({ found, failure }: { found: HouseholdImport; failure: Failure }) {
  const { t } = useTranslation('import')
  const known = KNOWN.find((each) => each === failure.code)
  const blocked = known === 'undo_blocked' ? Blocked.safeParse(failure.params).data : undefined
  return (
    <>
      <Said
        tone={known === 'cancelled' ? 'plain' : 'danger'}
        title={t(`failures.${known ?? 'other'}.title`)}
        text={t(`failures.${known ?? 'other'}.text`, { code: failure.code })}
      >
        {known === 'changed_meanwhile' && found.allowedActions.includes('check') ? (
          <CheckButton id={found.id} isPrimary />
        ) : undefined}
      </Said>
      {blocked === undefined ? null : <BlockerList {...blocked} />}
    </>
  )
}
