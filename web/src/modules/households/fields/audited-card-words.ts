import type { QueryClient } from '@tanstack/react-query'
import { packCardEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { i18n } from 'i18next'
import { read } from '../../../api/index.ts'
import type { FieldWords } from '../../../platform/audit/field-words.ts'
import { loadConverter, wordsOptions } from './card-words-options.ts'
import { cardWords } from './card-words.ts'

/** The words of the card as the audit asks for them: fields by entity.name, values as they were recorded. */
export async function loadAuditedCardWords(queries: QueryClient, words: i18n): Promise<FieldWords> {
  const { language } = words
  const [fields, convert] = await Promise.all([
    queries.fetchQuery({ ...read(packCardEndpoints.cardFields), staleTime: Infinity }),
    loadConverter(language),
    words.loadNamespaces(['households', 'ui']),
  ])
  const card = cardWords(fields, wordsOptions(words.getFixedT(language, 'households'), language, convert))
  return {
    label: (key) => {
      const field = card.findField(key)
      return field === undefined ? undefined : card.label(field)
    },
    show: (key, value) => {
      const field = card.findField(key)
      return field === undefined ? undefined : card.showWithUnit(field, value)
    },
    // The audit calls a measure by the code of its kind (as the history does).
    rowLabel: (action, label) =>
      action.startsWith('household.measure_') ? card.codeLabel('measure_category', label) : label,
  }
}
