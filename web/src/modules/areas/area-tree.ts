import type { Area } from '@tiejun/contract/areas/endpoints.ts'

/** One line of the tree as it is shown now. */
export interface TreeLine {
  area: Area
  /** 0 for the county. */
  depth: number
  /** Undefined when nothing lies below. */
  isOpen?: boolean
  /** Villages below, counted whether shown or not. */
  villages: number
  /** The name of the area above, where the line is found by a search: two villages may share a name. */
  parentName?: string
}

const matches = (area: Area, text: string): boolean => area.name.includes(text) || area.code.startsWith(text)

/** The lines to show: townships with their villages where opened; in a search whatever matches, with what is above it. */
export function linesOf(areas: readonly Area[], open: ReadonlySet<string>, search: string): TreeLine[] {
  const byCode = new Map(areas.map((area) => [area.code, area]))
  const children = new Map<string, Area[]>()
  for (const area of areas) {
    if (area.parentCode !== null)
      children.set(area.parentCode, [...(children.get(area.parentCode) ?? []), area])
  }
  const depthOf = (area: Area): number => {
    const parent = area.parentCode === null ? undefined : byCode.get(area.parentCode)
    return parent === undefined ? 0 : depthOf(parent) + 1
  }
  const found = (area: Area): boolean =>
    matches(area, search) || (children.get(area.code) ?? []).some((below) => found(below))
  const isShown = (area: Area): boolean =>
    search === '' ? area.level !== 'village' || open.has(area.parentCode ?? '') : found(area)

  return areas.filter(isShown).map((area) => {
    const below = children.get(area.code) ?? []
    return {
      area,
      depth: depthOf(area),
      villages:
        area.level === 'county'
          ? areas.filter((one) => one.level === 'village').length
          : below.filter((one) => one.level === 'village').length,
      ...(area.level === 'township' && below.length > 0 && search === '' && { isOpen: open.has(area.code) }),
      ...(search !== '' &&
        area.level === 'village' && { parentName: byCode.get(area.parentCode ?? '')?.name }),
    }
  })
}

/** How many areas themselves match a search, those above them not counted. */
export const countFound = (areas: readonly Area[], search: string): number =>
  areas.filter((area) => matches(area, search)).length
