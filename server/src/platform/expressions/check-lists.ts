import type { ASTNode } from '@marcbachmann/cel-js'
import { checkCondition, type CheckContext, refuse, refuseName } from './check-context.ts'
import { isMoment, listNamed } from './check-names.ts'
import { familyOf, isNumber } from './operations.ts'
import { LIMITS } from './parse.ts'
import type { RowSet, RulePart } from './rule-tree.ts'

export type MethodCall = Extract<ASTNode, { op: 'rcall' }>

const QUANTIFIERS: Record<string, 'some' | 'every' | 'one'> = {
  exists: 'some',
  all: 'every',
  exists_one: 'one',
}
const TOTALS: Record<string, 'sum' | 'max' | 'min'> = { sum: 'sum', max: 'max', min: 'min' }

const spanOf = ({ start, end }: ASTNode) => ({ start, end })

/** Whether a part of the text stands for rows of a list and not for a value. */
const isRows = (tree: ASTNode, context: CheckContext): boolean =>
  (tree.op === 'id' && listNamed(tree.args, context) !== undefined) ||
  (tree.op === 'rcall' && (tree.args[0] === 'filter' || tree.args[0] === 'map'))

/** `members.exists(m, …)` and its like; 'not a list' when the call is about something else. */
export function checkListCall(tree: MethodCall, context: CheckContext): RulePart | 'not a list' | undefined {
  const [name, receiver, args] = tree.args
  const quantifier = Object.hasOwn(QUANTIFIERS, name) ? QUANTIFIERS[name] : undefined
  if (quantifier) return checkQuantifier(tree, quantifier, context)
  const total = Object.hasOwn(TOTALS, name) ? TOTALS[name] : undefined
  if (total) return checkTotal(tree, total, context)
  if (name === 'map' || name === 'filter') {
    const instead = name === 'map' ? 'map(…).sum()' : 'filter(…).size()'
    return refuse(context, tree, 'list_not_a_value', { name, instead })
  }
  if (name !== 'size' || !isRows(receiver, context)) return 'not a list'
  if (!hasArguments(tree, 'size', args, [0], context)) return undefined
  const rows = checkRows(receiver, context)
  return rows && { kind: 'count', type: 'integer', rows, at: spanOf(tree) }
}

function hasArguments(
  tree: ASTNode,
  name: string,
  args: readonly ASTNode[],
  counts: readonly number[],
  context: CheckContext,
): boolean {
  if (counts.includes(args.length)) return true
  const params = { name, expected: counts.join(', '), found: args.length }
  refuse(context, tree, 'wrong_argument_count', params)
  return false
}

function checkQuantifier(
  tree: MethodCall,
  kind: 'some' | 'every' | 'one',
  context: CheckContext,
): RulePart | undefined {
  const [name, receiver, args] = tree.args
  const rows = checkRows(receiver, context)
  const [variable, condition] = args
  if (!hasArguments(tree, name, args, [2], context) || !rows || !variable || !condition) return undefined
  const inner = withVariable(variable, rows, context)
  const where = inner && checkCondition(condition, inner)
  return where && { kind, type: 'boolean', rows, where, at: spanOf(tree) }
}

/** `members.map(m, m.monthlyWageFen).sum()`; the value of each row, added up. */
function checkTotal(
  tree: MethodCall,
  kind: 'sum' | 'max' | 'min',
  context: CheckContext,
): RulePart | undefined {
  const [name, receiver, args] = tree.args
  if (!hasArguments(tree, name, args, [0], context)) return undefined
  if (receiver.op !== 'rcall' || receiver.args[0] !== 'map') {
    const found = context.text.slice(receiver.start, receiver.end)
    return refuse(context, receiver, 'not_a_list', { found, instead: `members.map(m, …).${name}()` })
  }
  const [, listTree, mapArgs] = receiver.args
  if (!hasArguments(receiver, 'map', mapArgs, [2, 3], context)) return undefined
  const rows = checkRows(listTree, context)
  const [variable, first, second] = mapArgs
  if (!rows || !variable || !first) return undefined
  const inner = withVariable(variable, rows, context)
  if (!inner || (second && !addFilter(rows, first, inner))) return undefined
  const of = inner.check(second ?? first, inner)
  if (!of) return undefined
  const isFitting = isNumber(of.type) || (kind !== 'sum' && familyOf(of.type) === 'time')
  if (!isFitting) return refuse(context, of.at, 'wrong_type', { name, expected: 'integer', found: of.type })
  return {
    kind,
    type: kind === 'sum' && of.type === 'year' ? 'integer' : of.type,
    rows,
    of,
    at: spanOf(tree),
  }
}

/** A list, or a list with filters: `members.filter(m, …)`. */
function checkRows(tree: ASTNode, context: CheckContext): RowSet | undefined {
  if (tree.op === 'id') return checkListName(tree, context)
  if (tree.op === 'rcall' && tree.args[0] === 'filter') {
    const [, receiver, args] = tree.args
    const rows = checkRows(receiver, context)
    const [variable, condition] = args
    if (!hasArguments(tree, 'filter', args, [2], context) || !rows || !variable || !condition)
      return undefined
    const inner = withVariable(variable, rows, context)
    return inner && addFilter(rows, condition, inner) ? rows : undefined
  }
  const found = context.text.slice(tree.start, tree.end)
  return refuse(context, tree, 'not_a_list', { found })
}

function addFilter(rows: RowSet, tree: ASTNode, context: CheckContext): boolean {
  const condition = checkCondition(tree, context)
  if (condition) rows.filters.push(condition)
  return condition !== undefined
}

function checkListName(tree: Extract<ASTNode, { op: 'id' }>, context: CheckContext): RowSet | undefined {
  const name = tree.args
  const list = listNamed(name, context)
  if (!list) {
    const { model, variables } = context
    const isKnown = variables.has(name) || Object.hasOwn({ ...model.fields, ...model.records }, name)
    return isKnown ? refuse(context, tree, 'not_a_list', { found: name }) : refuseName(context, tree, name)
  }
  const depth = new Set(context.variables.values()).size
  if (depth >= LIMITS.nestedLists) {
    return refuse(context, tree, 'lists_nested_too_deep', { limit: LIMITS.nestedLists })
  }
  context.fields.add(name)
  return { id: context.newId(), name, list, variable: '', depth, filters: [], at: spanOf(tree) }
}

/** The context in which a name stands for one row. */
function withVariable(tree: ASTNode, rows: RowSet, context: CheckContext): CheckContext | undefined {
  if (tree.op !== 'id') return refuse(context, tree, 'variable_needed')
  const name = tree.args
  const { model, variables } = context
  const isTaken = Object.hasOwn({ ...model.fields, ...model.lists, ...model.records }, name)
  if (isTaken || isMoment(name) || variables.has(name)) {
    return refuse(context, tree, 'variable_taken', { name })
  }
  rows.variable = name
  return { ...context, variables: new Map([...variables, [name, rows]]) }
}
