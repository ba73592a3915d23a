import type { ImportPreviewRow } from '@tiejun/contract/households/import.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardWords } from '../fields/card-words.ts'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { fieldName } from './problem-words.ts'

type Change = ImportPreviewRow['changes'][number]

/** What fits into a row before it must be asked for. */
const SHOWN_AT_FIRST = 4

function shownValue(words: CardWords, key: string, value: Change['before']): string {
  const field = words.findField(key)
  return field === undefined ? String(value ?? '') : words.showWithUnit(field, value)
}

function Side({ kind, text }: { kind: 'before' | 'after'; text: string }) {
  const { t } = useTranslation('import')
  // Nothing is not struck out.
  const Mark = text === '' ? 'span' : kind === 'before' ? 'del' : 'ins'
  return (
    <Mark className={text === '' ? 'tj-muted' : undefined}>
      <span className="tj-visually-hidden">{t(`preview.${kind}`)} </span>
      {text === '' ? t('preview.blank') : text}
    </Mark>
  )
}

/** Field by field: before → after. */
export function PreviewChanges({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation('import')
  const words = useCardWords()
  const [isUnfolded, setUnfolded] = useState(false)
  const shown = isUnfolded ? changes : changes.slice(0, SHOWN_AT_FIRST)
  const hidden = changes.length - SHOWN_AT_FIRST
  return (
    <>
      <ul className="tj-changes">
        {shown.map(({ field, before, after }) => (
          <li key={field}>
            <span className="tj-muted">{fieldName(words, field)}</span>{' '}
            <Side kind="before" text={shownValue(words, field, before)} />
            <span aria-hidden="true"> → </span>
            <Side kind="after" text={shownValue(words, field, after)} />
          </li>
        ))}
      </ul>
      {hidden <= 0 ? null : (
        <button
          type="button"
          className="tj-text-button"
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? t('preview.fewer') : t('preview.more', { number: hidden })}
        </button>
      )}
    </>
  )
}
