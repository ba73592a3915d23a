import type { ASTNode, BinaryOperator } from '@marcbachmann/cel-js'
import type { RuleValueType } from '@tiejun/contract/platform/expressions.ts'
import { areaRangeOf } from '../permissions/actor.ts'
import { checkAll, checkCondition, type CheckContext, refuse } from './check-context.ts'
import type { MethodCall } from './check-lists.ts'
import { fitted, fittedArea, isLiteral } from './check-values.ts'
import { negate, type ExactNumber } from './exact-numbers.rules.ts'
import { arithmetic, comparison, familyOf, isNumber, NEGATION, type Overload, WITHIN } from './operations.ts'
import type { LiteralPart, RulePart, Span } from './rule-tree.ts'

type Binary = Extract<ASTNode, { op: BinaryOperator }>

const spanOf = ({ start, end }: ASTNode) => ({ start, end })

/** `a && b && c` is one part with three, however it is bracketed. */
export function checkJoined(
  tree: Extract<ASTNode, { op: '&&' | '||' }>,
  context: CheckContext,
): RulePart | undefined {
  const trees = operands(tree, tree.op)
  const parts = trees.flatMap((operand) => checkCondition(operand, context) ?? [])
  if (parts.length < trees.length) return undefined
  return { kind: tree.op === '&&' ? 'all' : 'any', type: 'boolean', parts, at: spanOf(tree) }
}

const operands = (tree: ASTNode, operator: '&&' | '||'): ASTNode[] =>
  tree.op === operator ? tree.args.flatMap((operand) => operands(operand, operator)) : [tree]

export function checkNot(tree: Extract<ASTNode, { op: '!_' }>, context: CheckContext): RulePart | undefined {
  const of = checkCondition(tree.args, context)
  return of && { kind: 'not', type: 'boolean', of, at: spanOf(tree) }
}

export function checkChoice(
  tree: Extract<ASTNode, { op: '?:' }>,
  context: CheckContext,
): RulePart | undefined {
  const [conditionTree, thenTree, otherwiseTree] = tree.args
  const condition = checkCondition(conditionTree, context)
  const branches = checkAll([thenTree, otherwiseTree], context)
  if (!condition || !branches) return undefined
  const pair = fittedPair(branches, context)
  if (!pair) return undefined
  const [whenTrue, whenFalse] = pair
  if (!areAlike(whenTrue, whenFalse) || whenTrue.type === 'enumerations') {
    return refuseComparison(tree, '? :', whenTrue, whenFalse, context)
  }
  const type = isNumber(whenTrue.type) ? widest(whenTrue.type, whenFalse.type) : whenTrue.type
  const { enumeration } = whenTrue
  return { kind: 'choice', type, enumeration, condition, whenTrue, whenFalse, at: spanOf(tree) }
}

/** Both sides of an operator, literals taken for values of the other side's type. */
function fittedPair(
  [left, right]: readonly RulePart[],
  context: CheckContext,
): readonly [RulePart, RulePart] | undefined {
  if (!left || !right) return undefined
  const fittedLeft = fitted(left, right, context)
  const fittedRight = fitted(right, left, context)
  return fittedLeft && fittedRight && [fittedLeft, fittedRight]
}

function areAlike(left: RulePart, right: RulePart): boolean {
  if (isNumber(left.type) && isNumber(right.type)) return true
  return left.type === right.type && left.enumeration?.id === right.enumeration?.id
}

const WRITTEN_AS: Partial<Record<RuleValueType, string>> = {
  date: 'date("2016-01-01")',
  month: 'month("2016-01")',
  enumerations: '"…" in …',
}

function refuseComparison(
  at: Span,
  operator: string,
  left: RulePart,
  right: RulePart,
  context: CheckContext,
): undefined {
  if (
    left.enumeration &&
    right.enumeration &&
    left.type === right.type &&
    left.enumeration.id !== right.enumeration.id
  ) {
    return refuse(context, at, 'different_enumerations', {
      left: left.enumeration.id,
      right: right.enumeration.id,
    })
  }
  const instead = WRITTEN_AS[left.type] ?? WRITTEN_AS[right.type]
  return refuse(context, at, 'not_comparable', { operator, left: left.type, right: right.type, instead })
}

export function checkComparison(tree: Binary, context: CheckContext): RulePart | undefined {
  const parts = checkAll(tree.args, context)
  const pair = parts && fittedPair(parts, context)
  if (!pair) return undefined
  const [left, right] = pair
  const operation = areAlike(left, right) ? comparison(tree.op, left.type) : undefined
  if (!operation) return refuseComparison(tree, tree.op, left, right, context)
  return { kind: 'operation', type: 'boolean', operation, args: [left, right], at: spanOf(tree) }
}

/** The type that two numbers make together. */
function widest(left: RuleValueType, right: RuleValueType): RuleValueType {
  const types = [left, right]
  if (types.includes('decimal')) return 'decimal'
  if (types.includes('money')) return 'money'
  return left === right ? left : 'integer'
}

/** What a number is after arithmetic; it only decides how the number is worded, and whether `/` keeps decimals. */
function resultOf(operator: string, left: RuleValueType, right: RuleValueType): RuleValueType {
  if (left === 'year' && right === 'integer' && (operator === '+' || operator === '-')) return 'year'
  if (left === 'year' && right === 'year') return 'integer'
  if (left === 'money' && right === 'money' && operator === '/') return 'integer'
  return widest(left, right)
}

