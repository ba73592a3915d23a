import type { Pack, PackField } from '@tiejun/contract/platform/packs.ts'
import type { TelephoneArea } from '@tiejun/contract/standards/phone.ts'

/** Limits a pack sets for one field; money in fen. */
export interface FieldLimits {
  required: boolean
  minimum?: number
  maximum?: number
}

/** What the rules of the card need of the pack, looked up instead of searched. */
export interface PackFacts {
  hasValue(enumeration: string, code: string): boolean
  labelOf(enumeration: string, code: string): string
  limitsOf(key: string): FieldLimits | undefined
  fieldOf(key: string): PackField | undefined
  telephone: TelephoneArea
  /** Line the province worked with in a year, fen per head. */
  povertyLineFen(year: number): number | null
}

const FEN_IN_YUAN = 100
const isMoney = (key: string): boolean => key.endsWith('Fen')
const inUnit = (key: string, value: number | undefined): number | undefined =>
  value === undefined || !isMoney(key) ? value : value * FEN_IN_YUAN

/** Prepares the pack once, when the module is made. */
export function packFacts(pack: Pack): PackFacts {
  const fields = new Map(pack.fieldGroups.flatMap((group) => group.fields).map((one) => [one.field, one]))
  const labels = new Map(
    Object.entries(pack.enumerations).map(([id, { values }]) => [
      id,
      new Map(values.map(({ code, zh }) => [code, zh])),
    ]),
  )
  const lines = new Map(pack.povertyLines.map((line) => [line.year, line.workingYuan * FEN_IN_YUAN]))
  return {
    hasValue: (enumeration, code) => labels.get(enumeration)?.has(code) ?? false,
    labelOf: (enumeration, code) => labels.get(enumeration)?.get(code) ?? code,
    limitsOf: (key) => {
      const field = fields.get(key)
      if (!field) return undefined
      const { required, min, max } = field
      return { required, minimum: inUnit(key, min), maximum: inUnit(key, max) }
    },
    fieldOf: (key) => fields.get(key),
    telephone: pack.info.telephone,
    povertyLineFen: (year) => lines.get(year) ?? null,
  }
}
