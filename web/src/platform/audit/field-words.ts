import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'

/** How a module calls the fields of its records, and reads out their values. */
export interface FieldWords {
  /** The label of a field as the audit names it; undefined for a field that is not of this module. */
  label: (field: string) => string | undefined
  /** Its value in words; undefined for a field that is not of this module. */
  show: (field: string, value: unknown) => string | undefined
  /** What people call a row of the record, where the audit keeps a code for it. */
  rowLabel: (action: string, label: string) => string
}

/**
 * What a module hands in so that its records can be read in the audit, which knows no module. Fetched when the page
 * is opened, and again in another language.
 */
export interface FieldWordsSource {
  recordTypes: readonly string[]
  load: (queries: QueryClient, words: i18n) => Promise<FieldWords>
}

/** Filled where the pages of all modules come together (routes.tsx). */
export const FieldWordsContext = createContext<readonly FieldWordsSource[]>([])

export type FieldWordsByRecord = ReadonlyMap<string, FieldWords>

const NONE: FieldWordsByRecord = new Map()

async function loadAll(sources: readonly FieldWordsSource[], queries: QueryClient, words: i18n) {
  const loaded = await Promise.all(
    sources.map(async ({ recordTypes, load }) => {
      const found = await load(queries, words)
      return recordTypes.map((type) => [type, found] as const)
    }),
  )
  return new Map(loaded.flat())
}

/** The words of every module by kind of record; empty until they are there, or when they cannot be had. */
export function useFieldWords(): FieldWordsByRecord {
  const sources = useContext(FieldWordsContext)
  const queries = useQueryClient()
  const { i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['audit-field-words', i18n.language],
    queryFn: () => loadAll(sources, queries, i18n),
    staleTime: Infinity,
  })
  return query.data ?? NONE
}
