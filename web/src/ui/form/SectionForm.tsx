import { useMutation } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldProblem, Problem } from '@tiejun/contract/platform/errors.ts'
import { problemOf } from '../../api/index.ts'
import { FaultBox } from '../FaultBox.tsx'
import { formatInstant } from '../format.ts'
import { Icon } from '../Icon.tsx'
import { useNotices } from '../Notices.tsx'
import { useFieldWording } from '../problem-wording.ts'
import { ConflictDialog, type FieldInfo } from './ConflictDialog.tsx'
import { useSaveShortcut } from './save-shortcut.ts'
import { UnsavedGuard } from './UnsavedGuard.tsx'
import { useShowFaults } from './form-faults.ts'
import { meansTheSame } from './values.ts'

/** The version of a record or section that an edit began with; sent back with the edit. Null: not there yet. */
export type Version = string | number | null

/** A section as somebody else has just saved it. */
export interface Current<Values> {
  values: Values
  version: Version
  /** Who saved it, as shown to people. */
  changedBy?: string | null
  changedAt?: string
}

/** What editing needs, in a section of a page or in a drawer. */
export interface RecordEditorProps<Values extends object> {
  title: string
  /** What the server has. */
  values: Values
  version: Version
  /** The fields: Ant Design `Form.Item`s named as in `values`. */
  children: ReactNode
  /** Label and reading of every field, for the conflict dialog and for faults. */
  fields: readonly FieldInfo[]
  /** Module whose messages word the codes of field faults (`fields.<code>`). */
  namespace?: string
  /** Where `values` stand in the request body, e.g. `housing.`; taken off the paths of faults. */
  faultPrefix?: string
  /** Sends the edit. Throws ProblemError; `changed_meanwhile` opens the conflict dialog. */
  onSave: (values: Values, version: Version) => Promise<unknown>
  /** What is saved now, for the conflict dialog; the refusal may say it in its `detail`. */
  loadCurrent: (problem: Problem) => Current<Values> | Promise<Current<Values>>
  /** Told when there is unsaved work and when there is none any more. */
  onDirty?: (isDirty: boolean) => void
}

export interface SectionFormProps<Values extends object> extends RecordEditorProps<Values> {
  /** How the section reads while nobody edits it. */
  view: ReactNode
  /** From the record's allowedActions. */
  mayEdit: boolean
  /** Beside the title: who changed it last. */
  extra?: ReactNode
  /** Opens the section for editing at once. */
  isEditingAtFirst?: boolean
  /** Given when the page decides which section is edited, so that it is one at a time. */
  isEditing?: boolean
  onEditing?: (isEditing: boolean) => void
}

/** A section of a card: reads as facts, is edited in place, saved on its own, and never overwrites silently. */
export function SectionForm<Values extends object>(props: SectionFormProps<Values>) {
  const { t } = useTranslation('ui')
  const [isOpened, setOpened] = useState(props.isEditingAtFirst === true && props.mayEdit)
  const isEditing = props.isEditing ?? isOpened
  const setEditing = props.onEditing ?? setOpened
  const label = t('editSection', { section: props.title })
  return (
    <section className="tj-card" aria-label={props.title}>
      <div className="tj-card-header">
        <h2>{props.title}</h2>
        {props.extra}
        {props.mayEdit && !isEditing ? (
          <Button
            size="small"
            icon={<Icon name="edit" size={14} />}
            aria-label={label}
            onClick={() => setEditing(true)}
          >
            {t('edit')}
          </Button>
        ) : null}
      </div>
      <div className="tj-card-body">
        {isEditing ? <RecordEditor {...props} onClose={() => setEditing(false)} /> : props.view}
      </div>
    </section>
  )
}

interface Conflict<Values> {
  theirs: Current<Values>
  mine: Values
}

/** Saves, and when somebody else saved meanwhile, fetches what they saved so that the person can decide. */
function useSave<Values extends object>(props: RecordEditorProps<Values>, onSaved: () => void) {
  const [conflict, setConflict] = useState<Conflict<Values>>()
  const save = useMutation({
    mutationFn: ({ values, version }: { values: Values; version: Version }) => props.onSave(values, version),
    onSuccess: () => {
      setConflict(undefined)
      onSaved()
    },
    onError: async (error, { values }) => {
      const problem = problemOf(error)
      const isConflict = problem?.code === 'changed_meanwhile'
      setConflict(isConflict ? { theirs: await props.loadCurrent(problem), mine: values } : undefined)
    },
  })
  return { save, conflict, dismiss: () => setConflict(undefined) }
}

