import type { CardEntity } from '@tiejun/contract/households/fields.ts'

/** Fields that differ, before and after. */
export interface Changes {
  names: string[]
  before: Record<string, unknown>
  after: Record<string, unknown>
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What the values asked for change of those that stand; a field not mentioned stays as it is. */
export function changesOf(standing: Record<string, unknown>, asked: Record<string, unknown>): Changes {
  const names = Object.keys(asked).filter(
    (name) => asked[name] !== undefined && !isSame(standing[name], asked[name]),
  )
  return { names, before: pick(standing, names), after: pick(asked, names) }
}

const pick = (values: Record<string, unknown>, names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? null]))

/** A browser that hands back what it was shown masked has not changed the value. */
export function withoutMasked(
  standing: Record<string, unknown>,
  asked: Record<string, unknown>,
  mask: (name: string, value: unknown) => unknown,
): Record<string, unknown> {
  const kept = Object.entries(asked).filter(([name, value]) => {
    const shown = mask(name, standing[name])
    return !(typeof value === 'string' && shown !== standing[name] && shown === value)
  })
  return Object.fromEntries(kept)
}

/** Names as they stand in the audit and the history: entity.name. */
export const keyed = (entity: CardEntity, values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${entity}.${name}`, value]))
