import type { ImportEntity } from '@tiejun/contract/households/import.ts'
import { COPY_NULL } from './cell-text.rules.ts'
import type { ImportField } from './import-fields.rules.ts'

/**
 * Fields that are not copied as they are: sealed, or written in front of every line of the household. They stand
 * behind the others in a record.
 */
const APART = new Set([
  'household.householdNo',
  'household.villageCode',
  'household.bankAccount',
  'member.idNo',
])

/** How the values of one record stand side by side while it is read, and how they go into its staging table. */
export interface RecordLayout {
  entity: ImportEntity
  fields: ImportField[]
  /** Place of a field in the record; undefined when the entity has no such field. */
  slotOf(key: string): number
  /** How many leading slots are copied as they are. */
  copied: number
  /** Columns of those slots. */
  columns: string[]
  blank(): string[]
}

export function recordLayout(entity: ImportEntity, all: readonly ImportField[]): RecordLayout {
  const own = all.filter((field) => field.entity === entity && field.column !== null)
  const fields = [...own.filter(({ key }) => !APART.has(key)), ...own.filter(({ key }) => APART.has(key))]
  const copied = own.filter(({ key }) => !APART.has(key)).length
  const slots = new Map(fields.map(({ key }, slot) => [key, slot]))
  return {
    entity,
    fields,
    slotOf: (key) => slots.get(key) ?? -1,
    copied,
    columns: fields.slice(0, copied).map(({ column }) => column ?? ''),
    blank: () => Array.from({ length: fields.length }, () => COPY_NULL),
  }
}

/** The copied slots as one line of COPY, without its end. */
export function copyLine(start: string, record: readonly string[], copied: number): string {
  let line = start
  for (let slot = 0; slot < copied; slot += 1) line += `\t${record[slot] ?? COPY_NULL}`
  return line
}
