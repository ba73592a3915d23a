import type { CellFault } from './parsed-cell.rules.ts'
import { lookupKey } from './cell-text.rules.ts'

export interface AreaRow {
  code: string
  name: string
  level: string
  parentCode: string | null
}

export interface VillageFound {
  /** Undefined when it could not be told. */
  code?: string
  fault?: CellFault
  /** Which of the three cells is at fault. */
  at?: 'code' | 'village' | 'township'
}

/** People leave out what every village's or township's official name ends in. */
const villageKey = (name: string) =>
  lookupKey(name).replace(
    /(?:社区)?(?:村民委员会|居民委员会|居委会|村委会|村委|委员会)$|(?:社区|行政村|村)$/,
    '',
  )
const townshipKey = (name: string) =>
  lookupKey(name)
    .replace(/(?:人民政府)$/, '')
    .replace(/(?:街道办事处|街道办|办事处|街道|镇|乡)$/, '')

/** Finds the village a row is about, from a code or from names. Answers are kept: a county has few villages. */
export function villageFinder(
  areas: readonly AreaRow[],
): (code: string | null, township: string | null, village: string | null) => VillageFound {
  const townships = new Map(areas.filter(({ level }) => level === 'township').map((one) => [one.code, one]))
  const villages = areas.filter(({ level }) => level === 'village')
  const byCode = new Map(villages.map((one) => [one.code, one]))
  const townshipName = (one: AreaRow) => townships.get(one.parentCode ?? '')?.name ?? ''

  /** The official name wins over the shortened one, so that 新村 and 新村村民委员会 stay two. */
  const named = (village: string, among: readonly AreaRow[]) => {
    const exact = among.filter(({ name }) => lookupKey(name) === lookupKey(village))
    return exact.length > 0 ? exact : among.filter(({ name }) => villageKey(name) === villageKey(village))
  }

  const byName = (township: string | null, village: string): VillageFound => {
    const wanted = township === null ? null : townshipKey(township)
    if (wanted !== null && ![...townships.values()].some(({ name }) => townshipKey(name) === wanted))
      return { fault: { code: 'township_unknown', params: {} }, at: 'township' }
    const among = villages.filter((one) => wanted === null || townshipKey(townshipName(one)) === wanted)
    const found = named(village, among)
    if (found.length === 1 && found[0]) return { code: found[0].code }
    if (found.length > 1) {
      const where = found.map(townshipName)
      return { fault: { code: 'village_ambiguous', params: { townships: where } }, at: 'village' }
    }
    const elsewhere = named(village, villages).map(townshipName)
    return { fault: { code: 'village_unknown', params: { townships: elsewhere } }, at: 'village' }
  }

  const find = (code: string | null, township: string | null, village: string | null): VillageFound => {
    if (code === null && village === null)
      return { fault: { code: 'village_missing', params: {} }, at: 'village' }
    if (code === null) return byName(township, village ?? '')
    const known = byCode.get(lookupKey(code))
    if (!known) return { fault: { code: 'village_unknown', params: { townships: [] } }, at: 'code' }
    if (village !== null && named(village, [known]).length === 0) {
      const villageName = `${townshipName(known)}${known.name}`
      return { fault: { code: 'village_differs_from_code', params: { villageName } }, at: 'village' }
    }
    return { code: known.code }
  }

  const kept = new Map<string, VillageFound>()
  return (code, township, village) => {
    const key = `${code ?? ''}|${township ?? ''}|${village ?? ''}`
    let found = kept.get(key)
    if (!found) {
      found = find(code, township, village)
      kept.set(key, found)
    }
    return found
  }
}
