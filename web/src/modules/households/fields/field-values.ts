import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { parseDay } from '../../../ui/day.ts'
import { meansTheSame } from '../../../ui/form/values.ts'

/** Values of a section or row by field name, as the API has them. */
export type Values = Readonly<Record<string, unknown>>

/** Full-width digits and points become plain ones; spaces and thousands commas go. */
const plain = (text: string) => text.normalize('NFKC').replace(/[\s,]/g, '')

/**
 * Yuan as typed to whole fen: `1,234.5` → 123450. By digits, never by floating point, so that nothing is rounded.
 * Undefined when it is no amount of money.
 */
export function parseYuan(text: string): number | undefined {
  const match = /^(-?)(\d{1,13})(?:\.(\d{0,2}))?元?$/.exec(plain(text))
  if (match === null) return undefined
  const fen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' && fen !== 0 ? -fen : fen
}

/** Fen as one types them: `1234.50`, and `1234` when there are none. */
export function printYuan(fen: number): string {
  const size = Math.abs(fen)
  const rest = size % 100
  const yuan = String(Math.trunc(size / 100))
  return `${fen < 0 ? '-' : ''}${yuan}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`
}

/** A number with at most `scale` digits after the point; more are refused, because rounding would change them. */
export function parseDecimal(text: string, scale: number): number | undefined {
  const typed = plain(text)
  const match = /^-?\d{1,12}(?:\.(\d*))?$/.exec(typed)
  return match === null || (match[1] ?? '').length > scale ? undefined : Number(typed)
}

/** 2015-05, 201505, 2015.5, 2015年5月 → 2015-05. */
export function parseMonth(text: string): string | undefined {
  const match = /^(\d{4})(?:[-./年](\d{1,2})|(\d{2}))月?$/.exec(plain(text))
  const month = Number(match?.[2] ?? match?.[3])
  if (match === null || !(month >= 1 && month <= 12)) return undefined
  return `${match[1]}-${String(month).padStart(2, '0')}`
}

export function parseYear(text: string): number | undefined {
  const match = /^(\d{4})年?$/.exec(plain(text))
  return match === null ? undefined : Number(match[1])
}

/** Typed text that is not a value of its field: kept as typed, so that it can be put right. */
export class Unreadable {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** How the value of a typed field is read from text and written as text. */
export interface Codec {
  parse: (text: string) => unknown
  print: (value: unknown) => string
}

const printPlain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** Days are typed: a clerk copies them from paper, and the browsers' own calendars speak the language of the system. */
export const DAY_CODEC: Codec = { parse: parseDay, print: printPlain }

/** The codec of the fields one types; undefined for those one chooses. */
export function codecOf(field: Pick<CardFieldInfo, 'type' | 'scale'>): Codec | undefined {
  switch (field.type) {
    case 'money':
      return {
        parse: parseYuan,
        print: (value) => (typeof value === 'number' ? printYuan(value) : ''),
      }
    case 'decimal':
      return { parse: (text) => parseDecimal(text, field.scale ?? 2), print: printPlain }
    case 'integer':
      return { parse: (text) => parseDecimal(text, 0), print: printPlain }
    case 'year':
      return { parse: parseYear, print: printPlain }
    case 'month':
      return { parse: parseMonth, print: printPlain }
    case 'date':
      return DAY_CODEC
    case 'text':
    case 'boolean':
    case 'enumeration':
    case 'enumerations':
      return undefined
  }
}

const emptied = (value: unknown) => (value === '' || value === undefined ? null : value)

/** What was changed among the named fields; an emptied field is null, an unchanged one is left out. */
export function changesFrom(base: Values, values: Values, names: readonly string[]): Record<string, unknown> {
  const changed = names.filter((name) => !isSame(base[name], values[name]))
  return Object.fromEntries(changed.map((name) => [name, emptied(values[name])]))
}

const listOf = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? null : value)

const isSame = (one: unknown, other: unknown) => meansTheSame(listOf(one), listOf(other))

/** What was entered for a new record: only what has a value. */
export function enteredAmong(values: Values, names: readonly string[]): Record<string, unknown> {
  return changesFrom({}, values, names)
}

/** GB 11643 and the disability card tell sex and birth date, the latter also type and grade of the disability. */
const SETTLED_BY: Readonly<Record<string, readonly string[]>> = {
  resident_id: ['sex', 'birthOn'],
  disability_card: ['sex', 'birthOn', 'disabilityType', 'disabilityGrade'],
}

/** The fields that follow from the document of this member and are therefore not entered. */
export function settledNames({ idType, idNo }: Values): readonly string[] {
  const hasNumber = typeof idNo === 'string' && idNo !== ''
  return hasNumber ? (SETTLED_BY[String(idType)] ?? []) : []
}
