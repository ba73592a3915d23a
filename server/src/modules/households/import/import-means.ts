import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type pg from 'pg'
import type { HouseholdMeans } from '../means.ts'
import type { ImportVocabulary } from './import-fields.rules.ts'
import { vocabularyOf } from './import-fields.rules.ts'

/** What importing stands on. */
export interface ImportMeans extends Omit<HouseholdMeans, 'facts'> {
  pack: Pack
  vocabulary: ImportVocabulary
  /** Told about a check that failed for a reason nobody foresaw; gets no personal data. */
  onFailure(failure: { importId: string; name: string; stack: string }): void
}

export const IMPORT = 'households.import'

export const importMeans = (
  means: Omit<HouseholdMeans, 'facts'>,
  pack: Pack,
  onFailure: ImportMeans['onFailure'],
): ImportMeans => ({ ...means, pack, vocabulary: vocabularyOf(pack), onFailure })

/** How to reach the same database from another thread: the pool's settings without what cannot be copied. */
export function connectionOf(pool: pg.Pool): pg.PoolConfig {
  const { connectionString, host, port, user, password, database, options, ssl } = pool.options
  const given = { connectionString, host, port, user, password, database, options, ssl }
  // A password may be a function that asks for it; the products of this project give text.
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && typeof value !== 'function'),
  )
}
