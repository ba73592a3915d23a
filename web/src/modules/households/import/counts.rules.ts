import type {
  HouseholdImport,
  ImportCounts,
  ImportEntity,
  ImportPreviewKind,
} from '@tiejun/contract/households/import.ts'

/** The counts of an import by what they count. */
export const PART_OF: Record<ImportEntity, 'households' | 'livingConditions' | 'persons' | 'incomeYears'> = {
  household: 'households',
  livingConditions: 'livingConditions',
  member: 'persons',
  incomeYear: 'incomeYears',
}

/** How many records the preview lists of a kind. */
export const countOf = (counts: ImportCounts, kind: ImportPreviewKind, entity: ImportEntity): number =>
  kind === 'absent' ? counts.absentPersons : counts[PART_OF[entity]][kind]

/** True when every record of a checked file stands in the registry as it is. */
export function isNothingToChange({
  counts,
  errorCount,
}: Pick<HouseholdImport, 'counts' | 'errorCount'>): boolean {
  if (counts === null || errorCount > 0) return false
  return Object.values(PART_OF).every((part) => counts[part].new + counts[part].changed === 0)
}
