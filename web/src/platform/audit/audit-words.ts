import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isKnownNamespace } from '../i18n/i18n.ts'

type Kind = 'actions' | 'records' | 'fields'

export interface AuditWords {
  /** The words for a code; the code itself when nobody words it. */
  wordOf: (kind: Kind, code: string) => string
  /** Every code that is worded, to choose from. */
  codesOf: (kind: Kind) => string[]
}

/** `{ household: { created: '…' } }` → `household.created` */
function codesIn(group: unknown, prefix = ''): string[] {
  if (typeof group !== 'object' || group === null) return []
  return Object.entries(group).flatMap(([name, value]) =>
    typeof value === 'string' ? [prefix + name] : codesIn(value, `${prefix}${name}.`),
  )
}

/**
 * Words for what stands in the audit: of an action, a kind of record, a field. The platform's own stand in
 * audit.messages under `words`, a module's in its messages under `audit` (`audit.actions.household.section_edited`,
 * `audit.records.household`, `audit.fields.headName`).
 */
export function useAuditWords(): AuditWords {
  const shell = useTranslation('shell')
  const modules = shell.t('modules', { returnObjects: true })
  const namespaces = (typeof modules === 'object' ? Object.keys(modules) : []).filter(isKnownNamespace)
  const { t, i18n } = useTranslation(['audit', ...namespaces])
  const { language } = i18n
  return useMemo(
    () => {
      const places = [['audit', 'words'], ...namespaces.map((name) => [name, 'audit'])] as [string, string][]
      return {
        wordOf: (kind, code) => {
          const known = places
            .map(([namespace, group]) => `${namespace}:${group}.${kind}.${code}`)
            .find((key) => i18n.exists(key))
          return known === undefined ? code : t(known)
        },
        codesOf: (kind) =>
          places.flatMap(([namespace, group]) =>
            codesIn(i18n.getResource(language, namespace, `${group}.${kind}`)),
          ),
      }
    },
    // The list is made anew on every render, from a list that only the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n, language],
  )
}
