import type { RuleProblem, RuleProblemCode } from '@tiejun/contract/platform/expressions.ts'
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { type Candidate, didYouMean } from './suggest.rules.ts'
import type { Span } from './rule-tree.ts'

/** How large a rule may be. A rule people write has some ten parts; the limits keep the cost of any other bounded. */
export const LIMITS = { characters: 4000, parts: 400, depth: 40, listElements: 200, nestedLists: 2 } as const

// Only its parser is used: what a part means, and which types fit, is ours (see README.md).
const cel = new Environment({
  limits: {
    maxAstNodes: LIMITS.parts,
    maxDepth: LIMITS.depth,
    maxListElements: LIMITS.listElements,
    maxMapEntries: 1,
    maxCallArguments: 8,
  },
})

/** A problem at a stretch of the text; `params` fill its wording. */
export function problemAt(
  text: string,
  { start, end }: Span,
  code: RuleProblemCode,
  params: Record<string, string | number | undefined> = {},
): RuleProblem {
  const filled = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return { code, ...placeOf(text, { start, end }), params: Object.fromEntries(filled) }
}

/** Line and column from 1, in characters as people count them. */
export function placeOf(text: string, { start, end }: Span) {
  const lines = text.slice(0, start).split('\n')
  return {
    line: lines.length,
    column: Array.from(lines.at(-1) ?? '').length + 1,
    length: Array.from(text.slice(start, end)).length,
  }
}

/** Reads the text of a rule, or tells why it cannot be read. `names` are what a Chinese word may stand for. */
export function parseRule(
  text: string,
  names: readonly Candidate[],
): { tree: ASTNode } | { problem: RuleProblem } {
  const everything = { start: 0, end: text.length }
  if (text.trim() === '') return { problem: problemAt(text, everything, 'empty') }
  if (text.length > LIMITS.characters) {
    const tail = { start: LIMITS.characters, end: text.length }
    return { problem: problemAt(text, tail, 'too_long', { limit: LIMITS.characters }) }
  }
  try {
    return { tree: cel.parse(text).ast }
  } catch (error) {
    if (error instanceof ParseError) return { problem: problemOf(text, error, names) }
    throw error
  }
}

/** Signs that Chinese input methods put in the place of these. */
const FULL_WIDTH: Record<string, string> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '。': '.',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '！': '!',
  '：': ':',
  '？': '?',
  '＋': '+',
  '－': '-',
  '×': '*',
  '÷': '/',
  '＆': '&',
  '｜': '|',
  '【': '[',
  '】': ']',
  '\u3000': ' ',
}

/** How the operators are called elsewhere. */
const OTHER_SPELLINGS: Record<string, string> = {
  and: '&&',
  or: '||',
  not: '!',
  '&': '&&',
  '|': '||',
  '=': '==',
  '<>': '!=',
  且: '&&',
  或: '||',
  非: '!',
}

const SYNTAX_CODES: Record<string, RuleProblemCode> = {
  unterminated_string: 'unfinished_text',
  unterminated_triple_quoted_string: 'unfinished_text',
  newline_in_string: 'unfinished_text',
  invalid_number: 'bad_number',
  invalid_integer: 'bad_number',
  invalid_hex_integer: 'bad_number',
  invalid_exponent: 'bad_number',
  reserved_identifier: 'reserved_word',
  invalid_macro_argument: 'variable_needed',
}

function problemOf(text: string, error: ParseError, names: readonly Candidate[]): RuleProblem {
  const span = { start: error.range?.start ?? text.length, end: error.range?.end ?? text.length }
  const found = text.slice(span.start, span.end)
  if (error.code === 'limit_exceeded') return limitProblem(text, span, error.summary)
  const code = SYNTAX_CODES[error.code]
  if (code) return problemAt(text, span, code, { found, name: found })
  if (/escape|surrogate/.test(error.code)) return problemAt(text, span, 'bad_escape', { found })
  return spellingProblem(text, span.start, names) ?? unexpected(text, span)
}

function limitProblem(text: string, span: Span, summary: string): RuleProblem {
  if (summary.includes('maxDepth')) return problemAt(text, span, 'too_deep', { limit: LIMITS.depth })
  return problemAt(text, span, 'too_many_parts', { limit: LIMITS.parts })
}

const unexpected = (text: string, span: Span): RuleProblem =>
  text.slice(span.start).trim() === ''
    ? problemAt(text, { start: text.length, end: text.length }, 'unfinished')
    : problemAt(text, span, 'unexpected_text', { found: text.slice(span.start, span.end) })

/** Signs and words that have another spelling in a rule, which is what stands behind most unreadable rules. */
function spellingProblem(text: string, start: number, names: readonly Candidate[]): RuleProblem | undefined {
  const rest = text.slice(start)
  const spanOf = (found: string) => ({ start, end: start + found.length })
  const [sign = ''] = rest
  const halfWidth = FULL_WIDTH[sign]
  if (halfWidth)
    return problemAt(text, spanOf(sign), 'full_width_character', { found: sign, instead: halfWidth })
  const [word = ''] = /^(?:<>|[=&|]|[A-Za-z]+|\p{Script=Han}+)/u.exec(rest) ?? []
  const instead = OTHER_SPELLINGS[word.toLowerCase()]
  // "<>" is read as two operators, of which the second is the one that does not fit.
  if (sign === '>' && text[start - 1] === '<') {
    const span = { start: start - 1, end: start + 1 }
    return problemAt(text, span, 'operator_spelling', { found: '<>', instead: '!=' })
  }
  if (instead) return problemAt(text, spanOf(word), 'operator_spelling', { found: word, instead })
  if (!/^\p{Script=Han}/u.test(word)) return undefined
  return problemAt(text, spanOf(word), 'unknown_name', { name: word, didYouMean: didYouMean(word, names) })
}
