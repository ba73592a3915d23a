import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { basename } from 'node:path'
import { crossCheck } from './cross-checks.ts'
import { readPackFiles } from './files.ts'
import type { PackFiles } from './files.ts'
import { PackError } from './problems.ts'

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
