import type { ImportLayout } from '@tiejun/contract/households/import.ts'
import type { RelatedMember } from '@tiejun/contract/households/relations.ts'
import type { BulkVault } from '../../../platform/personal-data/bulk-vault.ts'
import type { AreaRange } from '../../../platform/permissions/actor.ts'
import type { CellValue } from '../../../platform/workbooks/index.ts'
import type { ReadingRules } from './column-readers.rules.ts'
import type { ProblemLog } from './problem-log.ts'
import type { RecordLayout } from './records.rules.ts'
import type { SheetPlace } from './sheet-columns.ts'
import type { CopyTarget } from './staging.store.ts'
import type { AreaRow, VillageFound } from './villages.rules.ts'

/** A household of the registry, as it was when the check began. */
export interface KnownHousehold {
  id: string
  villageCode: string
  version: number
}

/** What is known of one household while its rows pass. */
export interface HouseholdState {
  householdNo: string
  id: string
  villageCode: string
  isKnown: boolean
  /** False when its rows cannot be staged: village unknown or out of reach, or the number is somebody else's. */
  isUsable: boolean
  /** Row that described the household; 0 while only persons or incomes have named it. */
  firstRow: number
  firstSheet: SheetPlace
  /** Cells of the household's columns in that row, which later rows of a flat file repeat. */
  firstCells: CellValue[]
  members: RelatedMember[]
  memberRows: number[]
  years: number[]
  declared: { count: number | null; headName: string | null; headIdNo: string | null }
  headName: string | null
  headIdNo: string | null
}

export interface Staging {
  households: CopyTarget
  living: CopyTarget
  members: CopyTarget
  incomes: CopyTarget
}

/** What reading the rows of one import leans on. */
export interface CheckContext {
  importId: string
  layout: ImportLayout
  rules: ReadingRules
  layouts: Record<'household' | 'livingConditions' | 'member' | 'incomeYear', RecordLayout>
  seal: BulkVault
  newId(): string
  log: ProblemLog
  staging: Staging
  areas: Map<string, AreaRow>
  countyNames: ReadonlySet<string>
  findVillage(code: string | null, township: string | null, village: string | null): VillageFound
  reach: readonly AreaRange[]
  registry: ReadonlyMap<string, KnownHousehold>
  households: Map<string, HouseholdState>
  /** Rows by what must not occur twice. */
  seenPersonNos: Map<string, number>
  seenDocuments: Map<string, { row: number; householdNo: string }>
  counts: { rows: number; households: number; members: number; living: number; incomes: number }
  area: { from: string | null; to: string | null }
}

export const mayImportInto = (reach: readonly AreaRange[], villageCode: string): boolean =>
  reach.some(({ from, to }) => from <= villageCode && villageCode <= to)

/** Name of a village with its township, as people tell villages apart. */
export function villageNameOf(areas: ReadonlyMap<string, AreaRow>, code: string): string {
  const village = areas.get(code)
  const township = areas.get(village?.parentCode ?? '')
  return `${township?.name ?? ''}${village?.name ?? code}`
}
