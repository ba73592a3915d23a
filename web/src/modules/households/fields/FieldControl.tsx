import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { AreaSelect } from '../AreaSelect.tsx'
import { useCardWords } from './CardWordsProvider.tsx'
import { codecOf } from './field-values.ts'
import { MaskedControl } from './MaskedControl.tsx'
import { TypedInput } from './TypedInput.tsx'

/** What Ant Design's Form.Item hands to its control. */
export interface ControlProps {
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  disabled?: boolean
  'aria-describedby'?: string
}

type FieldControlProps = ControlProps & { field: CardFieldInfo }

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Longer texts get room to be read while they are written. */
const LONG_TEXT = 200

function TextControl({ field, value, onChange, ...control }: FieldControlProps) {
  const common = {
    ...control,
    value: textOf(value),
    maxLength: field.maxLength ?? undefined,
    autoComplete: 'off',
  }
  return (field.maxLength ?? 0) > LONG_TEXT ? (
    <Input.TextArea
      {...common}
      autoSize={{ minRows: 2, maxRows: 6 }}
      onChange={(event) => onChange?.(event.target.value)}
    />
  ) : (
    <Input {...common} onChange={(event) => onChange?.(event.target.value)} />
  )
}

const useChoices = (field: CardFieldInfo) => {
  const { t } = useTranslation('ui')
  const words = useCardWords()
  if (field.type !== 'boolean') return words.options(field.enumeration ?? '')
  return [
    { value: 'true', label: t('yes') },
    { value: 'false', label: t('no') },
  ]
}

function ChoiceControl({ field, value, onChange, ...control }: FieldControlProps) {
  const { t } = useTranslation('households')
  const options = useChoices(field)
  const common = {
    ...control,
    options,
    allowClear: !field.required,
    placeholder: t('choose'),
    showSearch: options.length > 8 && { optionFilterProp: 'label' },
    popupMatchSelectWidth: false,
    style: { width: '100%' },
  }
  if (field.type === 'enumerations') {
    return (
      <Select
        {...common}
        mode="multiple"
        maxCount={field.maxItems ?? undefined}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(codes: string[]) => onChange?.(codes)}
      />
    )
  }
  const isBoolean = field.type === 'boolean'
  const chosen = value === null || value === undefined ? undefined : String(value)
  return (
    <Select
      {...common}
      value={chosen}
      onChange={(code: string | undefined) =>
        onChange?.(code === undefined ? null : isBoolean ? code === 'true' : code)
      }
    />
  )
}

const EXAMPLES: Partial<Record<CardFieldInfo['type'], string>> = { month: '2016-05', date: '2016-05-01' }

function NumberControl({ field, value, onChange, ...control }: FieldControlProps) {
  const words = useCardWords()
  const codec = codecOf(field)
  if (codec === undefined) return null
  return (
    <TypedInput
      {...control}
      codec={codec}
      value={value}
      onChange={onChange}
      inputMode={EXAMPLES[field.type] === undefined ? 'decimal' : 'text'}
      placeholder={EXAMPLES[field.type]}
      suffix={words.unit(field) || undefined}
    />
  )
}

/** The control of one field of the card, by its type. */
export function FieldControl({ field, ...control }: FieldControlProps) {
  if (field.masked !== null) return <MaskedControl {...control} maxLength={field.maxLength ?? undefined} />
  if (field.key === 'household.villageCode') return <AreaSelect {...control} isVillage />
  switch (field.type) {
    case 'text':
      return <TextControl field={field} {...control} />
    case 'boolean':
    case 'enumeration':
    case 'enumerations':
      return <ChoiceControl field={field} {...control} />
    case 'date':
    case 'year':
    case 'month':
    case 'integer':
    case 'money':
    case 'decimal':
      return <NumberControl field={field} {...control} />
  }
}