/** The faults that belong to no field of this form, named by their path. */
function OtherFaults({ faults, namespace }: { faults: readonly FieldProblem[]; namespace?: string }) {
  const { t } = useTranslation('ui')
  const wordFault = useFieldWording(namespace)
  if (faults.length === 0) return null
  return (
    <ul className="tj-field-fault" role="alert">
      {faults.map((fault) => (
        <li key={`${fault.path}:${fault.code}`}>
          {t('form.otherFault', { path: fault.path, text: wordFault(fault) })}
        </li>
      ))}
    </ul>
  )
}

function useFaults<Values extends object>(props: RecordEditorProps<Values>, error: unknown) {
  const prefix = props.faultPrefix ?? ''
  const faults = (problemOf(error)?.fields ?? []).map((fault) => ({
    ...fault,
    path: fault.path.startsWith(prefix) ? fault.path.slice(prefix.length) : fault.path,
  }))
  const known = new Set(props.fields.map((field) => field.path))
  return {
    ofFields: faults.filter((fault) => known.has(fault.path)),
    others: faults.filter((fault) => !known.has(fault.path)),
  }
}

/** Told outside, so that closing a drawer or switching sections can ask first. */
function useTellDirty(isDirty: boolean, onDirty: ((isDirty: boolean) => void) | undefined) {
  useEffect(() => {
    onDirty?.(isDirty)
    return () => onDirty?.(false)
  }, [isDirty, onDirty])
}

/** The form of one record: saves with the version it began with, shows faults at their fields, guards unsaved work. */
export function RecordEditor<Values extends object>(
  props: RecordEditorProps<Values> & { onClose: () => void },
) {
  const { t } = useTranslation('ui')
  const notices = useNotices()
  const wordFault = useFieldWording(props.namespace)
  const [form] = Form.useForm()
  // What this edit began with; a refetch in the background must not move it.
  const [begun] = useState({ values: props.values, version: props.version })
  const [isDirty, setDirty] = useState(false)
  useTellDirty(isDirty, props.onDirty)
  const { save, conflict, dismiss } = useSave(props, () => {
    setDirty(false)
    notices.done(`${props.title}：${t('form.saved')}`)
    props.onClose()
  })
  const faults = useFaults(props, save.error)
  const noteOf = ({ changedBy, changedAt }: Current<Values>) =>
    changedBy && changedAt ? t('conflict.note', { name: changedBy, at: formatInstant(changedAt) }) : undefined
  const entered = (): Values => ({ ...begun.values, ...form.getFieldsValue(true) })

  const submit = async () => {
    if (save.isPending) return
    const isValid = await form.validateFields().then(
      () => true,
      () => false,
    )
    if (isValid) save.mutate({ values: entered(), version: begun.version })
  }
  useSaveShortcut(true, () => void submit())
  const shownFaults = new Map(faults.ofFields.map((fault) => [fault.path, wordFault(fault)]))
  useShowFaults(form, shownFaults, save.failureReason)

  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={begun.values}
      onValuesChange={() => setDirty(!meansTheSame(entered(), begun.values))}
      onFinish={() => void submit()}
      scrollToFirstError
    >
      <UnsavedGuard isDirty={isDirty} />
      {save.error === null || conflict !== undefined ? null : <FaultBox error={save.error} />}
      <OtherFaults faults={faults.others} namespace={props.namespace} />
      {props.children}
      <div className="tj-row">
        <Button
          type="primary"
          onClick={() => void submit()}
          loading={save.isPending}
          title={t('form.shortcut')}
        >
          {save.isPending ? t('saving') : t('save')}
        </Button>
        <Button onClick={props.onClose} disabled={save.isPending}>
          {isDirty ? t('form.discard') : t('cancel')}
        </Button>
      </div>
      {conflict === undefined ? null : (
        <ConflictDialog
          fields={props.fields}
          base={begun.values}
          theirs={conflict.theirs.values}
          note={noteOf(conflict.theirs)}
          mine={conflict.mine}
          isSaving={save.isPending}
          onSave={(merged) => save.mutate({ values: merged, version: conflict.theirs.version })}
          onCancel={dismiss}
        />
      )}
    </Form>
  )
}
