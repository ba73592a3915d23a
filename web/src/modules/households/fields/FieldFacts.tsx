import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { useUnmasking } from '../card/unmasking.tsx'
import type { FieldGroup } from './card-words.ts'
import { useCardWords } from './CardWordsProvider.tsx'
import type { Values } from './field-values.ts'

/** Whether the page shows the explanation of every field below its label. */
export const HintsContext = createContext(false)

interface FieldValueProps {
  field: CardFieldInfo
  value: unknown
  /** The member whose value it is, to find its clear one. */
  memberId?: string
}

function MaskedValueText({ field, value, memberId }: FieldValueProps) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const { mayUnmask, ask, clearValue } = useUnmasking()
  const clear = clearValue(field.key, memberId)
  const kind = field.masked
  return (
    <span className="hh-masked-value">
      <span className="tj-number">{clear ?? String(value)}</span>
      {mayUnmask && clear === undefined && kind !== null ? (
        <button
          type="button"
          className="tj-text-button hh-unmask"
          aria-label={t('unmask.show', { label: words.label(field) })}
          onClick={() => ask(kind)}
        >
          {t('unmask.look')}
        </button>
      ) : null}
    </span>
  )
}

/** One value as it reads: code in words, money in yuan, masked with a way to see it. */
export function FieldValue({ field, value, memberId }: FieldValueProps) {
  const { t } = useTranslation('ui')
  const words = useCardWords()
  const text = words.showWithUnit(field, value)
  if (text === '') return <span className="hh-missing">{t('notGiven')}</span>
  if (field.masked !== null) return <MaskedValueText field={field} value={value} memberId={memberId} />
  return field.type === 'text' ? text : <span className="tj-number">{text}</span>
}

const LONG_TEXT = 200

/** The birth date stands in the document number, so it is hidden with it (contract/src/standards/masks.ts). */
function BirthDate({ field, value, memberId }: FieldValueProps) {
  const { t } = useTranslation('households')
  const { clearValue } = useUnmasking()
  const clear = clearValue(field.key, memberId)
  if (clear !== undefined) return <span className="tj-number">{clear}</span>
  if (value === null) return <span className="hh-missing">{t('hiddenWithNumber')}</span>
  return <FieldValue field={field} value={value} memberId={memberId} />
}

interface FieldFactsProps {
  groups: readonly FieldGroup[]
  values: Values
  memberId?: string
  omit?: readonly string[]
}

/** Labels and values of a record, group by group, each label with its explanation. */
export function FieldFacts({ groups, values, memberId, omit }: FieldFactsProps) {
  const words = useCardWords()
  const isExplained = useContext(HintsContext)
  const hasNumber = typeof values['idNo'] === 'string'
  return groups.map((group) => (
    <section key={group.id} className="hh-group" aria-label={group.name}>
      {groups.length === 1 ? null : <h3>{group.name}</h3>}
      <dl className="tj-facts">
        {group.fields
          .filter((field) => omit?.includes(field.name) !== true)
          .map((field) => (
            <div key={field.key} className={(field.maxLength ?? 0) > LONG_TEXT ? 'tj-fact-wide' : undefined}>
              <dt title={words.hint(field)}>{words.label(field)}</dt>
              <dd>
                {field.key === 'member.birthOn' && hasNumber ? (
                  <BirthDate field={field} value={values[field.name]} memberId={memberId} />
                ) : (
                  <FieldValue field={field} value={values[field.name]} memberId={memberId} />
                )}
                {isExplained ? <span className="hh-hint">{words.hint(field)}</span> : null}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  ))
}
