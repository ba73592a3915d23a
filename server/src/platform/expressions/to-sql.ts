import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { evaluate } from './evaluate.ts'
import { exactText } from './exact-numbers.rules.ts'
import { fieldSql, relatedRowsSql } from './record-model.ts'
import {
  type FieldPart,
  type FieldSource,
  isFixed,
  type Moment,
  type RelatedSource,
  type RowSet,
  type RulePart,
  type Sql,
  type Value,
} from './rule-tree.ts'

/** Where the SQL of a rule will stand. */
export interface SqlPlace {
  /** Alias of the record's table. */
  alias: string
  moment: Moment
}

type Condition = RawBuilder<SqlBool>
type PartOf<Kind extends RulePart['kind']> = RulePart & { kind: Kind }

/**
 * SQL that is true exactly where the rule is; false or NULL where it is not or nobody knows. Asking for truth alone makes EXISTS and
 * NOT EXISTS of the lists, which PostgreSQL joins set-wise; what is unknown needs counting and is only compiled where it matters.
 */
export function whenTrueSql(part: RulePart, place: SqlPlace): Condition {
  switch (part.kind) {
    case 'all':
      return joined(part.parts, ' AND ', (each) => whenTrueSql(each, place))
    case 'any':
      return joined(part.parts, ' OR ', (each) => whenTrueSql(each, place))
    case 'not':
      return whenFalseSql(part.of, place)
    case 'some':
      return sql`EXISTS (SELECT ${rowsSql(part.rows, place)} AND ${whenTrueSql(part.where, place)})`
    case 'every':
      return sql`NOT EXISTS (SELECT ${rowsSql(part.rows, place)} AND (${whenTrueSql(part.where, place)}) IS NOT TRUE)`
    default:
      return conditionSql(part, place)
  }
}

/** SQL that is true exactly where the rule is surely not met. */
function whenFalseSql(part: RulePart, place: SqlPlace): Condition {
  switch (part.kind) {
    case 'all':
      return joined(part.parts, ' OR ', (each) => whenFalseSql(each, place))
    case 'any':
      return joined(part.parts, ' AND ', (each) => whenFalseSql(each, place))
    case 'not':
      return whenTrueSql(part.of, place)
    case 'some':
      return sql`NOT EXISTS (SELECT ${rowsSql(part.rows, place)} AND (${whenFalseSql(part.where, place)}) IS NOT TRUE)`
    case 'every':
      return sql`EXISTS (SELECT ${rowsSql(part.rows, place)} AND ${whenFalseSql(part.where, place)})`
    default:
      return sql`(NOT ${conditionSql(part, place)})`
  }
}

const joined = (
  parts: readonly RulePart[],
  operator: string,
  compile: (part: RulePart) => RawBuilder<unknown>,
): Condition => sql`(${sql.join(parts.map(compile), sql.raw(operator))})`

// A part of type boolean gives SQL of type boolean.
const conditionSql = (part: RulePart, place: SqlPlace) => valueSql(part, place) as Condition

/** The value of a part, NULL when unknown. */
function valueSql(part: RulePart, place: SqlPlace): Sql {
  if (isFixed(part)) {
    return parameter(part, evaluate(part, { record: {}, moment: place.moment, rows: new Map() }))
  }
  switch (part.kind) {
    case 'field':
      return fieldValueSql(part, place)
    case 'all':
      return joined(part.parts, ' AND ', (each) => valueSql(each, place))
    case 'any':
      return joined(part.parts, ' OR ', (each) => valueSql(each, place))
    case 'not':
      return sql`(NOT ${valueSql(part.of, place)})`
    case 'choice':
      return choiceSql(part, place)
    case 'operation':
      return part.operation.sql(part.args.map((arg) => valueSql(arg, place)))
    case 'among':
      return amongSql(part, place)
    case 'present':
      return presentSql(part.of, place)
    case 'some':
    case 'every':
    case 'one':
      return quantifiedSql(part, place)
    case 'count':
      return sql`(SELECT count(*) ${rowsSql(part.rows, place)})`
    case 'sum':
    case 'max':
    case 'min':
      return totalSql(part, place)
    case 'literal':
    case 'moment':
      // Fixed, and handled above.
      throw new Error(`${part.kind} is always fixed`)
  }
}

const SQL_TYPES: Record<RulePart['type'], string> = {
  boolean: 'boolean',
  integer: 'bigint',
  money: 'bigint',
  year: 'bigint',
  decimal: 'numeric',
  text: 'text',
  date: 'date',
  month: 'text',
  enumeration: 'text',
  enumerations: 'text[]',
  area: 'text',
}

const WIDEST_BIGINT = 2n ** 63n - 1n

/** A value as a parameter; its type is said, so that PostgreSQL never guesses one that an index does not serve. */
function parameter({ type }: Pick<RulePart, 'type'>, value: Value): Sql {
  const cast = sql.raw(SQL_TYPES[type])
  if (value === null || typeof value !== 'object' || !('units' in value)) return sql`${value}::${cast}`
  const { units, scale } = value
  const isBigint = scale === 0 && units <= WIDEST_BIGINT && units >= -WIDEST_BIGINT
  return sql`${exactText(value)}::${isBigint ? cast : sql`numeric`}`
}

