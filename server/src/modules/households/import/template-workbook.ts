import type { ColumnDefinition, WorkbookDefinition } from '../../../platform/workbooks/index.ts'
import type { TemplateSheetName } from './columns.rules.ts'
import type { ImportField, ImportVocabulary } from './import-fields.rules.ts'

const SHEETS: readonly TemplateSheetName[] = ['户', '人', '收入']
const NUMBERS = new Set(['integer', 'decimal', 'money', 'year'])

/** How a column of a template or error workbook is formatted: what people read as a code stays text. */
export function columnDefinition(field: ImportField, vocabulary: ImportVocabulary): ColumnDefinition {
  const header = field.headers[0] ?? field.key
  const width = Math.min(30, Math.max(10, header.length * 2 + 2))
  const note = field.required ? `${field.hint}（必填）` : field.hint
  const kind = field.type === 'date' ? 'date' : NUMBERS.has(field.type) ? 'number' : 'text'
  const options = optionsOf(field, vocabulary)
  return { header, width, kind, note, ...(options && { options }) }
}

function optionsOf(field: ImportField, vocabulary: ImportVocabulary): string[] | undefined {
  if (field.type === 'boolean') return ['是', '否']
  // Several values stand in one cell, which a drop-down list does not allow.
  if (field.type !== 'enumeration') return undefined
  return (vocabulary.enumerations[field.enumeration ?? ''] ?? []).map(({ label }) => label)
}

/** Our template: what is filled in by hand or from another system, with what may be chosen. */
export function templateDefinition(vocabulary: ImportVocabulary): WorkbookDefinition {
  return {
    sheets: SHEETS.map((name) => ({
      name,
      columns: vocabulary.fields
        .filter((field) => field.sheets.includes(name))
        .map((field) => columnDefinition(field, vocabulary)),
      rows: [],
    })),
  }
}
