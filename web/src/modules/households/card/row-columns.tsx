import type { CardSection } from '@tiejun/contract/households/fields.ts'
import type { Column } from '../../../ui/list/DataTable.tsx'
import type { CardWords } from '../fields/card-words.ts'

const WRAPPED_FROM = 100

/** A column per field of the section, in the order of the card. */
export function fieldColumns<Row extends object>(words: CardWords, section: CardSection): Column<Row>[] {
  return words.fieldsOf(section).map((field) => ({
    key: field.name,
    title: words.label(field),
    align: field.type === 'money' ? 'right' : 'left',
    isWrapped: (field.maxLength ?? 0) > WRAPPED_FROM,
    render: (row) => {
      // The border: the fields of a section name exactly the properties of its rows (contract/src/households/fields.ts).
      const value = (row as Record<string, unknown>)[field.name]
      return words.show(field, value) || '—'
    },
  }))
}
