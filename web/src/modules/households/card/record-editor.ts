import { ChangedMeanwhile } from '@tiejun/contract/households/card-page.ts'
import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import type { Problem } from '@tiejun/contract/platform/errors.ts'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldInfo } from '../../../ui/form/ConflictDialog.tsx'
import type { Current, Version } from '../../../ui/form/SectionForm.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { changesFrom, settledNames, type Values } from '../fields/field-values.ts'
import type { CardWords } from '../fields/card-words.ts'
import { useRefreshCard } from './card-query.ts'
import { useOneEditor } from './one-editor.tsx'
import { withReadableFaults } from './word-faults.ts'

/** What is sent of an edit: only what was changed, with the version it was changed from. */
export interface Edit {
  values: Record<string, unknown>
  version: Version
  reason: string | undefined
}

interface RecordEditorOptions {
  title: string
  fields: readonly CardFieldInfo[]
  values: Values
  version: Version
  /** Everything entered counts as changed; `values` are only proposals. */
  isNew?: boolean
  send: (edit: Edit) => Promise<unknown>
}

const REQUEST_PLACE = 'values.'

const fieldInfos = (fields: readonly CardFieldInfo[], words: CardWords): FieldInfo[] =>
  fields.map((field) => ({
    path: field.name,
    label: words.label(field),
    show: (value) => words.showWithUnit(field, value) || '—',
  }))

const reasonOf = ({ reason }: Values) =>
  typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : undefined

/** The typed fields of a record as the form edits them; what follows from other values is not among them. */
export const editable = (fields: readonly CardFieldInfo[]) =>
  fields.filter((field) => field.origin !== 'derived')

/** What the person changed, without what follows from the document number. */
function changedIn(base: Values, entered: Values, fields: readonly CardFieldInfo[]) {
  const settled = settledNames(entered)
  const names = fields.map((field) => field.name).filter((name) => !settled.includes(name))
  return changesFrom(base, entered, names)
}

/** Where a fault of the request stands in the form; undefined when its field is not in it. */
const fieldAtPath = (fields: readonly CardFieldInfo[]) => (path: string) => {
  const name = path.startsWith(REQUEST_PLACE) ? path.slice(REQUEST_PLACE.length).split('.')[0] : path
  const field = fields.find((one) => one.name === name)
  return field && { path: REQUEST_PLACE + field.name, field }
}

/** The properties of the form of one section or row: sends only what changed, and reads the refusals. */
export function useRecordEditor({ title, fields, values, version, isNew, send }: RecordEditorOptions) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const { setDirty } = useOneEditor()
  const refresh = useRefreshCard()
  // What the versions met in a conflict had, so that then too only what differs from them is sent.
  const met = useRef(new Map<Version, Values>())
  const onSave = async (entered: Values, expected: Version) => {
    const base = met.current.get(expected) ?? (isNew === true ? {} : values)
    const changed = changedIn(base, entered, fields)
    try {
      return await send({ values: changed, version: expected, reason: reasonOf(entered) })
    } catch (error) {
      throw withReadableFaults(error, words, fieldAtPath(fields), () => title)
    }
  }
  const loadCurrent = (problem: Problem): Current<Values> => {
    refresh()
    const { current, currentVersion, changedBy, changedAt } = ChangedMeanwhile.parse(problem.detail)
    met.current.set(currentVersion, current)
    return {
      values: current,
      version: currentVersion,
      changedBy: changedBy ?? t('history.system'),
      changedAt,
    }
  }
  return {
    title,
    values,
    version,
    fields: fieldInfos(fields, words),
    namespace: 'households',
    faultPrefix: REQUEST_PLACE,
    onSave,
    loadCurrent,
    onDirty: setDirty,
  }
}
