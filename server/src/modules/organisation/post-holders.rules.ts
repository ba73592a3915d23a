import type { PostReach } from '@tiejun/contract/platform/packs.ts'

/** Both ends inclusive, 12-digit division codes. */
interface CodeRange {
  from: string
  to: string
}

/** One post a person holds today, with what its kind allows. */
export interface HeldPost {
  actions: string[]
  reach: PostReach
  /** The area of the post's unit and everything below it. */
  areaRange: CodeRange
  /** True when that area is the whole county. */
  isCounty: boolean
  /** For `area` the units of that area, for `unit` the unit and those under it; empty for `own`. */
  units: string[]
}

interface MergedGrant {
  action: string
  areas: CodeRange[]
  units: 'all' | string[]
  own: boolean
}

/** What the posts of one person allow together: every action once, with the reach of all posts that give it. */
export function mergeGrants(held: readonly HeldPost[]): MergedGrant[] {
  const grants = new Map<string, MergedGrant>()
  for (const post of held) {
    for (const action of post.actions) {
      const before = grants.get(action) ?? { action, areas: [], units: [], own: false }
      grants.set(action, withPost(before, post))
    }
  }
  return [...grants.values()]
}

function withPost(grant: MergedGrant, post: HeldPost): MergedGrant {
  const isEverywhere = grant.units === 'all' || (post.reach === 'area' && post.isCounty)
  return {
    action: grant.action,
    areas: post.reach === 'area' ? mergeRanges([...grant.areas, post.areaRange]) : grant.areas,
    units: isEverywhere || grant.units === 'all' ? 'all' : [...new Set([...grant.units, ...post.units])],
    own: grant.own || post.reach === 'own',
  }
}

/** Ranges without those that lie in another one: divisions either contain each other or are apart. */
function mergeRanges(ranges: CodeRange[]): CodeRange[] {
  const outermost: CodeRange[] = []
  for (const range of ranges.toSorted((a, b) => compare(a.from, b.from) || compare(b.to, a.to))) {
    const last = outermost.at(-1)
    if (!last || range.to > last.to) outermost.push(range)
  }
  return outermost
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
