import type { AuditEntry } from '@tiejun/contract/platform/audit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditWords } from './audit-words.ts'

/** What fits into a row before it must be asked for. */
const SHOWN_AT_FIRST = 3

/** A value as people read it; what is made of several parts is shown as the code it is. */
function Value({ value, words }: { value: unknown; words: AuditWords }) {
  const { t } = useTranslation('ui')
  if (value === undefined || value === null || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  // Lists of names tell which fields were seen or exported.
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.map((item) => words.wordOf('fields', item)).join(' · ')
  return <code className="tj-mono">{JSON.stringify(value)}</code>
}

/** A field nobody words is shown as the code it is. */
function FieldName({ name, words }: { name: string; words: AuditWords }) {
  const worded = words.wordOf('fields', name)
  return worded === name ? (
    <code className="tj-mono tj-muted">{name}</code>
  ) : (
    <span className="tj-muted">{worded}</span>
  )
}

/** The changed fields of an entry, each before → after. */
export function ChangeList({ entry, words }: { entry: AuditEntry; words: AuditWords }) {
  const { t } = useTranslation('audit')
  const [isUnfolded, setUnfolded] = useState(false)
  const names = [...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})])]
  if (names.length === 0) return <span className="tj-muted">{t('noChange')}</span>
  const shown = isUnfolded ? names : names.slice(0, SHOWN_AT_FIRST)
  return (
    <>
      <ul className="tj-changes">
        {shown.map((name) => (
          <li key={name}>
            <FieldName name={name} words={words} />{' '}
            {entry.before === null ? null : (
              <>
                <del>
                  <Value value={entry.before[name]} words={words} />
                </del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <ins>
              <Value value={entry.after?.[name]} words={words} />
            </ins>
          </li>
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
