/** How many letters must be typed, left out or changed to make one word of the other; swapped neighbours count once. */
function distance(from: string, to: string): number {
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : changed
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[to.length] ?? 0
}

const plain = (word: string) => word.toLowerCase().replaceAll('_', '')

/** Something that can be meant, and other words people use for it. */
export interface Candidate {
  name: string
  words: readonly string[]
}

/** The name that was probably meant: the one called so in Chinese or English, else the one spelt nearly so. */
export function didYouMean(typed: string, candidates: readonly Candidate[]): string | undefined {
  const meant = plain(typed)
  const called = candidates.find(({ words }) => words.some((word) => plain(word) === meant))
  if (called) return called.name
  const most = Math.max(1, Math.floor(meant.length / 3))
  const near = candidates
    .map(({ name }) => ({ name, steps: distance(meant, plain(name)) }))
    .filter(({ steps }) => steps <= most)
    .sort((a, b) => a.steps - b.steps)
  return near[0]?.name
}
