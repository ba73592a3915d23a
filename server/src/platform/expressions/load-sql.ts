import { sql } from 'kysely'
import { isNumber } from './operations.ts'
import {
  fieldSql,
  type RecordModel,
  relatedRowsSql,
  type RelatedRows,
  type RuleField,
} from './record-model.ts'
import type { Sql } from './rule-tree.ts'

type Fields = Readonly<Record<string, RuleField>>

/**
 * SQL for one JSON value per record: just the fields named, with the lists and related records they belong to, as `test` and
 * `explain` take it. Numbers are texts, since JSON would make doubles of them.
 */
export function recordSql(model: RecordModel, fields: readonly string[], alias: string): Sql {
  const own = fields.filter((name) => Object.hasOwn(model.fields, name))
  const lists = Object.entries(model.lists).filter(([name]) => isRead(name, fields))
  const records = Object.entries(model.records ?? {}).filter(([name]) => isRead(name, fields))
  const columns = [
    ...columnsSql(model.fields, own, alias),
    ...lists.map(([name, list]) => {
      const title = list.titleField === undefined ? [] : [list.titleField]
      const rows = relatedSql(name, list, [...fieldsOf(name, fields), ...title], alias)
      return sql`(SELECT coalesce(jsonb_agg(to_jsonb(each) ORDER BY to_jsonb(each)), '[]') FROM ${rows} AS each) AS ${sql.ref(name)}`
    }),
    ...records.map(([name, related]) => {
      const row = relatedSql(name, related, fieldsOf(name, fields), alias)
      return sql`(SELECT to_jsonb(each) FROM ${row} AS each) AS ${sql.ref(name)}`
    }),
  ]
  return sql`(SELECT to_jsonb(record) FROM (SELECT ${sql.join(columns)}) AS record)`
}

const isRead = (name: string, fields: readonly string[]) =>
  fields.some((field) => field === name || field.startsWith(`${name}.`))

const fieldsOf = (name: string, fields: readonly string[]) =>
  fields.flatMap((field) => (field.startsWith(`${name}.`) ? [field.slice(name.length + 1)] : []))

function relatedSql(name: string, related: RelatedRows, fields: readonly string[], alias: string): Sql {
  const own = `${alias}_${name}`
  const columns = columnsSql(related.fields, [...new Set(fields)], own)
  return sql`(SELECT ${sql.join(columns)} ${relatedRowsSql(related, own, alias)})`
}

function columnsSql(fields: Fields, names: readonly string[], alias: string): Sql[] {
  return names.flatMap((name) => {
    const field = fields[name]
    if (!field) return []
    const value = fieldSql(alias, name, field)
    return [sql`${isNumber(field.type) ? sql`(${value})::text` : value} AS ${sql.ref(name)}`]
  })
}