export function checkArithmetic(tree: Binary, context: CheckContext): RulePart | undefined {
  const [left, right] = checkAll(tree.args, context) ?? []
  if (!left || !right) return undefined
  const wrong = [left, right].find((part) => !isNumber(part.type))
  if (wrong) {
    return refuse(context, wrong.at, 'wrong_type', { name: tree.op, expected: 'integer', found: wrong.type })
  }
  const isWhole = left.type !== 'decimal' && right.type !== 'decimal'
  const operation = arithmetic(tree.op, isWhole)
  if (!operation) return refuse(context, tree, 'not_allowed', { found: tree.op })
  const type = resultOf(tree.op, left.type, right.type)
  return { kind: 'operation', type, operation, args: [left, right], at: spanOf(tree) }
}

export function checkNegation(
  tree: Extract<ASTNode, { op: '-_' }>,
  context: CheckContext,
): RulePart | undefined {
  const of = context.check(tree.args, context)
  if (!of) return undefined
  if (!isNumber(of.type)) {
    return refuse(context, of.at, 'wrong_type', { name: '-', expected: 'integer', found: of.type })
  }
  if (of.kind === 'literal') return { ...of, value: negate(of.value as ExactNumber), at: spanOf(tree) }
  return { kind: 'operation', type: of.type, operation: NEGATION, args: [of], at: spanOf(tree) }
}

/** `x in ["a", "b"]` with values written in the rule, or `"a" in codes`. */
export function checkIn(tree: Binary, context: CheckContext): RulePart | undefined {
  const [leftTree, rightTree] = tree.args
  if (rightTree.op === 'list') return checkInList(tree, leftTree, rightTree.args, context)
  const [left, right] = checkAll([leftTree, rightTree], context) ?? []
  if (!left || !right) return undefined
  if (right.type !== 'enumerations' || right.kind !== 'field') {
    return refuse(context, right.at, 'wrong_type', {
      name: 'in',
      expected: 'enumerations',
      found: right.type,
    })
  }
  const { enumeration } = right
  const of = fitted(left, { type: 'enumeration', enumeration }, context)
  if (!of) return undefined
  if (!areAlike(of, { ...right, type: 'enumeration' }))
    return refuseComparison(tree, 'in', of, right, context)
  return { kind: 'among', type: 'boolean', of, values: right, at: spanOf(tree) }
}

function checkInList(
  tree: Binary,
  leftTree: ASTNode,
  trees: readonly ASTNode[],
  context: CheckContext,
): RulePart | undefined {
  const of = context.check(leftTree, context)
  const checked = checkAll(trees, context)
  if (!of || !checked) return undefined
  if (checked.length === 0) return refuse(context, tree, 'empty_list')
  const values = checked.flatMap((part) => checkListElement(of, part, context) ?? [])
  if (values.length < checked.length) return undefined
  return { kind: 'among', type: 'boolean', of, values, at: spanOf(tree) }
}

function checkListElement(of: RulePart, part: RulePart, context: CheckContext): LiteralPart | undefined {
  if (part.kind !== 'literal') return refuse(context, part.at, 'literal_needed', { name: 'in' })
  const value = fitted(part, of, context)
  if (value?.kind !== 'literal') return undefined
  const isComparable = areAlike(of, value) && familyOf(of.type) !== undefined
  return isComparable ? value : refuseComparison(part.at, 'in', of, value, context)
}

/** A call of one of the functions in the table; `implied` are arguments that the rule need not write. */
export function checkCall(
  tree: ASTNode,
  name: string,
  overloads: readonly Overload[],
  trees: readonly ASTNode[],
  context: CheckContext,
  implied: readonly RulePart[] = [],
): RulePart | undefined {
  const expected = (overloads[0]?.params.length ?? 0) - implied.length
  if (trees.length !== expected) {
    return refuse(context, tree, 'wrong_argument_count', { name, expected, found: trees.length })
  }
  const written = checkAll(trees, context)
  if (!written) return undefined
  const args = [...written, ...implied]
  const fitting = overloads.find(({ params }) => params.every((type, index) => args[index]?.type === type))
  if (fitting) {
    const { operation, result } = fitting
    return { kind: 'operation', type: result, operation, args, at: spanOf(tree) }
  }
  const wrongIndex = args.findIndex(
    (arg, index) => !overloads.some(({ params }) => params[index] === arg.type),
  )
  const wrong = args[Math.max(wrongIndex, 0)]
  const types = overloads.map(({ params }) => params[Math.max(wrongIndex, 0)]).join(', ')
  return refuse(context, wrong?.at ?? tree, 'wrong_type', { name, expected: types, found: wrong?.type })
}

/** `area.within("411722101000")`: that division or anything below it. */
export function checkWithin(tree: MethodCall, context: CheckContext): RulePart | undefined {
  const [name, receiver, args] = tree.args
  if (args.length !== 1) {
    return refuse(context, tree, 'wrong_argument_count', { name, expected: 1, found: args.length })
  }
  const [area, code] = checkAll([receiver, ...args], context) ?? []
  if (!area || !code) return undefined
  if (area.type !== 'area') {
    return refuse(context, area.at, 'wrong_type', { name, expected: 'area', found: area.type })
  }
  if (!isLiteral(code, 'text')) return refuse(context, code.at, 'literal_needed', { name })
  const division = fittedArea(code, context)
  if (!division) return undefined
  const { from, to } = areaRangeOf(String(division.value))
  const bounds = [from, to].map((value) => ({ ...division, value }))
  const argsOfRange = [area, division, ...bounds]
  return { kind: 'operation', type: 'boolean', operation: WITHIN, args: argsOfRange, at: spanOf(tree) }
}