/** FROM the rows of a list WHERE they are the record's and the filters are met. */
function rowsSql(rows: RowSet, place: SqlPlace): Sql {
  const filters = rows.filters.map((filter) => sql` AND ${whenTrueSql(filter, place)}`)
  const from = relatedRowsSql(rows.list, rowAlias(rows.id, place), place.alias)
  return filters.length === 0 ? from : sql`${from}${sql.join(filters, sql``)}`
}

/** Every list and look-up of a rule has an alias of its own. */
const rowAlias = (id: number, { alias }: SqlPlace) => `${alias}_${id}`

function fieldValueSql({ source, name, field }: FieldPart, place: SqlPlace): Sql {
  // Whatever the collation of a column: equal and in order is what the bytes say, as in the program.
  const collate = field.type === 'text' || field.type === 'month' ? sql` COLLATE "C"` : sql``
  const value = readSql(source, (alias) => sql`${fieldSql(alias, name, field)}${collate}`, place)
  return field.type === 'enumerations' ? sql`coalesce(${value}, '{}')` : value
}

function readSql(source: FieldSource, value: (alias: string) => Sql, place: SqlPlace): Sql {
  switch (source.kind) {
    case 'record':
      return value(place.alias)
    case 'row':
      return value(rowAlias(source.rows.id, place))
    case 'related':
    case 'year':
      return sql`(SELECT ${value(rowAlias(source.id, place))} ${sourceSql(source, place)})`
  }
}

/** FROM the one row of a related record, or of a year. */
function sourceSql(source: RelatedSource, place: SqlPlace): Sql {
  const alias = rowAlias(source.id, place)
  if (source.kind === 'related') return relatedRowsSql(source.related, alias, place.alias)
  const { list, yearField } = source
  const field = list.fields[yearField]
  if (!field) throw new TypeError(`${source.name} has no field ${yearField}`)
  const rows = relatedRowsSql(list, alias, place.alias)
  return sql`${rows} AND ${fieldSql(alias, yearField, field)} = ${valueSql(source.year, place)}`
}

function choiceSql({ condition, whenTrue, whenFalse }: PartOf<'choice'>, place: SqlPlace): Sql {
  const [yes, no] = [valueSql(whenTrue, place), valueSql(whenFalse, place)]
  return sql`(CASE ${valueSql(condition, place)} WHEN true THEN ${yes} WHEN false THEN ${no} END)`
}

function amongSql({ of, values }: PartOf<'among'>, place: SqlPlace): Sql {
  if (!Array.isArray(values)) return sql`(${valueSql(of, place)} = ANY(${valueSql(values, place)}))`
  const isDecimal = values.some((value) => value.type === 'decimal')
  const cast = sql.raw(isDecimal ? 'numeric' : SQL_TYPES[of.type === 'decimal' ? 'decimal' : of.type])
  const texts = values.map(({ value }) =>
    typeof value === 'object' && 'units' in value ? exactText(value) : value,
  )
  return sql`(${valueSql(of, place)} = ANY(${texts}::${cast}[]))`
}

function presentSql(of: FieldPart | RelatedSource, place: SqlPlace): Sql {
  if (of.kind !== 'field') return sql`EXISTS (SELECT ${sourceSql(of, place)})`
  const value = valueSql(of, place)
  return of.type === 'enumerations' ? sql`(cardinality(${value}) > 0)` : sql`(${value} IS NOT NULL)`
}

/** Unknown when no row decides and some row is unknown, as `&&` and `||` over the rows would be. */
function quantifiedSql({ kind, rows, where }: PartOf<'some' | 'every' | 'one'>, place: SqlPlace): Sql {
  const alias = sql.table(`${rowAlias(rows.id, place)}_met`)
  const outcomes = sql`FROM (SELECT ${valueSql(where, place)} AS is_met ${rowsSql(rows, place)}) AS ${alias}`
  const isAnyUnknown = sql`count(*) > count(is_met)`
  if (kind === 'some') {
    return sql`(SELECT CASE WHEN bool_or(is_met) THEN true WHEN ${isAnyUnknown} THEN NULL ELSE false END ${outcomes})`
  }
  if (kind === 'every') {
    return sql`(SELECT CASE WHEN NOT bool_and(is_met) THEN false WHEN ${isAnyUnknown} THEN NULL ELSE true END ${outcomes})`
  }
  const met = sql`count(*) FILTER (WHERE is_met)`
  return sql`(SELECT CASE WHEN ${met} > 1 THEN false WHEN ${isAnyUnknown} THEN NULL ELSE ${met} = 1 END ${outcomes})`
}

function totalSql({ kind, rows, of }: PartOf<'sum' | 'max' | 'min'>, place: SqlPlace): Sql {
  // The value gets a name first: an aggregate over nothing but columns of the record would be one of the outer query.
  const alias = sql.table(`${rowAlias(rows.id, place)}_values`)
  const values = sql`FROM (SELECT ${valueSql(of, place)} AS value ${rowsSql(rows, place)}) AS ${alias}`
  if (kind === 'sum') return sql`(SELECT coalesce(sum(value::numeric), 0) ${values})`
  return sql`(SELECT ${sql.raw(kind)}(value) ${values})`
}
