import {
  PackArea,
  PackCardFields,
  PackEnumerations,
  PackFigures,
  PackInfo,
  PackPosts,
  PackPovertyLines,
  PackUnits,
} from '@tiejun/contract/platform/packs.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { basename } from 'node:path'
import { crossCheck } from './cross-checks.ts'
import { readCsv, readYaml } from './documents.ts'
import { PackError } from './problems.ts'

/** The files of a pack, each read and checked by itself. */
export function readPackFiles(dir: string) {
  return {
    info: readYaml(dir, 'pack.yaml', PackInfo),
    areas: readCsv(dir, 'areas.csv', PackArea),
    units: readYaml(dir, 'units.yaml', PackUnits),
    posts: readYaml(dir, 'posts.yaml', PackPosts),
    enumerations: readYaml(dir, 'enumerations.yaml', PackEnumerations),
    cardFields: readYaml(dir, 'card-fields.yaml', PackCardFields),
    povertyLines: readYaml(dir, 'poverty-lines.yaml', PackPovertyLines),
    figures: readYaml(dir, 'figures.yaml', PackFigures),
  }
}
export type PackFiles = ReturnType<typeof readPackFiles>

/** The pack, or undefined when a file has no usable content. */
function assemble(files: PackFiles): Pack | undefined {
  const { info, areas, units, posts, enumerations, cardFields, povertyLines, figures } = files
  if (!info.content || !areas.content || !units.content || !posts.content) return undefined
  if (!enumerations.content || !cardFields.content || !povertyLines.content || !figures.content)
    return undefined
  return {
    info: info.content,
    areas: areas.content,
    units: units.content.units,
    posts: posts.content.posts,
    enumerations: enumerations.content.enumerations,
    yesNo: enumerations.content.yesNo,
    fieldGroups: cardFields.content.groups,
    povertyLines: povertyLines.content.lines,
    figures: figures.content.figures,
  }
}

/**
 * The policy pack in this folder. Throws a PackError that names every problem of every file at once: wrong shapes and
 * what one file says of another (unknown units, enumerations, fields, actions, duplicate codes).
 */
export function loadPack(dir: string): Pack {
  const files = readPackFiles(dir)
  crossCheck(files)
  const pack = assemble(files)
  const problems = Object.values(files).flatMap((document) => document.problems)
  if (problems.length > 0 || !pack) throw new PackError(basename(dir), problems)
  return pack
}
