import type { ImportNormalisation, NormalisationKind } from '@tiejun/contract/households/import.ts'
import type { TelephoneArea } from '@tiejun/contract/standards/phone.ts'
import type { CellValue } from '../../../platform/workbooks/index.ts'
import { choiceReader, choicesReader, yesNoReader } from './choice-cells.rules.ts'
import { readDay, readMonth, readYear } from './date-cells.rules.ts'
import type { ImportField, ImportVocabulary } from './import-fields.rules.ts'
import { readDecimal, readInteger, readMoney } from './number-cells.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'
import { codeReader, phoneReader, readAccount, textReader } from './text-cells.rules.ts'

export interface ReadingRules {
  vocabulary: ImportVocabulary
  telephone: TelephoneArea
  today: string
}

type Read = (cell: CellValue) => ParsedCell

const CODES = new Set([
  'household.householdNo',
  'household.villageCode',
  'household.handbookNo',
  'member.personNo',
])
const PHONES = new Set(['household.householdPhone', 'member.phone'])
const NAMES = new Set([
  'member.name',
  'household.headName',
  'household.townshipName',
  'household.villageName',
])

function readerOf(field: ImportField, { vocabulary, telephone, today }: ReadingRules): Read {
  const { minimum, maximum, scale, maxLength, maxItems } = field
  const choices = vocabulary.enumerations[field.enumeration ?? ''] ?? []
  const bounds = { minimum, maximum, scale }
  switch (field.type) {
    case 'text':
      if (CODES.has(field.key)) return codeReader(maxLength)
      if (PHONES.has(field.key)) return phoneReader(telephone)
      return field.key === 'household.bankAccount' ? readAccount : textReader(maxLength, NAMES.has(field.key))
    case 'year':
      return (cell) => readYear(cell, minimum, maximum)
    case 'month':
      return (cell) => readMonth(cell, minimum, maximum)
    case 'date':
      return (cell) => readDay(cell, today)
    case 'boolean':
      return yesNoReader(vocabulary.yes, vocabulary.no)
    case 'integer':
      return (cell) => readInteger(cell, bounds)
    case 'money':
      return (cell) => readMoney(cell, bounds)
    case 'decimal':
      return (cell) => readDecimal(cell, bounds)
    case 'enumeration':
      return choiceReader(field.enumeration ?? '', choices)
    case 'enumerations':
      return choicesReader(field.enumeration ?? '', choices, maxItems)
  }
}

const REPEATING = new Set(['boolean', 'enumeration', 'enumerations', 'year', 'month'])
const MOST_KEPT = 4096

/** Columns with few different values read each of them once. */
function keeping(read: Read): Read {
  const kept = new Map<CellValue, ParsedCell>()
  return (cell) => {
    const known = kept.get(cell)
    if (known !== undefined) return known
    const parsed = read(cell)
    if (kept.size < MOST_KEPT) kept.set(cell, parsed)
    return parsed
  }
}

/** A compiled reader of one field; made once for a column, called for each of its cells. */
export function cellReader(field: ImportField, rules: ReadingRules): Read {
  const read = readerOf(field, rules)
  return REPEATING.has(field.type) ? keeping(read) : read
}

/** Counts of what was normalised in one column. */
export interface NormalisationTally {
  note(kind: NormalisationKind, row: number, before: string, after: string): void
  counts: Map<NormalisationKind, Pick<ImportNormalisation, 'count' | 'examples'>>
}

const MOST_EXAMPLES = 3

export function normalisationTally(): NormalisationTally {
  const counts: NormalisationTally['counts'] = new Map()
  return {
    counts,
    note: (kind, row, before, after) => {
      let entry = counts.get(kind)
      if (!entry) {
        entry = { count: 0, examples: [] }
        counts.set(kind, entry)
      }
      entry.count += 1
      if (entry.examples.length < MOST_EXAMPLES) entry.examples.push({ row, before, after })
    },
  }
}
