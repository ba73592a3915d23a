import { createHash } from 'node:crypto'
import { MASKED_FIELDS } from '@tiejun/contract/households/allowed.ts'
import { findCardField } from '@tiejun/contract/households/fields.ts'
import type { CardFieldInfo, CardFields } from '@tiejun/contract/households/pack-card.ts'
import type { Pack, PackField } from '@tiejun/contract/platform/packs.ts'
import type { PackFacts } from './pack-facts.ts'

const FEN_IN_YUAN = 100

function fieldInfo(packField: PackField, facts: PackFacts): CardFieldInfo[] {
  const field = findCardField(packField.field)
  if (!field) return []
  const limits = facts.limitsOf(packField.field)
  return [
    {
      key: packField.field,
      entity: field.entity,
      section: field.section,
      name: field.name,
      label: { zh: packField.zh, en: packField.en },
      short: packField.short ?? null,
      hint: packField.hint,
      type: field.type,
      origin: field.origin,
      personal: field.personal,
      masked: MASKED_FIELDS[packField.field] ?? null,
      required: field.required || packField.required,
      enumeration: field.enumeration ?? null,
      unit: field.unit ?? null,
      maxLength: field.maxLength ?? null,
      minimum: limits?.minimum ?? field.minimum ?? null,
      maximum: limits?.maximum ?? field.maximum ?? null,
      scale: field.scale ?? null,
      maxItems: field.maxItems ?? null,
    },
  ]
}

/** Labels, hints, enumerations and lines of the card: the pack's words beside the contract's facts. */
export function cardFieldsOf(pack: Pack, facts: PackFacts): CardFields {
  const enumerations = Object.entries(pack.enumerations).map(([id, { name, values }]) => [
    id,
    {
      name,
      values: values.map(({ code, zh, en, from = null, until = null }) => ({ code, zh, en, from, until })),
    },
  ])
  return {
    pack: pack.info.code,
    groups: pack.fieldGroups.map(({ id, name, fields }) => ({
      id,
      name,
      fields: fields.flatMap((field) => fieldInfo(field, facts)),
    })),
    enumerations: Object.fromEntries(enumerations),
    povertyLines: pack.povertyLines.map(({ year, workingYuan, nationalYuan, basis }) => ({
      year,
      workingFen: workingYuan * FEN_IN_YUAN,
      nationalFen: nationalYuan * FEN_IN_YUAN,
      basis,
    })),
  }
}

/** Changes with every change of the pack, and only then. */
export const entityTagOf = (fields: CardFields): string =>
  `"${createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 22)}"`
