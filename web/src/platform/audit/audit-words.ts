import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isKnownNamespace } from '../i18n/i18n.ts'

type Kind = 'actions' | 'records' | 'fields'

/**
 * Words for what stands in the audit: of an action, a kind of record, a field. The platform's own stand in
 * audit.messages under `words`, a module's in its messages under `audit` (`audit.actions.household.section_edited`,
 * `audit.records.household`, `audit.fields.headName`). What nobody words is shown as it was recorded.
 */
export function useAuditWords(): (kind: Kind, code: string) => string {
  const shell = useTranslation('shell')
  const modules = shell.t('modules', { returnObjects: true })
  const namespaces = (typeof modules === 'object' ? Object.keys(modules) : []).filter(isKnownNamespace)
  const { t, i18n } = useTranslation(['audit', ...namespaces])
  return useCallback(
    (kind, code) => {
      const keys = [
        `audit:words.${kind}.${code}`,
        ...namespaces.map((name) => `${name}:audit.${kind}.${code}`),
      ]
      const known = keys.find((key) => i18n.exists(key))
      return known === undefined ? code : t(known)
    },
    // The list is made anew on every render, from a list that only the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n],
  )
}
