import type { FieldType } from '@tiejun/contract/households/field-kinds.ts'
import type { ImportEntity } from '@tiejun/contract/households/import.ts'
import { CARD_FIELDS } from '@tiejun/contract/households/fields.ts'
import type { CardField } from '@tiejun/contract/households/fields.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'

/** One field of the card as the import needs it: plain data, so that it can be handed to a worker thread. */
export interface ImportField {
  /** entity.name, e.g. member.idNo */
  key: string
  entity: ImportEntity
  type: FieldType
  /** Null for derived fields, which are compared and never stored. */
  column: string | null
  /** Header as the national system prints it, then what else may stand there, the preferred first. */
  headers: string[]
  hint: string
  required: boolean
  isFlat: boolean
  /** Sheets of the template that have it. */
  sheets: string[]
  isPersonal: boolean
  enumeration: string | null
  maxLength: number | null
  /** Bounds of what people enter: money in yuan. */
  minimum: number | null
  maximum: number | null
  scale: number
  maxItems: number
}

/** What the words of a file may mean. */
export interface ImportVocabulary {
  fields: ImportField[]
  enumerations: Record<string, { code: string; label: string; synonyms: string[] }[]>
  yes: string[]
  no: string[]
}

const ENTITIES: readonly string[] = ['household', 'livingConditions', 'member', 'incomeYear']

function isImported(entity: string): entity is ImportEntity {
  return ENTITIES.includes(entity)
}

type Label = Pack['fieldGroups'][number]['fields'][number]

function boundsOf(field: CardField, label: Label): [number | null, number | null] {
  // The contract counts money in fen; people and the pack's bounds in yuan.
  const unit = field.type === 'money' ? 100 : 1
  const isMonth = field.type === 'month'
  const own = (bound: number | undefined) => (bound === undefined || isMonth ? null : bound / unit)
  return [label.min ?? own(field.minimum), label.max ?? own(field.maximum)]
}

function importFieldOf(field: CardField, entity: ImportEntity, label: Label): ImportField {
  const [minimum, maximum] = boundsOf(field, label)
  return {
    key: label.field,
    entity,
    type: field.type,
    column: field.column,
    headers: [label.zh, ...label.synonyms],
    hint: label.hint,
    required: field.required || label.required,
    isFlat: label.flat,
    sheets: [...label.sheets],
    isPersonal: field.personal !== 'none',
    enumeration: field.enumeration ?? null,
    maxLength: field.maxLength ?? null,
    minimum,
    maximum,
    scale: field.scale ?? 0,
    maxItems: field.maxItems ?? 1,
  }
}

/** The fields and words of a policy pack, in the order of the card. */
export function vocabularyOf(pack: Pack): ImportVocabulary {
  const byKey = new Map(CARD_FIELDS.map((field) => [`${field.entity}.${field.name}`, field]))
  const fields = pack.fieldGroups.flatMap((group) =>
    group.fields.flatMap((label) => {
      const field = byKey.get(label.field)
      return field && isImported(field.entity) ? [importFieldOf(field, field.entity, label)] : []
    }),
  )
  const enumerations = Object.fromEntries(
    Object.entries(pack.enumerations).map(([id, { values }]) => [
      id,
      values.map(({ code, zh, synonyms }) => ({ code, label: zh, synonyms })),
    ]),
  )
  return { fields, enumerations, yes: pack.yesNo.yes, no: pack.yesNo.no }
}
