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
import { readCsv, readYaml } from './documents.ts'

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
