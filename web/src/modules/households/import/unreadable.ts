import { useTranslation } from 'react-i18next'

export interface UnreadableWording {
  name: string
  todo: string
  /** Where in the file, when the reader knows. */
  place: string | undefined
}

/** Words why a file cannot be read, by the kind the server tells (WorkbookErrorKind). */
export function useUnreadableWording() {
  const { t, i18n } = useTranslation('import-unreadable')
  return (kind: unknown, params: Readonly<Record<string, unknown>> = {}): UnreadableWording => {
    const known = typeof kind === 'string' && i18n.exists(`import-unreadable:${kind}.name`)
    const key = known ? kind : 'unknown'
    const { sheet, row } = params
    const place =
      typeof sheet !== 'string' ? undefined : t(row === undefined ? 'placeSheet' : 'place', { sheet, row })
    return { name: t(`${key}.name`), todo: t(`${key}.todo`), place }
  }
}
