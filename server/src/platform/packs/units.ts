import type { Pack, PackPost, UnitKind } from '@tiejun/contract/platform/packs.ts'

/** One unit of the county: listed in units.yaml, or following from a township or village area. */
export interface UnitOfPack {
  /** Code of units.yaml; for townships and villages the 12-digit area code. */
  code: string
  kind: UnitKind
  name: string
  /** As the office calls it; the name where there is no shorter one. */
  shortName: string
  /** Null for units without a parent among these. */
  parentCode: string | null
  /** The area the unit answers for: the county for every county unit. */
  areaCode: string
}

/** All units, parents before children: listed ones, then a unit per township, then a unit per village. */
export function listUnits(pack: Pack): UnitOfPack[] {
  const { countyCode } = pack.info
  const listed = pack.units.map(({ code, kind, name, shortName, parent }): UnitOfPack => {
    return {
      code,
      kind,
      name: name.zh,
      shortName: shortName ?? name.zh,
      parentCode: parent,
      areaCode: countyCode,
    }
  })
  const ofAreas = (level: 'township' | 'village') =>
    pack.areas.flatMap(({ code, name, level: own, parent_code }): UnitOfPack[] => {
      const parentCode = level === 'village' ? parent_code : null
      return own === level ? [{ code, kind: level, name, shortName: name, parentCode, areaCode: code }] : []
    })
  return [...parentsFirst(listed), ...ofAreas('township'), ...ofAreas('village')]
}

function parentsFirst(units: UnitOfPack[]): UnitOfPack[] {
  const depth = (unit: UnitOfPack): number => {
    const parent = units.find((other) => other.code === unit.parentCode)
    return parent ? depth(parent) + 1 : 0
  }
  return units.toSorted((one, other) => depth(one) - depth(other))
}

/** Whether this unit has this post. */
export function hasPost(unit: UnitOfPack, post: PackPost): boolean {
  return 'units' in post.at ? post.at.units.includes(unit.code) : post.at.each.includes(unit.kind)
}
