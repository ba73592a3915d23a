import { Modal } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { meansTheSame, valueAt, withValueAt } from './values.ts'

/** A field as the conflict dialog and the list of faults name it. */
export interface FieldInfo {
  /** Dotted path in the values. */
  path: string
  label: string
  /** How its value reads; absent = as text. */
  show?: (value: unknown) => ReactNode
}

export interface ConflictDialogProps<Values> {
  fields: readonly FieldInfo[]
  /** What both began with, what is saved now, what was entered here. */
  base: Values
  theirs: Values
  mine: Values
  /** Who saved theirs and when. */
  note?: string
  isSaving: boolean
  onSave: (merged: Values) => void
  onCancel: () => void
}

type Side = 'theirs' | 'mine'

/** A field that only one of the two changed is decided by that; one that both changed is left to the person. */
function likelySide<Values>(
  { base, theirs, mine }: ConflictDialogProps<Values>,
  path: string,
): Side | undefined {
  const original = valueAt(base, path)
  if (meansTheSame(original, valueAt(mine, path))) return 'theirs'
  return meansTheSame(original, valueAt(theirs, path)) ? 'mine' : undefined
}

const asText = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}

interface ChoiceProps {
  name: string
  label: string
  isChosen: boolean
  onChoose: () => void
  children: ReactNode
}

function Choice({ name, label, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <td className="tj-wrap">
      <label className="tj-conflict-choice">
        <input type="radio" name={name} aria-label={label} checked={isChosen} onChange={onChoose} />
        <span>{children}</span>
      </label>
    </td>
  )
}

/** Two people saved the same part: both versions side by side, chosen field by field, nothing overwritten unseen. */
export function ConflictDialog<Values>(props: ConflictDialogProps<Values>) {
  const { t } = useTranslation('ui')
  const id = useId()
  const { fields, theirs, mine } = props
  const differing = fields.filter(
    (field) => !meansTheSame(valueAt(theirs, field.path), valueAt(mine, field.path)),
  )
  const [chosen, setChosen] = useState<Record<string, Side>>({})
  const sideOf = (path: string) => chosen[path] ?? likelySide(props, path)
  const undecided = differing.filter((field) => sideOf(field.path) === undefined).length
  const merged = () =>
    fields.reduce<Values>(
      (values, { path }) =>
        sideOf(path) === 'theirs' ? withValueAt(values, path, valueAt(theirs, path)) : values,
      mine,
    )
  const choice = (field: FieldInfo, side: Side) => (
    <Choice
      name={`${id}-${field.path}`}
      label={`${field.label}: ${t(side === 'mine' ? 'conflict.useMine' : 'conflict.useTheirs')}`}
      isChosen={sideOf(field.path) === side}
      onChoose={() => setChosen({ ...chosen, [field.path]: side })}
    >
      {(field.show ?? asText)(valueAt(side === 'mine' ? mine : theirs, field.path))}
    </Choice>
  )
  return (
    <Modal
      open
      width={760}
      title={t('conflict.title')}
      okText={t('conflict.save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: undecided > 0, loading: props.isSaving }}
      onOk={() => props.onSave(merged())}
      onCancel={props.onCancel}
    >
      <p>{differing.length === 0 ? t('conflict.nothing') : t('conflict.text')}</p>
      {props.note === undefined ? null : <p className="tj-muted">{props.note}</p>}
      {differing.length === 0 ? null : (
        <div className="tj-table-box tj-conflict">
          <table className="tj-table">
            <thead>
              <tr>
                <th scope="col">{t('conflict.field')}</th>
                <th scope="col">{t('conflict.theirs')}</th>
                <th scope="col">{t('conflict.mine')}</th>
              </tr>
            </thead>
            <tbody>
              {differing.map((field) => (
                <tr key={field.path}>
                  <th scope="row">{field.label}</th>
                  {choice(field, 'theirs')}
                  {choice(field, 'mine')}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <output>{undecided > 0 ? t('conflict.undecided', { count: undecided }) : ''}</output>
    </Modal>
  )
}
