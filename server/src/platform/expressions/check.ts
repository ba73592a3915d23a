import type { ASTNode } from '@marcbachmann/cel-js'
import type { RuleProblem } from '@tiejun/contract/platform/expressions.ts'
import { checkCondition, type CheckContext, refuse, refuseFunction } from './check-context.ts'
import { checkListCall, type MethodCall } from './check-lists.ts'
import { checkAccess, checkName, checkPresence, checkYear } from './check-names.ts'
import {
  checkArithmetic,
  checkCall,
  checkChoice,
  checkComparison,
  checkIn,
  checkJoined,
  checkNegation,
  checkNot,
  checkWithin,
} from './check-operators.ts'
import { checkLiteral, CONSTRUCTORS } from './check-values.ts'
import { FUNCTIONS, METHODS } from './operations.ts'
import type { RecordModel } from './record-model.ts'
import type { RulePart } from './rule-tree.ts'

/** A rule whose every name and type is right. */
export interface CheckedRule {
  part: RulePart
  /** Fields read, as `exitYear`, `members.birthOn`, and `members` when the rows themselves count. */
  fields: readonly string[]
}

/** Checks a parsed rule against what the model declares: only what is named here may stand in a rule. */
export function checkRule(
  tree: ASTNode,
  text: string,
  model: RecordModel,
): CheckedRule | { problems: RuleProblem[] } {
  let lastId = 0
  const context: CheckContext = {
    model,
    text,
    variables: new Map(),
    problems: [],
    fields: new Set(),
    newId: () => (lastId += 1),
    check,
  }
  const part = checkCondition(tree, context)
  if (!part || context.problems.length > 0) return { problems: context.problems }
  return { part, fields: [...context.fields].sort() }
}

function check(tree: ASTNode, context: CheckContext): RulePart | undefined {
  switch (tree.op) {
    case 'value':
      return checkLiteral(tree, context)
    case 'id':
      return checkName(tree, context)
    case '.':
      return checkAccess(tree, context)
    case 'call':
      return checkFunction(tree, context)
    case 'rcall':
      return checkMethod(tree, context)
    case '&&':
    case '||':
      return checkJoined(tree, context)
    case '!_':
      return checkNot(tree, context)
    case '-_':
      return checkNegation(tree, context)
    case '?:':
      return checkChoice(tree, context)
    case 'in':
      return checkIn(tree, context)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return checkComparison(tree, context)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return checkArithmetic(tree, context)
    case 'list':
    case 'map':
    case '[]':
    case '[?]':
    case '.?':
      return refuse(context, tree, 'not_allowed', { found: context.text.slice(tree.start, tree.end) })
  }
}

function checkFunction(tree: Extract<ASTNode, { op: 'call' }>, context: CheckContext): RulePart | undefined {
  const [name, args] = tree.args
  if (name === 'has') return checkPresence(tree, context)
  if (Object.hasOwn(CONSTRUCTORS, name)) return CONSTRUCTORS[name]?.(tree, context)
  if (Object.hasOwn(FUNCTIONS, name)) {
    // An age is that on the day asked for, when the rule does not say on which.
    const isPlainAge = name === 'age' && args.length === 1
    const day: RulePart = {
      kind: 'moment',
      type: 'date',
      name: 'asOf',
      at: { start: tree.end, end: tree.end },
    }
    return checkCall(tree, name, FUNCTIONS[name] ?? [], args, context, isPlainAge ? [day] : [])
  }
  const year = checkYear(tree, context)
  if (year === 'not a year') return refuseFunction(context, tree, name)
  return year && refuse(context, tree, 'record_not_a_value', { name, instead: `${name}(…).…` })
}

function checkMethod(tree: MethodCall, context: CheckContext): RulePart | undefined {
  const [name, receiver, args] = tree.args
  if (name === 'within') return checkWithin(tree, context)
  const part = checkListCall(tree, context)
  if (part !== 'not a list') return part
  if (!Object.hasOwn(METHODS, name)) return refuseFunction(context, tree, name)
  return checkCall(tree, name, METHODS[name] ?? [], [receiver, ...args], context)
}
