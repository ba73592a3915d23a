import type {
  RuleExplanation,
  RulePartKind,
  RuleRow,
  RuleValue,
} from '@tiejun/contract/platform/expressions.ts'
import { conditionPhrase, outcomeWords } from './describe.ts'
import { allRows, evaluate, type Frame, isCounted, rowFrame } from './evaluate.ts'
import { exactText } from './exact-numbers.rules.ts'
import { placeOf } from './parse.ts'
import type { RecordModel, RecordRow } from './record-model.ts'
import { isFixed, type RowSet, type RulePart, type Value } from './rule-tree.ts'

interface Explaining {
  text: string
  model: RecordModel
  frame: Frame
  /** How many lists are gone through around the part. */
  depth: number
}

type ListPart = Extract<RulePart, { rows: RowSet }>

const KINDS: Record<RulePart['kind'], RulePartKind> = {
  literal: 'value',
  moment: 'value',
  field: 'value',
  operation: 'value',
  all: 'all_of',
  any: 'any_of',
  not: 'not',
  choice: 'choice',
  among: 'condition',
  present: 'condition',
  some: 'some_row',
  every: 'every_row',
  one: 'one_row',
  count: 'count_rows',
  sum: 'total_rows',
  max: 'total_rows',
  min: 'total_rows',
}

/** Why a record does or does not meet a part: what each of its parts was, and which of them the outcome rests on. */
export function explain(part: RulePart, isDecisive: boolean, context: Explaining): RuleExplanation {
  const value = evaluate(part, context.frame)
  const { zh, en } = conditionPhrase(part, context)
  return {
    kind: part.kind === 'operation' && part.type === 'boolean' ? 'condition' : KINDS[part.kind],
    words: { zh, en },
    at: placeOf(context.text, part.at),
    outcome: valueOf(part, value, context.model),
    isDecisive,
    parts: explainParts(part, value, isDecisive, context),
    rows: 'rows' in part ? explainRows(part, value, isDecisive, context) : [],
  }
}

function valueOf(part: RulePart, value: Value, model: RecordModel): RuleValue {
  const words = outcomeWords(part, value, model)
  const { zh, en } = words
  return { type: part.type, value: plainValue(value), words: { zh, en } }
}

function plainValue(value: Value): RuleValue['value'] {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  return 'units' in value ? exactText(value) : [...value]
}

function explainParts(
  part: RulePart,
  value: Value,
  isDecisive: boolean,
  context: Explaining,
): RuleExplanation[] {
  const all = (parts: readonly RulePart[]) => parts.map((each) => explain(each, isDecisive, context))
  switch (part.kind) {
    case 'all':
    case 'any':
      return part.parts.map((each) => {
        const decides = value === (part.kind === 'all') || evaluate(each, context.frame) === value
        return explain(each, isDecisive && decides, context)
      })
    case 'not':
      return all([part.of])
    case 'choice':
      return all([part.condition, ...branchTaken(part, context)])
    case 'operation':
      return explainArguments(part.args, value, isDecisive, context)
    case 'among':
      return all(Array.isArray(part.values) ? [part.of] : [part.of, part.values].filter(isSeen))
    case 'present':
      return part.of.kind === 'field' ? all([part.of]) : []
    default:
      return []
  }
}

/** Values that stand in the rule itself need no explanation. */
const isSeen = (part: RulePart) => part.kind === 'moment' || !isFixed(part)

function branchTaken(
  { condition, whenTrue, whenFalse }: RulePart & { kind: 'choice' },
  { frame }: Explaining,
) {
  const outcome = evaluate(condition, frame)
  if (outcome === null) return []
  return [outcome === true ? whenTrue : whenFalse]
}

/** An unknown outcome rests on what is absent, any other on all that was seen. */
function explainArguments(
  args: readonly RulePart[],
  value: Value,
  isDecisive: boolean,
  context: Explaining,
): RuleExplanation[] {
  const isAbsent = (arg: RulePart) => evaluate(arg, context.frame) === null
  const isAnyAbsent = args.some(isAbsent)
  return args
    .filter(isSeen)
    .map((arg) => explain(arg, isDecisive && (value !== null || !isAnyAbsent || isAbsent(arg)), context))
}

function explainRows(part: ListPart, value: Value, isDecisive: boolean, context: Explaining): RuleRow[] {
  const { rows } = part
  const looked = allRows(rows, context.frame).map((row) => {
    const frame = rowFrame(rows, row, context.frame)
    const isIn = isCounted(rows, row, context.frame)
    return { row, frame, isIn, outcome: isIn ? outcomeIn(part, frame) : undefined }
  })
  const counted = looked.filter(({ isIn }) => isIn)
  const decisive = counted.filter(({ outcome }) => decides(part, value, outcome ?? null))
  // Where no row stands out, the outcome rests on all; where none was counted, on each having been left out.
  const deciding = new Set([decisive, counted, looked].find((some) => some.length > 0))
  return looked.map((each, index) => {
    const isRowDecisive = isDecisive && deciding.has(each)
    const inside = { ...context, frame: each.frame, depth: rows.depth + 1 }
    const parts = each.isIn ? innerParts(part) : rows.filters
    return {
      number: index + 1,
      title: titleOf(rows, each.row),
      isCounted: each.isIn,
      isDecisive: isRowDecisive,
      parts: parts.map((inner) => explain(inner, isRowDecisive, inside)),
    }
  })
}

function innerParts(part: ListPart): RulePart[] {
  switch (part.kind) {
    case 'some':
    case 'every':
    case 'one':
      return [part.where]
    case 'sum':
    case 'max':
    case 'min':
      return [part.of]
    case 'count':
      return part.rows.filters
  }
}

function outcomeIn(part: ListPart, frame: Frame): Value {
  const [inner] = part.kind === 'count' ? [] : innerParts(part)
  return inner ? evaluate(inner, frame) : true
}

/** Whether a row with that outcome is one the outcome of the whole list rests on. */
function decides(part: ListPart, value: Value, outcome: Value): boolean {
  switch (part.kind) {
    case 'some':
      return value === false || outcome === value
    case 'every':
      return value === true || outcome === value
    case 'one':
      return outcome !== false
    case 'count':
    case 'sum':
      return true
    case 'max':
    case 'min':
      return value === null || sameValue(outcome, value)
  }
}

const sameValue = (a: Value, b: Value) =>
  JSON.stringify(a === null ? null : plainValue(a)) === JSON.stringify(plainValue(b))

function titleOf({ list }: RowSet, row: RecordRow): string | null {
  const title = list.titleField === undefined ? undefined : row[list.titleField]
  return typeof title === 'string' || typeof title === 'number' ? String(title) : null
}
