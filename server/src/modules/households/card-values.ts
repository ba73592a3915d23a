import { MASKED_FIELDS, type MaskedValue } from '@tiejun/contract/households/allowed.ts'
import {
  type CardEntity,
  type CardField,
  type CardSection,
  listColumnFields,
} from '@tiejun/contract/households/fields.ts'
import { maskBankAccount, maskIdNumber, maskPhone } from '@tiejun/contract/standards/masks.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'
import { sealBankAccount, sealIdNumber } from './sealing.ts'

/** Values of one section or row by the property names of the contract, in the clear; never leaves the module so. */
export type Values = Record<string, unknown>
/** A row of a card table, by column. */
export type CardRow = Record<string, unknown>

type ColumnField = CardField & { column: string }

/** The fields of a section that have a column, in the order of the card. */
export const columnFieldsOf = (entity: CardEntity, section: CardSection): ColumnField[] =>
  listColumnFields(entity).filter((field) => field.section === section)

const SEALED: Record<string, { column: string; seal: (vault: Vault, clear: string | null) => object }> = {
  'member.idNo': { column: 'id_no_sealed', seal: sealIdNumber },
  'household.bankAccount': { column: 'bank_account_sealed', seal: sealBankAccount },
}

const keyOf = (field: CardField): string => `${field.entity}.${field.name}`

/** The columns one field is kept in. */
export function readFrom(vault: Vault, row: CardRow, field: ColumnField): unknown {
  const sealed = SEALED[keyOf(field)]
  if (!sealed) return row[field.column] ?? null
  const bytes = row[sealed.column]
  return bytes instanceof Uint8Array ? vault.decrypt(Buffer.from(bytes)) : null
}

/** What stands in a row, in the clear. */
export function valuesOf(vault: Vault, row: CardRow, fields: ColumnField[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, readFrom(vault, row, field)]))
}

/** The columns to write for these values; sensitive ones sealed. */
export function columnsOf(vault: Vault, values: Values, fields: ColumnField[]): CardRow {
  const columns: CardRow = {}
  for (const field of fields) {
    if (!(field.name in values)) continue
    const value = values[field.name] ?? (field.type === 'enumerations' ? [] : null)
    const sealed = SEALED[keyOf(field)]
    Object.assign(
      columns,
      sealed ? sealed.seal(vault, typeof value === 'string' ? value : null) : { [field.column]: value },
    )
  }
  return columns
}

const MASKS: Record<MaskedValue, (clear: string) => string> = {
  idNo: maskIdNumber,
  bankAccount: maskBankAccount,
  phone: maskPhone,
}

/** One value as it may leave the server. */
export function masked(entity: CardEntity, name: string, value: unknown): unknown {
  const kind = MASKED_FIELDS[`${entity}.${name}`]
  return kind && typeof value === 'string' ? MASKS[kind](value) : value
}

/** Values as they may leave the server. */
export function maskedValues(entity: CardEntity, values: Values): Values {
  const shown = Object.entries(values).map(([name, value]) => [name, masked(entity, name, value)])
  const result: Values = Object.fromEntries(shown)
  return entity === 'member' ? withoutBirthDate(result) : result
}

/**
 * Beside a masked number stands the age, not the birth date: the two together give the number away (see
 * contract/src/standards/masks.ts). Who has no document number keeps the date, which somebody entered.
 */
function withoutBirthDate(values: Values): Values {
  return typeof values['idNo'] === 'string' ? { ...values, birthOn: null } : values
}
