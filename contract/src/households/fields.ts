import type { z } from 'zod'
import { helperTyped, measureTyped } from './assistance.ts'
import { fieldFacts, isRequired } from './field-kinds.ts'
import type { FieldFacts } from './field-kinds.ts'
import { identityDerived, identityTyped, statusTyped } from './household.ts'
import { incomeYearDerived, incomeYearTyped } from './income-year.ts'
import { livingConditionsTyped } from './living-conditions.ts'
import { memberDerived, memberTyped } from './member.ts'
import { villageProfileTyped } from './village-profile.ts'

/** The record kinds of the card and the table each is kept in. */
export const ENTITY_TABLES = {
  household: 'households',
  livingConditions: 'living_conditions',
  member: 'members',
  incomeYear: 'income_years',
  helper: 'helpers',
  measure: 'measures',
  villageProfile: 'village_profiles',
} as const
export type CardEntity = keyof typeof ENTITY_TABLES

/** The parts of the card that are edited, locked against each other and shown as one. */
export const CARD_SECTIONS = [
  'identity',
  'status',
  'livingConditions',
  'members',
  'incomeYears',
  'helpers',
  'measures',
  'villageProfile',
] as const
export type CardSection = (typeof CARD_SECTIONS)[number]

export interface CardField extends FieldFacts {
  entity: CardEntity
  section: CardSection
  /** Property in the API, camelCase. */
  name: string
  /** Column of the entity's table, snake_case; null for derived fields, which no table keeps as typed data. */
  column: string | null
  /** A record without it is refused. */
  required: boolean
}

type Shape = Record<string, z.ZodType>

const SHAPES: readonly [CardEntity, CardSection, Shape][] = [
  ['household', 'identity', identityTyped],
  ['household', 'identity', identityDerived],
  ['household', 'status', statusTyped],
  ['livingConditions', 'livingConditions', livingConditionsTyped],
  ['member', 'members', memberTyped],
  ['member', 'members', memberDerived],
  ['incomeYear', 'incomeYears', incomeYearTyped],
  ['incomeYear', 'incomeYears', incomeYearDerived],
  ['helper', 'helpers', helperTyped],
  ['measure', 'measures', measureTyped],
  ['villageProfile', 'villageProfile', villageProfileTyped],
]

/** firstIdentifiedInMonth → first_identified_in_month, houseAreaM2 → house_area_m2 */
export function columnName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function fieldsOf(entity: CardEntity, section: CardSection, shape: Shape): CardField[] {
  return Object.entries(shape).map(([name, schema]) => {
    const facts = fieldFacts.get(schema)
    if (!facts) throw new Error(`${entity}.${name} was not made by a field kind`)
    const isDerived = facts.origin === 'derived'
    const column = isDerived ? null : columnName(name)
    return { ...facts, entity, section, name, column, required: !isDerived && isRequired(schema) }
  })
}

/** Every field of the card, in the order of the paper card: what import, forms, exports and SQL columns follow. */
export const CARD_FIELDS: readonly CardField[] = SHAPES.flatMap((entry) => fieldsOf(...entry))

const BY_KEY = new Map(CARD_FIELDS.map((field) => [`${field.entity}.${field.name}`, field]))

/** The field with this entity and property name, as in 'member.idNo'; undefined when there is none. */
export function findCardField(key: string): CardField | undefined {
  return BY_KEY.get(key)
}

export function listCardFields(entity: CardEntity): CardField[] {
  return CARD_FIELDS.filter((field) => field.entity === entity)
}

/** The fields with a column of their own: the typed and the settled ones. */
export function listColumnFields(entity: CardEntity): (CardField & { column: string })[] {
  return listCardFields(entity).flatMap((field) =>
    field.column === null ? [] : [{ ...field, column: field.column }],
  )
}
