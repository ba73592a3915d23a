import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { withoutSpaces } from '@tiejun/contract/standards/plain-text.ts'

/**
 * One spelling of a header or value as people type it: full-width forms become half-width (（ to (, Ａ to A), white
 * space goes, capitals become small. Two words that are the same in this spelling are the same word.
 */
export function plainWord(raw: string): string {
  return withoutSpaces(raw).toLowerCase()
}

/** The national code, with or without leading zero, alone or before the word as in "01 汉族" and "1-因病". */
function nationalSpellings(national: string, word: string): string[] {
  const codes = [national, national.replace(/^0+(?=\d)/, '')]
  return [
    ...codes,
    ...codes.flatMap((code) => ['', '-', '.', '、', ':', '_'].map((mark) => code + mark + word)),
  ]
}

/**
 * Turns what a cell says into a code of one enumeration: label, synonym or national code in any spelling; undefined
 * when the enumeration has no such value. Throws when the pack has no such enumeration, which the loader rules out.
 */
export function enumerationReader(pack: Pack, id: string): (raw: string) => string | undefined {
  const enumeration = pack.enumerations[id]
  if (!enumeration) throw new Error(`The pack has no enumeration ${id}`)
  const codes = new Map<string, string>()
  for (const { code, zh, synonyms, national } of enumeration.values) {
    for (const word of [zh, ...synonyms]) codes.set(plainWord(word), code)
    // A label or synonym goes before a national code: systems number the same values differently.
    for (const word of national === undefined ? [] : nationalSpellings(national, zh)) {
      if (!codes.has(plainWord(word))) codes.set(plainWord(word), code)
    }
  }
  return (raw) => codes.get(plainWord(raw))
}

/** Turns 是, Y, √, 否 … into true or false; undefined for anything else. */
export function yesNoReader(pack: Pack): (raw: string) => boolean | undefined {
  const yes = new Set(pack.yesNo.yes.map(plainWord))
  const no = new Set(pack.yesNo.no.map(plainWord))
  return (raw) => {
    const word = plainWord(raw)
    if (yes.has(word)) return true
    return no.has(word) ? false : undefined
  }
}

/** Whether a value was in force in a year: 五保贫困户 until 2016, 特困供养贫困户 from 2017. */
export function isInForce(
  value: { from?: number | undefined; until?: number | undefined },
  year: number,
): boolean {
  return (value.from ?? year) <= year && year <= (value.until ?? year)
}
