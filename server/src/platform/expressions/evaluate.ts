import { add, compareExact, exactNumber, type ExactNumber } from './exact-numbers.rules.ts'
import { compareValues, isNumber } from './operations.ts'
import type { LoadedRecord, RecordRow, RecordValue, RuleField } from './record-model.ts'
import type { FieldPart, FieldSource, Moment, RelatedSource, RowSet, RulePart, Value } from './rule-tree.ts'

/** One record at one moment, and the rows that names stand for while lists are gone through. */
export interface Frame {
  record: LoadedRecord
  moment: Moment
  rows: ReadonlyMap<number, RecordRow>
}

type PartOf<Kind extends RulePart['kind']> = RulePart & { kind: Kind }

/** The value of a part for one record: exactly what its SQL gives, as `agreement.test.ts` shows. */
export function evaluate(part: RulePart, frame: Frame): Value {
  switch (part.kind) {
    case 'literal':
      return part.value
    case 'moment':
      return part.name === 'year' ? exact(frame.moment.asOf.slice(0, 4)) : frame.moment[part.name]
    case 'field':
      return fieldValue(part, frame)
    case 'all':
      return allOf(part.parts, (each) => evaluate(each, frame))
    case 'any':
      return anyOf(part.parts, (each) => evaluate(each, frame))
    case 'not':
      return opposite(evaluate(part.of, frame))
    case 'choice':
      return chosen(part, frame)
    case 'operation':
      return operationValue(part, frame)
    case 'among':
      return isAmong(part, frame)
    case 'present':
      return isPresent(part.of, frame)
    case 'some':
    case 'every':
    case 'one':
      return quantified(part, frame)
    case 'count':
      return exact(String(countedRows(part.rows, frame).length))
    case 'sum':
    case 'max':
    case 'min':
      return total(part, frame)
  }
}

function exact(text: string): ExactNumber {
  const number = exactNumber(text)
  if (!number) throw new TypeError('a number of the record is not plain decimal text')
  return number
}

/** Three-valued: false when one is false, else unknown when one is unknown. */
function allOf<T>(items: readonly T[], valueOf: (item: T) => Value): boolean | null {
  let outcome: boolean | null = true
  for (const item of items) {
    const value = valueOf(item)
    if (value === false) return false
    if (value === null) outcome = null
  }
  return outcome
}

const anyOf = <T>(items: readonly T[], valueOf: (item: T) => Value): boolean | null =>
  opposite(allOf(items, (item) => opposite(valueOf(item))))

const opposite = (value: Value): boolean | null => (value === null ? null : value === false)

function chosen({ condition, whenTrue, whenFalse }: PartOf<'choice'>, frame: Frame): Value {
  const outcome = evaluate(condition, frame)
  if (outcome === null) return null
  return evaluate(outcome === true ? whenTrue : whenFalse, frame)
}

function operationValue({ operation, args }: PartOf<'operation'>, frame: Frame): Value {
  const present: Exclude<Value, null>[] = []
  for (const arg of args) {
    const value = evaluate(arg, frame)
    if (value === null) return null
    present.push(value)
  }
  return operation.evaluate(present)
}

/** As SQL's `= ANY`: nothing is among no values, not even something unknown. */
function isAmong({ of, values }: PartOf<'among'>, frame: Frame): boolean | null {
  const value = evaluate(of, frame)
  const others = Array.isArray(values)
    ? values.map((each) => each.value)
    : // A field of several codes is an array, empty when absent.
      (evaluate(values, frame) as readonly string[])
  if (others.length === 0) return false
  return value === null ? null : others.some((other) => compareValues(value, other) === 0)
}

function isPresent(of: FieldPart | RelatedSource, frame: Frame): boolean {
  if (of.kind !== 'field') return sourceRow(of, frame) !== undefined
  const value = evaluate(of, frame)
  return Array.isArray(value) ? value.length > 0 : value !== null
}

