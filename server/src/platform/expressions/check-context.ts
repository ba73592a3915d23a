import type { ASTNode } from '@marcbachmann/cel-js'
import type { RuleProblem, RuleProblemCode } from '@tiejun/contract/platform/expressions.ts'
import { FUNCTIONS, METHODS } from './operations.ts'
import { problemAt } from './parse.ts'
import type { RecordModel } from './record-model.ts'
import { MOMENT_TYPES, type RowSet, type RulePart, type Span } from './rule-tree.ts'
import { type Candidate, didYouMean } from './suggest.rules.ts'

/** What checking a rule carries along: the model, the names in scope, and the problems found so far. */
export interface CheckContext {
  model: RecordModel
  text: string
  /** Names of rows in scope. */
  variables: ReadonlyMap<string, RowSet>
  problems: RuleProblem[]
  /** Fields read, as `exitYear` or `members.birthOn`. */
  fields: Set<string>
  newId(): number
  /** The checked part; undefined when it has a problem, which is then in `problems`. */
  check(tree: ASTNode, context: CheckContext): RulePart | undefined
}

type Params = Record<string, string | number | undefined>

/** Notes a problem and gives undefined, which is what a part with a problem is. */
export function refuse(context: CheckContext, at: Span, code: RuleProblemCode, params?: Params): undefined {
  context.problems.push(problemAt(context.text, at, code, params))
}

/** Names that stand by themselves, for "did you mean". */
export function topNames(model: RecordModel): Candidate[] {
  const named = Object.entries({ ...model.fields, ...model.lists, ...model.records })
  const years = Object.values(model.lists).flatMap(({ byYear, label }) =>
    byYear ? [{ name: byYear.name, words: [label.zh, label.en] }] : [],
  )
  return [
    ...named.map(([name, { label }]) => ({ name, words: [label.zh, label.en] })),
    ...years,
    ...Object.keys(MOMENT_TYPES).map((name) => ({ name, words: [] })),
  ]
}

export function refuseName(context: CheckContext, at: Span, name: string): undefined {
  const variables = [...context.variables.keys()].map((variable) => ({ name: variable, words: [] }))
  const meant = didYouMean(name, [...variables, ...topNames(context.model)])
  return refuse(context, at, 'unknown_name', { name, didYouMean: meant })
}

/** What CEL or SQL know and rules do not, and what to write in its place. */
const OTHER_FUNCTIONS: Record<string, string> = {
  matches: 'startsWith(…), endsWith(…), contains(…)',
  timestamp: 'date("2016-01-01")',
  duration: 'days(…)',
  getFullYear: 'yearOf(…)',
  getMonth: 'monthOf(…)',
  now: 'today',
  any: 'exists(…)',
  some: 'exists(…)',
  every: 'all(…)',
  count: 'size()',
  length: 'size()',
  exists_unique: 'exists_one(…)',
  isNull: '!has(…)',
}

/** Every function and method, for "did you mean". */
const LIST_METHODS = ['exists', 'all', 'exists_one', 'filter', 'map', 'sum', 'max', 'min']
const FUNCTION_NAMES = Object.keys({ ...FUNCTIONS, ...METHODS }).concat(
  ['has', 'date', 'month', 'yuan', 'within'],
  LIST_METHODS,
)

export function refuseFunction(context: CheckContext, at: Span, name: string): undefined {
  const instead = Object.hasOwn(OTHER_FUNCTIONS, name) ? OTHER_FUNCTIONS[name] : undefined
  if (instead) return refuse(context, at, 'not_allowed', { found: name, instead })
  const years = Object.values(context.model.lists).flatMap(({ byYear }) => byYear?.name ?? [])
  const candidates = [...FUNCTION_NAMES, ...years].map((known) => ({ name: known, words: [] }))
  return refuse(context, at, 'unknown_function', { name, didYouMean: didYouMean(name, candidates) })
}

/** Several checked parts, or undefined when one of them has a problem; all are checked, so that all problems are told. */
export function checkAll(trees: readonly ASTNode[], context: CheckContext): RulePart[] | undefined {
  const parts = trees.flatMap((tree) => context.check(tree, context) ?? [])
  return parts.length === trees.length ? parts : undefined
}

/** A checked part that is a condition. */
export function checkCondition(tree: ASTNode, context: CheckContext): RulePart | undefined {
  const part = context.check(tree, context)
  if (!part || part.type === 'boolean') return part
  return refuse(context, tree, 'not_a_condition', { found: part.type })
}
