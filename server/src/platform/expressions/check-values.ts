import type { ASTNode } from '@marcbachmann/cel-js'
import type { RuleValueType } from '@tiejun/contract/platform/expressions.ts'
import { type CheckContext, refuse } from './check-context.ts'
import { exactNumber, exactText, type ExactNumber } from './exact-numbers.rules.ts'
import type { RuleEnumeration } from './record-model.ts'
import type { LiteralPart, PartType, RulePart, Span, Value } from './rule-tree.ts'
import { didYouMean } from './suggest.rules.ts'

/** More than any money of a county, and few enough for every bigint and double. */
const WHOLE_DIGITS = 15
const FRACTION_DIGITS = 6

const literal = (at: Span, type: RuleValueType, value: Exclude<Value, null>): LiteralPart => ({
  kind: 'literal',
  type,
  value,
  at: { start: at.start, end: at.end },
})

/** A value written in the rule. */
export function checkLiteral(
  tree: Extract<ASTNode, { op: 'value' }>,
  context: CheckContext,
): LiteralPart | undefined {
  const { args: value } = tree
  if (value === null) return refuse(context, tree, 'null_not_allowed', { instead: 'has(…)' })
  if (typeof value === 'boolean') return literal(tree, 'boolean', value)
  if (typeof value === 'string') return checkText(tree, value, context)
  if (typeof value === 'bigint' || typeof value === 'number') return checkNumber(tree, value, context)
  const found = context.text.slice(tree.start, tree.end)
  return refuse(context, tree, 'not_allowed', { found })
}

function checkText(at: Span, value: string, context: CheckContext): LiteralPart | undefined {
  // PostgreSQL stores neither.
  if (value.includes('\0') || !value.isWellFormed()) return refuse(context, at, 'bad_text')
  return literal(at, 'text', value)
}

// The text itself is read, since a double would already have lost what was written.
function checkNumber(at: Span, value: bigint | number, context: CheckContext): LiteralPart | undefined {
  const written = context.text.slice(at.start, at.end)
  const number = exactNumber(typeof value === 'bigint' ? value.toString() : written)
  if (!number) return refuse(context, at, 'bad_number', { found: written })
  if (exactText({ ...number, scale: 0 }).length - number.scale > WHOLE_DIGITS) {
    return refuse(context, at, 'number_too_large', { found: written, limit: WHOLE_DIGITS })
  }
  if (number.scale > FRACTION_DIGITS) {
    return refuse(context, at, 'too_many_decimals', { found: written, limit: FRACTION_DIGITS })
  }
  return literal(at, number.scale > 0 ? 'decimal' : 'integer', number)
}

export const isLiteral = (part: RulePart, type: RuleValueType): part is LiteralPart =>
  part.kind === 'literal' && part.type === type

/** A literal as a value of the type it is compared with: a text as a code or an area, a number as money or a year. */
export function fitted(part: RulePart, to: PartType, context: CheckContext): RulePart | undefined {
  if (part.kind !== 'literal') return part
  if (part.type === 'integer' && (to.type === 'money' || to.type === 'year'))
    return { ...part, type: to.type }
  if (part.type !== 'text') return part
  if (to.enumeration) return fittedCode(part, to.enumeration, context)
  return to.type === 'area' ? fittedArea(part, context) : part
}

function fittedCode(
  part: LiteralPart,
  enumeration: RuleEnumeration,
  context: CheckContext,
): RulePart | undefined {
  const code = String(part.value)
  if (enumeration.values.some((value) => value.code === code)) {
    return { ...part, type: 'enumeration', enumeration }
  }
  const candidates = enumeration.values.map((value) => ({ name: value.code, words: [value.zh, value.en] }))
  const codes = enumeration.values.slice(0, 20).map((value) => value.code)
  return refuse(context, part.at, 'unknown_code', {
    name: code,
    expected: codes.join(', '),
    didYouMean: didYouMean(code, candidates),
  })
}

export function fittedArea(part: LiteralPart, context: CheckContext): LiteralPart | undefined {
  const code = String(part.value)
  if (/^[0-9]{12}$/.test(code)) return { ...part, type: 'area' }
  return refuse(context, part.at, 'bad_area', { found: code })
}

/** The one argument of a function that only takes a value written in the rule. */
function onlyLiteral(
  name: string,
  tree: Extract<ASTNode, { op: 'call' }>,
  context: CheckContext,
): RulePart | undefined {
  const [argument, ...more] = tree.args[1]
  if (!argument || more.length > 0) {
    return refuse(context, tree, 'wrong_argument_count', { name, expected: 1, found: tree.args[1].length })
  }
  const part = context.check(argument, context)
  if (!part || part.kind === 'literal') return part
  return refuse(context, argument, 'literal_needed', { name })
}

/** Functions that make a value of a type which CEL has no way of writing. */
export const CONSTRUCTORS: Record<
  string,
  (tree: Extract<ASTNode, { op: 'call' }>, context: CheckContext) => RulePart | undefined
> = {
  date: (tree, context) => {
    const part = onlyLiteral('date', tree, context)
    if (!part || !isLiteral(part, 'text')) return part && wrongLiteral(part, 'date', context)
    const found = String(part.value)
    return isDay(found) ? literal(tree, 'date', found) : refuse(context, part.at, 'bad_date', { found })
  },
  month: (tree, context) => {
    const part = onlyLiteral('month', tree, context)
    if (!part || !isLiteral(part, 'text')) return part && wrongLiteral(part, 'month', context)
    const found = String(part.value)
    const isMonth = /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(found)
    return isMonth ? literal(tree, 'month', found) : refuse(context, part.at, 'bad_month', { found })
  },
  yuan: (tree, context) => {
    const part = onlyLiteral('yuan', tree, context)
    if (!part || !(isLiteral(part, 'integer') || isLiteral(part, 'decimal'))) {
      return part && wrongLiteral(part, 'yuan', context)
    }
    // The checker made a number of every integer and decimal literal.
    const { units, scale } = part.value as ExactNumber
    if (scale > 2) return refuse(context, part.at, 'too_many_decimals', { limit: 2 })
    return literal(tree, 'money', { units: units * 10n ** BigInt(2 - scale), scale: 0 })
  },
}

function wrongLiteral(part: RulePart, name: string, context: CheckContext): undefined {
  const expected = name === 'yuan' ? 'decimal' : 'text'
  return refuse(context, part.at, 'wrong_type', { name, expected, found: part.type })
}

/** Whether a text is a day of the calendar; 2017-02-29 is none. */
function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text.startsWith('0000')) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
