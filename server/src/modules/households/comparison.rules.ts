import type { CardDifference } from '@tiejun/contract/households/comparison.ts'
import type { CardEntity, CardSection } from '@tiejun/contract/households/fields.ts'
import { changesOf } from './changes.rules.ts'

/** A section of the card, or one row of a section, as it stood at one moment; values in the clear. */
export interface CardPart {
  entity: CardEntity
  section: CardSection
  rowId: string | null
  rowLabel: string | null
  values: Record<string, unknown>
}

/** Values as they may leave the server. */
export type Mask = (entity: CardEntity, values: Record<string, unknown>) => Record<string, unknown>

const keyOf = ({ section, rowId }: CardPart): string => `${section} ${rowId ?? ''}`
const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0)
const kindOf = (before: CardPart | undefined, after: CardPart | undefined): CardDifference['change'] => {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

function differenceOf(
  before: CardPart | undefined,
  after: CardPart | undefined,
  mask: Mask,
): CardDifference | undefined {
  const part = after ?? before
  if (!part) return undefined
  const { entity, section, rowId, rowLabel } = part
  const [earlier, later] = [before?.values ?? {}, after?.values ?? {}]
  const everything = { ...blank(earlier), ...later }
  const { names } = changesOf(earlier, everything)
  const [shownEarlier, shownLater] = [mask(entity, earlier), mask(entity, later)]
  const fields = names
    .map((name) => ({
      field: `${entity}.${name}`,
      before: shownEarlier[name] ?? null,
      after: shownLater[name] ?? null,
    }))
    // A birth date that is not shown has changed together with the number that tells it.
    .filter(({ before: one, after: other }) => !(isEmpty(one) && isEmpty(other)))
  const change = kindOf(before, after)
  if (change === 'changed' && fields.length === 0) return undefined
  return { section, rowId, rowLabel, change, fields }
}

const blank = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(values).map((name) => [name, null]))

/** What differs between a card at two moments, in the order of its parts; compared in the clear, shown masked. */
export function differencesOf(
  before: readonly CardPart[],
  after: readonly CardPart[],
  mask: Mask,
): CardDifference[] {
  const earlier = new Map(before.map((part) => [keyOf(part), part]))
  const later = new Map(after.map((part) => [keyOf(part), part]))
  const gone = before.filter((part) => !later.has(keyOf(part)))
  return [...after, ...gone].flatMap((part) => {
    const difference = differenceOf(earlier.get(keyOf(part)), later.get(keyOf(part)), mask)
    return difference ? [difference] : []
  })
}
