/** Both ends inclusive, 12-digit division codes. */
interface CodeRange {
  from: string
  to: string
}

/** Whether somebody who reaches these ranges sees records in a division, all or some: it lies in one or contains one. */
export const isWithinReach = (area: CodeRange, reach: readonly CodeRange[], reachesOwn: boolean): boolean =>
  reachesOwn || reach.some((range) => range.from <= area.to && area.from <= range.to)
