import type { CellValue } from '../../../platform/workbooks/index.ts'
import { lookupKey } from './cell-text.rules.ts'
import { BLANK, fault, value } from './parsed-cell.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'

export interface Choice {
  code: string
  label: string
  synonyms: string[]
}

const withoutBrackets = (key: string) => key.replace(/\([^)]*\)/g, '')

/** Where each spelling leads; a spelling that two values could mean without their brackets leads nowhere. */
function wordsOf(choices: readonly Choice[]): Map<string, string> {
  const words = new Map<string, string>()
  for (const { code, label } of choices) words.set(lookupKey(label), code)
  for (const { code, synonyms } of choices)
    for (const word of synonyms) if (!words.has(lookupKey(word))) words.set(lookupKey(word), code)
  const short = new Map<string, string | null>()
  for (const { code, label } of choices) {
    const key = withoutBrackets(lookupKey(label))
    short.set(key, short.has(key) ? null : code)
  }
  for (const [key, code] of short) if (code !== null && key !== '' && !words.has(key)) words.set(key, code)
  return words
}

function textOf(cell: CellValue): string | ParsedCell {
  if (cell === null) return ''
  if (typeof cell === 'object')
    return cell.kind === 'error' ? fault('formula_error', { code: cell.code }) : cell.iso
  return String(cell)
}

/** Reads one value of an enumeration. */
export function choiceReader(id: string, choices: readonly Choice[]): (cell: CellValue) => ParsedCell {
  const words = wordsOf(choices)
  const labels = new Set(choices.map(({ label }) => label))
  return (cell) => {
    const text = textOf(cell)
    if (typeof text !== 'string') return text
    const key = lookupKey(text)
    if (key === '') return BLANK
    const code = words.get(key)
    if (code === undefined) return fault('unknown_value', { enumeration: id, ...suggestion(choices, key) })
    if (labels.has(text)) return value(code)
    return value(
      code,
      words.get(lookupKey(text.trim())) && labels.has(text.trim()) ? 'stray_spaces' : 'synonym',
    )
  }
}

/** The one value whose label contains the word, or is contained in it. */
function suggestion(choices: readonly Choice[], key: string): { suggestion?: string } {
  const near = choices.filter(({ label }) => {
    const own = lookupKey(label)
    return key.length > 1 && (own.includes(key) || key.includes(own))
  })
  return near.length === 1 && near[0] ? { suggestion: near[0].label } : {}
}

const SEPARATORS = /[、,，;；/|\n]+|\s+/

/** Reads several values of an enumeration, as a PostgreSQL array of codes. */
export function choicesReader(
  id: string,
  choices: readonly Choice[],
  maxItems: number,
): (cell: CellValue) => ParsedCell {
  const readOne = choiceReader(id, choices)
  return (cell) => {
    const text = textOf(cell)
    if (typeof text !== 'string') return text
    // A label may itself contain a separator, so the whole is tried first.
    const whole = readOne(cell)
    if (whole.fault === null) return whole === BLANK ? BLANK : value(`{${whole.text}}`, whole.kind)
    const parts = text.split(SEPARATORS).filter((part) => lookupKey(part) !== '')
    const read = parts.map((part) => readOne(part))
    const wrong = read.find((one) => one.fault !== null)
    if (wrong) return wrong
    const codes = read.map((one) => one.text)
    if (new Set(codes).size < codes.length) return fault('repeated_value')
    if (codes.length > maxItems) return fault('too_many_values', { maximum: maxItems })
    return value(`{${codes.join(',')}}`, read.find((one) => one.kind !== null)?.kind ?? null)
  }
}

/** 是/否 and the ways people write them; t or f for COPY. */
export function yesNoReader(yes: readonly string[], no: readonly string[]): (cell: CellValue) => ParsedCell {
  const words = new Map<string, string>()
  for (const word of yes) words.set(lookupKey(word), 't')
  for (const word of no) words.set(lookupKey(word), 'f')
  return (cell) => {
    const text = textOf(cell)
    if (typeof text !== 'string') return text
    const key = lookupKey(text)
    if (key === '') return BLANK
    const answer = words.get(key) ?? words.get(key.toUpperCase())
    if (answer === undefined) return fault('unknown_yes_no')
    return value(answer, cell === '是' || cell === '否' ? null : 'yes_no')
  }
}
