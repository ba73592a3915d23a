/** Repeatable chance: the same seed tells the same story (mulberry32, public domain, by Tommy Ettinger). */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number, both ends inclusive. */
  between(low: number, high: number): number
  /** True with this probability. */
  happens(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** One of the keys, by weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    weighted: (weights) => {
      // Object.entries forgets the keys; they are exactly those of `weights`.
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][]
      const all = entries.reduce((sum, [, weight]) => sum + weight, 0)
      let rest = next() * all
      for (const [key, weight] of entries) {
        rest -= weight
        if (rest < 0) return key
      }
      throw new RangeError('no weights')
    },
  }
}
