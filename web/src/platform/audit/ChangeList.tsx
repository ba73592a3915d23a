import type { AuditEntry } from '@tiejun/contract/platform/audit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditWords } from './audit-words.ts'
import type { FieldWords } from './field-words.ts'

/** What fits into a row before it must be asked for. */
const SHOWN_AT_FIRST = 3

/** Who reads out an entry: the platform's words and, where its module handed some in, those of the record. */
interface Reading {
  action: string
  words: AuditWords
  fieldWords: FieldWords | undefined
}

type Recorded = Record<string, unknown>

const isRecord = (value: unknown): value is Recorded =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

/** A row's own identifier says nothing to people beside what the row is called. */
const namesOf = (...sides: (Recorded | null)[]): string[] => {
  const names = [...new Set(sides.flatMap((side) => Object.keys(side ?? {})))]
  return names.includes('rowLabel') ? names.filter((name) => name !== 'rowId') : names
}

/** The rows of a record that changed together, each with its own fields. */
function Rows({ rows, reading }: { rows: Recorded[]; reading: Reading }) {
  return (
    <ul className="tj-changes">
      {rows.map((row, place) => (
        // Rows of one entry never move.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={place}>
          {namesOf(row).map((name) => (
            <span key={name}>
              {name === 'rowLabel' ? null : <FieldName name={name} reading={reading} />}{' '}
              <Value name={name} value={row[name]} reading={reading} />{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

interface ValueProps {
  name: string
  value: unknown
  reading: Reading
}

/** A value as people read it; what nobody can read out is shown as it was recorded. */
function Value({ name, value, reading }: ValueProps) {
  const { t } = useTranslation('ui')
  const { action, words, fieldWords } = reading
  if (isEmpty(value)) return '—'
  const worded = fieldWords?.show(name, value)
  if (worded !== undefined) return worded === '' ? '—' : worded
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (name === 'rowLabel') return fieldWords?.rowLabel(action, String(value)) ?? String(value)
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  // Lists of names tell which fields were seen or exported.
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.map((item) => fieldWords?.label(item) ?? words.wordOf('fields', item)).join(' · ')
  if (Array.isArray(value) && value.every(isRecord)) return <Rows rows={value} reading={reading} />
  return <code className="tj-mono">{JSON.stringify(value)}</code>
}

/** A field nobody words is shown as the code it is. */
function FieldName({ name, reading }: { name: string; reading: Reading }) {
  const worded = reading.fieldWords?.label(name) ?? reading.words.wordOf('fields', name)
  return worded === name ? (
    <code className="tj-mono tj-muted">{name}</code>
  ) : (
    <span className="tj-muted">{worded}</span>
  )
}

interface ChangeProps {
  name: string
  entry: AuditEntry
  reading: Reading
}

function Change({ name, entry, reading }: ChangeProps) {
  // Which row it was is told once: it did not change.
  const hasBefore = entry.before !== null && !(name === 'rowLabel' && !(name in entry.before))
  return (
    <li>
      <FieldName name={name} reading={reading} />{' '}
      {hasBefore ? (
        <>
          <del>
            <Value name={name} value={entry.before?.[name]} reading={reading} />
          </del>
          <span aria-hidden="true"> → </span>
        </>
      ) : null}
      <ins>
        <Value name={name} value={entry.after?.[name]} reading={reading} />
      </ins>
    </li>
  )
}

interface ChangeListProps {
  entry: AuditEntry
  words: AuditWords
  fieldWords?: FieldWords | undefined
}

/** The changed fields of an entry, each before → after. */
export function ChangeList({ entry, words, fieldWords }: ChangeListProps) {
  const { t } = useTranslation('audit')
  const [isUnfolded, setUnfolded] = useState(false)
  const names = namesOf(entry.before, entry.after)
  if (names.length === 0) return <span className="tj-muted">{t('noChange')}</span>
  const shown = isUnfolded ? names : names.slice(0, SHOWN_AT_FIRST)
  const reading = { action: entry.action, words, fieldWords }
  return (
    <>
      <ul className="tj-changes">
        {shown.map((name) => (
          <Change key={name} name={name} entry={entry} reading={reading} />
        ))}
      </ul>
      {names.length <= SHOWN_AT_FIRST ? null : (
        <button type="button" className="tj-text-button" onClick={() => setUnfolded(!isUnfolded)}>
          {isUnfolded ? t('fewer') : t('more', { count: names.length })}
        </button>
      )}
    </>
  )
}
