import type { CardProblemCode } from '@tiejun/contract/households/card-problems.ts'
import type { CardField } from '@tiejun/contract/households/fields.ts'
import { readBankAccount } from '@tiejun/contract/standards/bank-account.ts'
import { readPhone } from '@tiejun/contract/standards/phone.ts'
import type { PackFacts } from './pack-facts.ts'

/** One fault of one field; `path` is the property name until the command puts its place in the request in front. */
export interface CardProblem {
  path: string
  code: CardProblemCode
  params?: Record<string, unknown>
}

type Values = Record<string, unknown>

const BANK_FAULTS = {
  spreadsheet_number: 'digits_lost',
  charset: 'bank_account_characters',
  length: 'bank_account_length',
} as const

const PHONE_FIELDS = new Set(['householdPhone', 'phone'])

/** Values written the one way they are kept: phones and bank accounts without marks. Faulty ones stay as they are. */
export function normalised(values: Values, pack: PackFacts): Values {
  const result: Values = { ...values }
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') continue
    if (PHONE_FIELDS.has(name)) {
      const phone = readPhone(value, pack.telephone)
      if (phone.ok) result[name] = phone.phone
    }
    if (name === 'bankAccount') {
      const account = readBankAccount(value)
      if (account.ok) result[name] = account.account
    }
  }
  return result
}

/** What is wrong with each value by itself: enumerations and limits of the pack, phones, accounts. */
export function checkFields(values: Values, fields: readonly CardField[], pack: PackFacts): CardProblem[] {
  return fields.flatMap((field) => checkField(field, values[field.name], pack))
}

function checkField(field: CardField, value: unknown, pack: PackFacts): CardProblem[] {
  const path = field.name
  const limits = pack.limitsOf(`${field.entity}.${field.name}`)
  const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0)
  if (isEmpty) return limits?.required ? [{ path, code: 'required' }] : []
  if (typeof value === 'number') {
    if (limits?.minimum !== undefined && value < limits.minimum)
      return [{ path, code: 'too_small', params: { minimum: limits.minimum } }]
    if (limits?.maximum !== undefined && value > limits.maximum)
      return [{ path, code: 'too_big', params: { maximum: limits.maximum } }]
    return []
  }
  if (field.enumeration) return checkCodes(field, Array.isArray(value) ? value : [value], pack)
  return typeof value === 'string' ? checkText(path, value, pack) : []
}

function checkCodes(field: CardField, codes: unknown[], pack: PackFacts): CardProblem[] {
  const enumeration = field.enumeration ?? ''
  const path = field.name
  if (codes.some((code) => !pack.hasValue(enumeration, String(code))))
    return [{ path, code: 'unknown_value', params: { enumeration } }]
  return new Set(codes).size < codes.length ? [{ path, code: 'repeated_value' }] : []
}

function checkText(path: string, value: string, pack: PackFacts): CardProblem[] {
  if (PHONE_FIELDS.has(path) && !readPhone(value, pack.telephone).ok) return [{ path, code: 'phone_invalid' }]
  if (path !== 'bankAccount') return []
  const account = readBankAccount(value)
  return account.ok ? [] : [{ path, code: BANK_FAULTS[account.fault] }]
}

/**
 * The problems a change brings in: those there before it do not hinder changing something else, unless the field
 * itself was changed and is still wrong.
 */
export function newProblems(
  before: readonly CardProblem[],
  after: readonly CardProblem[],
  changed: readonly string[] = [],
): CardProblem[] {
  const keyOf = ({ path, code }: CardProblem) => `${path} ${code}`
  const known = new Set(before.map(keyOf))
  return after.filter((problem) => changed.includes(problem.path) || !known.has(keyOf(problem)))
}
