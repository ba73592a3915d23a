const FIRST_MS = 1_000
const LONGEST_MS = 10_000
const GROWTH = 1.5
/** Answers without news after which one asks less often. */
const PATIENCE = 3

/**
 * How long to wait before asking again for an import at work: a second while it moves, longer while it does not,
 * and longer while nobody answers.
 */
export function waitBeforeAsking(answersWithoutNews: number, failures: number): number {
  const excess = Math.max(0, answersWithoutNews - PATIENCE) + failures
  return Math.min(LONGEST_MS, Math.round(FIRST_MS * GROWTH ** Math.min(excess, 20)))
}
