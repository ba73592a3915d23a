import type { SearchKind } from '@tiejun/contract/households/list.ts'
import { normaliseIdNumber } from '@tiejun/contract/standards/id-number.ts'

/** What somebody typed into the search box, and as what it is looked for. */
export interface SearchTerm {
  kind: SearchKind
  /** Normalised: half-width, no spaces, capital X. */
  text: string
}

const DOCUMENT_NUMBER = /^\d{17}[\dX]([1-7][1-4](B[1-9])?)?$/
const LAST_FOUR = /^\d{3}[\dX]$/
const NUMBER = /^[\dA-Z-]+$/

/** An ID or disability-card number by its shape, four characters as an ending, other digits as a number, else a name. */
export function readSearch(typed: string): SearchTerm {
  const compact = normaliseIdNumber(typed)
  if (DOCUMENT_NUMBER.test(compact)) return { kind: 'id_number', text: compact }
  if (LAST_FOUR.test(compact)) return { kind: 'last_four', text: compact }
  if (/\d/.test(compact) && NUMBER.test(compact)) return { kind: 'number', text: compact }
  return { kind: 'name', text: typed.normalize('NFKC').replace(/\s/g, '') }
}

/** The pieces of a name to look up: one or two characters as they are, longer ones as all their pairs. */
export function gramsOf(name: string): string[] {
  const characters = [...name]
  if (characters.length <= 2) return [name]
  return [...new Set(characters.slice(1).map((character, place) => `${characters[place] ?? ''}${character}`))]
}
