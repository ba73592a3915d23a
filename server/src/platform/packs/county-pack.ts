import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { join } from 'node:path'
import { loadPack } from './load.ts'

/** Folder of the pack this county works with. */
const COUNTY_PACK = join(import.meta.dirname, '../../../../packs/shangcai-2018')

let loaded: Pack | undefined

/** The pack of the county, read and checked once in a process. Throws a PackError that names every fault. */
export function countyPack(): Pack {
  loaded ??= loadPack(COUNTY_PACK)
  return loaded
}
