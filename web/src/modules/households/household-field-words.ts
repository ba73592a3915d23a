import type { FieldWordsSource } from '../../platform/audit/field-words.ts'

/** The fields of the household card for the audit; the words are fetched with the page that reads them. */
export const householdFieldWords: FieldWordsSource = {
  recordTypes: ['household', 'village_profile'],
  load: async (queries, words) =>
    (await import('./fields/audited-card-words.ts')).loadAuditedCardWords(queries, words),
}
