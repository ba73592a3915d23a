import type { AuditEntry } from '@tiejun/contract/platform/audit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { useAuditWords } from './audit-words.ts'

/** What fits into a row before it must be asked for. */
const SHOWN_AT_FIRST = 3

const asText = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

type Word = ReturnType<typeof useAuditWords>

/** A field nobody words is shown as the code it is. */
function FieldName({ name, word }: { name: string; word: Word }) {
  const words = word('fields', name)
  return words === name ? (
    <code className="tj-mono tj-muted">{name}</code>
  ) : (
    <span className="tj-muted">{words}</span>
  )
}

/** The changed fields of an entry, each before → after. */
export function ChangeList({ entry, word }: { entry: AuditEntry; word: Word }) {
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
            <FieldName name={name} word={word} />{' '}
            {entry.before === null ? null : (
              <>
                <del>{asText(entry.before[name])}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <ins>{asText(entry.after?.[name])}</ins>
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
