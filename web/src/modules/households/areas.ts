import { useQuery } from '@tanstack/react-query'
import { areaEndpoints, type Area } from '@tiejun/contract/areas/endpoints.ts'
import { useMemo } from 'react'
import { read } from '../../api/index.ts'

/** A division with those below it, as far as the person reaches. */
export interface AreaNode {
  code: string
  name: string
  level: Area['level']
  children: AreaNode[]
}

/** The divisions within reach, each below its parent; a parent that is only on the way to them stays. */
export function areaTree(areas: readonly Area[]): AreaNode[] {
  const nodes = new Map<string, AreaNode>(
    areas.map(({ code, name, level }) => [code, { code, name, level, children: [] }]),
  )
  const roots: AreaNode[] = []
  for (const area of areas) {
    const node = nodes.get(area.code)
    if (node === undefined) continue
    const parent = area.parentCode === null ? undefined : nodes.get(area.parentCode)
    if (parent === undefined) roots.push(node)
    else parent.children.push(node)
  }
  const reached = new Set(areas.filter((area) => area.isWithinReach).map((area) => area.code))
  const prune = (list: AreaNode[]): AreaNode[] =>
    list
      .map((node) => ({ ...node, children: prune(node.children) }))
      .filter((node) => node.children.length > 0 || reached.has(node.code))
  return prune(roots)
}

const MINUTES_FRESH = 5

export function useAreaTree() {
  const query = useQuery({ ...read(areaEndpoints.tree), staleTime: MINUTES_FRESH * 60_000 })
  const tree = useMemo(
    () => (query.data === undefined ? undefined : areaTree(query.data.areas)),
    [query.data],
  )
  return { tree, isFailed: query.error !== null && query.data === undefined }
}
