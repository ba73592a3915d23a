import type { ImportAction, ImportStatus } from '@tiejun/contract/households/import.ts'

/** What is kept of an import's status; whether a step is at work, or died at it, shows in its progress. */
export type KeptStatus =
  | 'checking'
  | 'cancelled'
  | 'unreadable'
  | 'checked'
  | 'committed'
  | 'undone'
  | 'discarded'
export type ImportStep = 'check' | 'commit' | 'undo'

const AT_WORK: Record<ImportStep, ImportStatus> = {
  check: 'checking',
  commit: 'committing',
  undo: 'undoing',
}

/** The status people see. A check without a sign of life has died with its process. */
export function shownStatus(kept: KeptStatus, alive: ImportStep | null): ImportStatus {
  if (alive !== null) return AT_WORK[alive]
  return kept === 'checking' ? 'interrupted' : kept
}

/** The whole life of an import: what may be done in which status. */
const ALLOWED: Record<ImportStatus, ImportAction[]> = {
  checking: ['cancel'],
  interrupted: ['check', 'discard'],
  cancelled: ['check', 'discard'],
  unreadable: ['discard'],
  checked: ['check', 'commit', 'commit_without_faulty', 'discard', 'download_errors'],
  committing: ['cancel'],
  committed: ['undo', 'download_errors'],
  undoing: ['cancel'],
  undone: ['discard'],
  discarded: [],
}

export interface ImportStanding {
  status: ImportStatus
  errorCount: number
  hasFileError: boolean
  /** Records a commit would write; null before the check. */
  toWrite: number | null
  leftOut: number
}

/** What may be done now. Errors of the file as a whole cannot be left out; without errors nothing can. */
export function allowedActions({
  status,
  errorCount,
  hasFileError,
  toWrite,
  leftOut,
}: ImportStanding): ImportAction[] {
  const isNothing = toWrite === 0
  return ALLOWED[status].filter((action) => {
    if (action === 'commit') return errorCount === 0 && !isNothing
    if (action === 'commit_without_faulty') return errorCount > 0 && !hasFileError && !isNothing
    if (action === 'download_errors') return status === 'committed' ? leftOut > 0 : errorCount > 0
    return true
  })
}