/** What each counted row makes of a part, with the row at hand. */
export const rowFrame = (rows: RowSet, row: RecordRow, frame: Frame): Frame => ({
  ...frame,
  rows: new Map([...frame.rows, [rows.id, row]]),
})

export function allRows({ name }: RowSet, { record }: Frame): readonly RecordRow[] {
  const rows = record[name]
  // Taking a list that was not loaded for an empty one would answer wrongly.
  if (!Array.isArray(rows)) throw new TypeError(`the record was loaded without ${name}`)
  return rows
}

/** Whether the filters of the list are surely met. */
export const isCounted = (rows: RowSet, row: RecordRow, frame: Frame) =>
  rows.filters.every((filter) => evaluate(filter, rowFrame(rows, row, frame)) === true)

const countedRows = (rows: RowSet, frame: Frame) =>
  allRows(rows, frame).filter((row) => isCounted(rows, row, frame))

function quantified({ kind, rows, where }: PartOf<'some' | 'every' | 'one'>, frame: Frame): boolean | null {
  const counted = countedRows(rows, frame)
  const valueIn = (row: RecordRow) => evaluate(where, rowFrame(rows, row, frame))
  if (kind === 'some') return anyOf(counted, valueIn)
  if (kind === 'every') return allOf(counted, valueIn)
  const outcomes = counted.map(valueIn)
  const met = outcomes.filter((outcome) => outcome === true).length
  if (met > 1) return false
  return outcomes.includes(null) ? null : met === 1
}

/** Absent values are left out; the sum of nothing is 0, its largest and smallest value are absent. */
function total({ kind, rows, of }: PartOf<'sum' | 'max' | 'min'>, frame: Frame): Value {
  const values = countedRows(rows, frame).flatMap((row) => {
    const value = evaluate(of, rowFrame(rows, row, frame))
    return value === null ? [] : [value]
  })
  // The checker allows sums of numbers only.
  if (kind === 'sum') return (values as ExactNumber[]).reduce(add, { units: 0n, scale: 0 })
  const sign = kind === 'max' ? 1 : -1
  return values.reduce<Value>(
    (best, value) => (best === null || compareValues(value, best) * sign > 0 ? value : best),
    null,
  )
}

function fieldValue({ source, name, field }: FieldPart, frame: Frame): Value {
  return readValue(sourceRow(source, frame)?.[name], name, field)
}

/** The row a field is read from; undefined when there is none. */
function sourceRow(source: FieldSource, frame: Frame): RecordRow | undefined {
  switch (source.kind) {
    case 'record':
      // The fields of the record itself; its lists and related records are never asked for here.
      return frame.record as RecordRow
    case 'row':
      return frame.rows.get(source.rows.id)
    case 'related': {
      const row = frame.record[source.name]
      if (row === undefined) throw new TypeError(`the record was loaded without ${source.name}`)
      return row === null ? undefined : (row as RecordRow)
    }
    case 'year':
      return rowOfYear(source, frame)
  }
}

function rowOfYear(source: FieldSource & { kind: 'year' }, frame: Frame): RecordRow | undefined {
  const year = evaluate(source.year, frame)
  if (year === null) return undefined
  const { name, list, yearField } = source
  const field = list.fields[yearField]
  if (!field) throw new TypeError(`${name} has no field ${yearField}`)
  const rows = frame.record[name]
  if (!Array.isArray(rows)) throw new TypeError(`the record was loaded without ${name}`)
  return rows.find((row: RecordRow) => {
    const found = readValue(row[yearField], yearField, field)
    return found !== null && compareExact(found as ExactNumber, year as ExactNumber) === 0
  })
}

/** A value of a loaded record as rules compute with it. */
function readValue(value: RecordValue, name: string, { type }: RuleField): Value {
  if (type === 'enumerations') return Array.isArray(value) ? value : []
  if (value === null || value === undefined) return null
  if (isNumber(type)) return exact(String(value))
  if (typeof value === (type === 'boolean' ? 'boolean' : 'string')) return value as boolean | string
  throw new TypeError(`the record holds no ${type} in ${name}`)
}
