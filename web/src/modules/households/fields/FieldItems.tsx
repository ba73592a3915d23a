import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormGrid } from '../../../ui/Facts.tsx'
import type { FieldGroup } from './card-words.ts'
import { useCardWords } from './CardWordsProvider.tsx'
import { FieldControl } from './FieldControl.tsx'
import { settledNames, Unreadable, type Values } from './field-values.ts'

/** Where the values of a record stand in the form: nothing, or e.g. ['members', 0]. */
export type Place = readonly (string | number)[]

const READABLE_FORMS: Partial<Record<CardFieldInfo['type'], string>> = {
  money: 'unreadable.money',
  decimal: 'unreadable.decimal',
  integer: 'unreadable.integer',
  year: 'unreadable.year',
  month: 'unreadable.month',
  date: 'unreadable.date',
}

function useRules(field: CardFieldInfo, label: string) {
  const { t } = useTranslation('households')
  const unreadable = t(READABLE_FORMS[field.type] ?? 'unreadable.decimal', { scale: field.scale ?? 2 })
  return [
    { required: field.required, message: t('ui:form.required', { label }) },
    {
      validator: (_: unknown, value: unknown) =>
        value instanceof Unreadable ? Promise.reject(new Error(unreadable)) : Promise.resolve(),
    },
  ]
}

interface FieldItemProps {
  field: CardFieldInfo
  place?: Place
}

/** Follows from the document number: shown, never chosen. Only these fields watch the rest of the record. */
function SettledItem({ field, place = [] }: FieldItemProps) {
  const record: unknown = Form.useWatch([...place])
  return (
    <PlainItem field={field} place={place} isSettled={settledNames(valuesOf(record)).includes(field.name)} />
  )
}

function PlainItem({ field, place = [], isSettled = false }: FieldItemProps & { isSettled?: boolean }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const label = words.label(field)
  const rules = useRules(field, label)
  const isLong = (field.maxLength ?? 0) > 200
  return (
    <Form.Item
      name={[...place, field.name]}
      label={label}
      rules={rules}
      className={`hh-field${isLong ? ' tj-fact-wide' : ''}`}
      extra={isSettled ? t('settled') : words.hint(field)}
      validateTrigger="onBlur"
    >
      <FieldControl field={field} disabled={isSettled} />
    </Form.Item>
  )
}

/** One labelled field; its hint is read out with it and appears while it has the focus. */
export function FieldItem(props: FieldItemProps) {
  return props.field.origin === 'settled' ? <SettledItem {...props} /> : <PlainItem {...props} />
}

const valuesOf = (record: unknown): Values =>
  typeof record === 'object' && record !== null ? { ...record } : {}

/** The typed fields of the groups, each group under its heading. */
export function FieldItems(props: {
  groups: readonly FieldGroup[]
  place?: Place
  omit?: readonly string[]
}) {
  const groups = props.groups
    .map((group) => ({
      ...group,
      fields: group.fields.filter(
        (field) => field.origin !== 'derived' && props.omit?.includes(field.name) !== true,
      ),
    }))
    .filter((group) => group.fields.length > 0)
  return groups.map((group) => (
    <fieldset key={group.id} className="hh-fieldset" aria-label={group.name}>
      {groups.length === 1 ? null : <legend>{group.name}</legend>}
      <FormGrid>
        {group.fields.map((field) => (
          <FieldItem key={field.key} field={field} place={props.place} />
        ))}
      </FormGrid>
    </fieldset>
  ))
}

/** Why it is changed, for the history of the card. */
export function ReasonItem() {
  const { t } = useTranslation('households')
  return (
    <Form.Item
      name="reason"
      label={t('reason.label')}
      extra={t('reason.hint')}
      className="hh-field hh-reason"
    >
      <Input maxLength={200} autoComplete="off" />
    </Form.Item>
  )
}
