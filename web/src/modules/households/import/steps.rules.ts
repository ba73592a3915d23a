import type { HouseholdImport, HouseholdImportDetail } from '@tiejun/contract/households/import.ts'

/** The steps as a person goes through them; each is a part of the page with an address of its own. */
export const STEPS = ['upload', 'columns', 'check', 'preview', 'commit', 'done'] as const
export type Step = (typeof STEPS)[number]

export type StepState = 'done' | 'current' | 'fault' | 'waiting'

type Standing = Pick<HouseholdImportDetail, 'status' | 'errorCount' | 'columns' | 'problemGroups' | 'counts'>

export const isAtWork = ({ status }: Pick<HouseholdImport, 'status'>): boolean =>
  status === 'checking' || status === 'committing' || status === 'undoing'

export const isYearMissing = ({ problemGroups }: Pick<Standing, 'problemGroups'>): boolean =>
  problemGroups.some((group) => group.code === 'income_year_unknown')

/** How far the import is. */
export function stepOf(found: Standing): Step {
  switch (found.status) {
    case 'unreadable':
    case 'discarded':
      return 'upload'
    case 'checking':
    case 'interrupted':
    case 'cancelled':
      return 'check'
    case 'checked':
      if (isYearMissing(found)) return 'columns'
      return found.errorCount > 0 ? 'check' : 'preview'
    case 'committing':
      return 'commit'
    case 'committed':
    case 'undoing':
    case 'undone':
      return 'done'
  }
}

/** Whether a step has something to show yet. */
export function isOpen(step: Step, found: Standing): boolean {
  const isChecked = ['checked', 'committing', 'committed', 'undoing', 'undone'].includes(found.status)
  switch (step) {
    case 'upload':
      return true
    case 'columns':
      return found.columns.length > 0 && found.status !== 'discarded'
    case 'check':
      return found.status !== 'unreadable' && found.status !== 'discarded'
    case 'preview':
      return found.status === 'checked' && found.counts !== null
    case 'commit':
      return (found.status === 'checked' && found.counts !== null) || found.status === 'committing'
    case 'done':
      return isChecked && stepOf(found) === 'done'
  }
}

/** How a step is shown in the row of steps. */
export function stateOf(step: Step, found: Standing): StepState {
  const current = stepOf(found)
  if (step === current) return isFaulty(found) ? 'fault' : current === 'done' ? 'done' : 'current'
  return STEPS.indexOf(step) < STEPS.indexOf(current) ? 'done' : 'waiting'
}

const isFaulty = (found: Standing): boolean =>
  found.status === 'unreadable' ||
  found.status === 'interrupted' ||
  (found.status === 'checked' && (found.errorCount > 0 || isYearMissing(found)))

/** The part of the page to show: the one the address names, or the one where the import stands. */
export function shownStep(named: string | undefined, found: Standing): Step {
  const step = STEPS.find((each) => each === named)
  return step !== undefined && isOpen(step, found) ? step : stepOf(found)
}
