import { CARD_FIELDS } from '@tiejun/contract/households/fields.ts'
import type { CardField } from '@tiejun/contract/households/fields.ts'
import type { Pack, PackField, TemplateSheet } from '@tiejun/contract/platform/packs.ts'

/** A field of the card with what the pack says about it. */
export interface LabelledField {
  /** entity.name, such as member.idNo */
  key: string
  field: CardField
  label: PackField
  /** Contract or pack demands a value. */
  required: boolean
}

const BY_KEY = new Map(CARD_FIELDS.map((field) => [`${field.entity}.${field.name}`, field]))

/** Every field of the card in the pack's order, with its label, hint and synonyms. */
export function listLabelledFields(pack: Pack): LabelledField[] {
  return pack.fieldGroups.flatMap((group) =>
    group.fields.flatMap((label) => {
      // The loader has already refused labels of unknown fields.
      const field = BY_KEY.get(label.field)
      return field ? [{ key: label.field, field, label, required: field.required || label.required }] : []
    }),
  )
}

/**
 * The columns of the national flat export: one row per person, household columns repeated. Derived columns are among
 * them: their values are looked up or compared, never stored.
 */
export function listFlatColumns(pack: Pack): LabelledField[] {
  return listLabelledFields(pack).filter(({ label }) => label.flat)
}

/** The columns of one sheet of our own template. */
export function listTemplateColumns(pack: Pack, sheet: TemplateSheet): LabelledField[] {
  return listLabelledFields(pack).filter(({ label }) => label.sheets.includes(sheet))
}

/** Headers that may stand over this column, the preferred first. */
export function headersOf({ label }: LabelledField): string[] {
  return [label.zh, ...label.synonyms]
}
