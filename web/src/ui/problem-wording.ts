import type { FieldProblem } from '@tiejun/contract/platform/errors.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, UnreachableError } from '../api/index.ts'

export interface ProblemWording {
  /** What happened. */
  title: string
  /** What to do next. */
  advice: string
}

/** Words any error by its code: what happened and what to do next. Never shows what a library threw. */
export function useProblemWording(): (error: unknown) => ProblemWording {
  const { t } = useTranslation('errors')
  return useCallback(
    (error) => {
      const problem = problemOf(error)
      const key = problem?.code ?? (error instanceof UnreachableError ? 'unreachable' : 'unexpected')
      const values = { ...problem?.detail, requestId: problem?.requestId }
      return { title: t(`codes.${key}.title`, values), advice: t(`codes.${key}.advice`, values) }
    },
    [t],
  )
}

/**
 * Words the fault of one field. A module's own wording (`fields.<code>` in its messages) comes before the
 * common one in errors.messages; an unknown code is shown with the code, never swallowed.
 */
export function useFieldWording(namespace?: string): (fault: FieldProblem) => string {
  const { t, i18n } = useTranslation(namespace === undefined ? ['errors'] : ['errors', namespace])
  return useCallback(
    (fault) => {
      const own = `${namespace}:fields.${fault.code}`
      const common = `errors:fields.${fault.code}`
      const key =
        namespace !== undefined && i18n.exists(own)
          ? own
          : i18n.exists(common)
            ? common
            : 'errors:fields.unknown'
      return t(key, { ...fault.params, code: fault.code })
    },
    [t, i18n, namespace],
  )
}
