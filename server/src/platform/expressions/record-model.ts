import type { RuleValueType } from '@tiejun/contract/platform/expressions.ts'
import type { Words } from '@tiejun/contract/platform/packs.ts'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** The codes a field may hold. Two fields may be compared when they name the same enumeration. */
export interface RuleEnumeration {
  id: string
  values: readonly { code: string; zh: string; en: string }[]
}

/** One value of a record that rules may read. */
export interface RuleField {
  type: RuleValueType
  label: Words
  /** For `enumeration` and `enumerations`. */
  enumeration?: RuleEnumeration
  /** For a date of birth: what `age(field)` is called, e.g. 年龄. */
  ageLabel?: Words
  /** Column of the table when it is not the field's name in snake_case. */
  column?: string
  /** For a value that has no column: the SQL for it, given the alias of its table. */
  sql?: (alias: string) => RawBuilder<unknown>
}

/** Rows of another table that belong to a record. */
export interface RelatedRows {
  label: Words
  table: string
  /** Its column → the column of the record it equals. */
  join: Readonly<Record<string, string>>
  /** Narrows the rows, e.g. to members who did not leave; the record handed to `test` must hold the same rows. */
  only?: (alias: string) => RawBuilder<SqlBool>
  fields: Readonly<Record<string, RuleField>>
}

/** Any number of rows, e.g. the members of a household. */
export interface RelatedList extends RelatedRows {
  /** One row: the Chinese measure word or noun that follows 有 (人, 一项), and the English noun (member). */
  row: Words
  /** The field that tells a row from the others when it is shown, e.g. name. */
  titleField?: string
  /** For a list with one row a year: the function that finds it, and the field that holds the year. */
  byYear?: { name: string; field: string }
}

/** At most one row, e.g. the living conditions of a household or the profile of its village. */
export type RelatedRecord = RelatedRows

/** What rules may speak of: one kind of record, its values, and what belongs to it. */
export interface RecordModel {
  /** What one record is called: 户, household. */
  label: Words
  fields: Readonly<Record<string, RuleField>>
  lists: Readonly<Record<string, RelatedList>>
  records?: Readonly<Record<string, RelatedRecord>>
  /** The name of a division, to say in words what a code means. */
  areaName?: (code: string) => string | undefined
}

/** A value as a loaded record holds it; numbers may be texts, as `numeric` is read. Absent is null or left out. */
export type RecordValue = boolean | number | string | readonly string[] | null | undefined
export type RecordRow = Readonly<Record<string, RecordValue>>
/** A loaded record: its fields, each list as an array of rows, each related record as a row or null. */
export type LoadedRecord = Readonly<Record<string, RecordValue | RecordRow | readonly RecordRow[]>>

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

/** The SQL that reads a field from the table under this alias. */
export function fieldSql(alias: string, name: string, field: RuleField): RawBuilder<unknown> {
  return field.sql?.(alias) ?? sql`${sql.ref(`${alias}.${field.column ?? snakeCase(name)}`)}`
}

/** FROM and WHERE of the related rows of the record under `recordAlias`. */
export function relatedRowsSql(
  related: RelatedRows,
  alias: string,
  recordAlias: string,
): RawBuilder<unknown> {
  const joins = Object.entries(related.join).map(
    ([own, of]) => sql`${sql.ref(`${alias}.${own}`)} = ${sql.ref(`${recordAlias}.${of}`)}`,
  )
  const conditions = related.only ? [...joins, sql`(${related.only(alias)})`] : joins
  return sql`FROM ${sql.table(related.table)} AS ${sql.table(alias)} WHERE ${sql.join(conditions, sql` AND `)}`
}
