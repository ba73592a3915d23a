import type { ASTNode } from '@marcbachmann/cel-js'
import { type CheckContext, checkAll, refuse, refuseFunction, refuseName } from './check-context.ts'
import { isNumber } from './operations.ts'
import type { RelatedList, RuleField } from './record-model.ts'
import {
  type FieldPart,
  type FieldSource,
  MOMENT_TYPES,
  type MomentName,
  type RelatedSource,
  type RulePart,
} from './rule-tree.ts'
import { didYouMean } from './suggest.rules.ts'

type Call = Extract<ASTNode, { op: 'call' }>
type Access = Extract<ASTNode, { op: '.' }>

const spanOf = ({ start, end }: ASTNode) => ({ start, end })

/** Model names are looked up as own properties: `constructor` and the like are in no model. */
const own = <T>(things: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  things && Object.hasOwn(things, name) ? things[name] : undefined

export const isMoment = (name: string): name is MomentName => Object.hasOwn(MOMENT_TYPES, name)

export const listNamed = (name: string, { model, variables }: CheckContext) =>
  variables.has(name) ? undefined : own(model.lists, name)

/** A name by itself: a field of the record, or a variable of time. */
export function checkName(tree: Extract<ASTNode, { op: 'id' }>, context: CheckContext): RulePart | undefined {
  const name = tree.args
  const { model, variables } = context
  const field = own(model.fields, name)
  if (field && !variables.has(name)) return fieldPart(tree, { kind: 'record' }, name, field, context)
  if (isMoment(name)) return { kind: 'moment', type: MOMENT_TYPES[name], name, at: spanOf(tree) }
  if (variables.has(name) || own(model.records, name)) {
    return refuse(context, tree, 'record_not_a_value', { name, instead: `${name}.…` })
  }
  if (own(model.lists, name)) {
    return refuse(context, tree, 'list_not_a_value', { name, instead: `${name}.exists(…), ${name}.size()` })
  }
  return refuseName(context, tree, name)
}

function fieldPart(
  tree: ASTNode,
  source: FieldSource,
  name: string,
  field: RuleField,
  context: CheckContext,
): FieldPart {
  context.fields.add(source.kind === 'record' ? name : `${relationOf(source)}.${name}`)
  const { type, enumeration } = field
  return { kind: 'field', type, enumeration, source, name, field, at: spanOf(tree) }
}

/** Name of the list or related record that a source belongs to. */
const relationOf = (source: Exclude<FieldSource, { kind: 'record' }>) =>
  source.kind === 'row' ? source.rows.name : source.name

const fieldsOf = (source: Exclude<FieldSource, { kind: 'record' }>) => {
  if (source.kind === 'row') return source.rows.list.fields
  return source.kind === 'related' ? source.related.fields : source.list.fields
}

/** `m.birthOn`, `conditions.hasSafeWater`, `incomeYear(2017).netFen`. */
export function checkAccess(tree: Access, context: CheckContext): FieldPart | undefined {
  const [owner, name] = tree.args
  const source = checkSource(owner, context)
  if (!source) return undefined
  const fields = fieldsOf(source)
  const field = own(fields, name)
  if (field) return fieldPart(tree, source, name, field, context)
  const candidates = Object.entries(fields).map(([known, { label }]) => ({
    name: known,
    words: [label.zh, label.en],
  }))
  // The owner is right; only the name after the last dot is not.
  const at = { start: tree.end - name.length, end: tree.end }
  return refuse(context, at, 'unknown_field', {
    name,
    record: relationOf(source),
    didYouMean: didYouMean(name, candidates),
  })
}

/** What stands before a dot: a row, a related record or the row of a year. */
function checkSource(
  tree: ASTNode,
  context: CheckContext,
): Exclude<FieldSource, { kind: 'record' }> | undefined {
  if (tree.op === 'id') {
    const rows = context.variables.get(tree.args)
    if (rows) return { kind: 'row', rows }
    const list = own(context.model.lists, tree.args)
    if (!list) return checkRelated(tree, context)
    const instead = `${tree.args}.exists(…)`
    return refuse(context, tree, 'list_not_a_value', { name: tree.args, instead })
  }
  if (tree.op === 'call') {
    const source = checkYear(tree, context)
    return source === 'not a year' ? refuseFunction(context, tree, tree.args[0]) : source
  }
  return refuse(context, tree, 'not_allowed', { found: context.text.slice(tree.start, tree.end) })
}

function checkRelated(
  tree: Extract<ASTNode, { op: 'id' }>,
  context: CheckContext,
): RelatedSource | undefined {
  const name = tree.args
  const related = own(context.model.records, name)
  if (related) return { kind: 'related', id: context.newId(), name, related }
  if (own(context.model.fields, name) || isMoment(name)) {
    return refuse(context, tree, 'not_allowed', { found: `${name}.` })
  }
  return refuseName(context, tree, name)
}

const listOfYears = (name: string, { model }: CheckContext): [string, RelatedList] | undefined =>
  Object.entries(model.lists).find(([, list]) => list.byYear?.name === name)

/** `incomeYear(year - 1)`; 'not a year' when the model has no such function. */
export function checkYear(tree: Call, context: CheckContext): RelatedSource | 'not a year' | undefined {
  const [called, trees] = tree.args
  const [name, list] = listOfYears(called, context) ?? []
  if (!name || !list?.byYear) return 'not a year'
  if (trees.length !== 1) {
    const counts = { name: called, expected: 1, found: trees.length }
    return refuse(context, tree, 'wrong_argument_count', counts)
  }
  const [year] = checkAll(trees, context) ?? []
  if (!year) return undefined
  if (!isNumber(year.type)) {
    return refuse(context, year.at, 'wrong_type', { name: called, expected: 'year', found: year.type })
  }
  const { field: yearField } = list.byYear
  context.fields.add(`${name}.${yearField}`)
  const asYear = year.kind === 'literal' ? { ...year, type: 'year' as const } : year
  return { kind: 'year', id: context.newId(), name, list, yearField, year: asYear }
}

/** `has(x)`: whether there is a value, or a related record at all. */
export function checkPresence(tree: Call, context: CheckContext): RulePart | undefined {
  const [argument, ...more] = tree.args[1]
  if (!argument || more.length > 0) {
    const counts = { name: 'has', expected: 1, found: tree.args[1].length }
    return refuse(context, tree, 'wrong_argument_count', counts)
  }
  const of = checkPresent(argument, context)
  return of && { kind: 'present', type: 'boolean', of, at: spanOf(tree) }
}

function checkPresent(argument: ASTNode, context: CheckContext): FieldPart | RelatedSource | undefined {
  if (argument.op === 'id' && own(context.model.records, argument.args)) {
    context.fields.add(argument.args)
    return checkRelated(argument, context)
  }
  if (argument.op === 'call') {
    const source = checkYear(argument, context)
    if (source !== 'not a year') return source
  }
  if (argument.op !== 'id' && argument.op !== '.')
    return refuse(context, argument, 'not_allowed', { found: 'has' })
  const part = context.check(argument, context)
  if (!part || part.kind === 'field') return part
  return refuse(context, argument, 'not_allowed', { found: 'has' })
}
