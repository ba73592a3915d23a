import type { CheckContext, HouseholdState } from './check-context.ts'
import { mayImportInto, villageNameOf } from './check-context.ts'
import { COPY_NULL, copyText } from './cell-text.rules.ts'
import { householdFaults } from './household-checks.rules.ts'
import { satisfiesLuhn } from '@tiejun/contract/standards/bank-account.ts'
import { copyLine } from './records.rules.ts'
import type { RecordColumns, RowPlace } from './row-reading.ts'
import { checkRequired, readRecord, recordColumns, report, reportField, textAt } from './row-reading.ts'
import type { ReadColumn, SheetColumns } from './sheet-columns.ts'

export interface HouseholdReader {
  /** Reads the household columns of a row and stages the household; the state is known from now on. */
  open(place: RowPlace, householdNo: string): HouseholdState
  columns: ReadColumn[]
}

const AREA_KEYS = new Set(['household.householdNo', 'household.villageCode'])

/** Reads households, with their living conditions, from a sheet that describes them. */
export function householdReader(context: CheckContext, sheet: SheetColumns): HouseholdReader {
  const { household, livingConditions } = context.layouts
  const fromHousehold = recordColumns(sheet, household, AREA_KEYS)
  const fromLiving = recordColumns(sheet, livingConditions)
  const record = household.blank()
  const living = livingConditions.blank()
  const textOf = (key: string) =>
    record[household.slotOf(key)] ?? living[livingConditions.slotOf(key)] ?? COPY_NULL
  const columns = [...sheet.byKey.values()].filter(
    // In a flat file the income is repeated on every row as well.
    ({ field }) => field.entity !== 'member' && field.key !== 'household.householdNo',
  )
  return {
    columns,
    open: (place, householdNo) => {
      readRecord(place, fromHousehold, record)
      const hasLiving = readRecord(place, fromLiving, living) > 0
      const village = findVillage(context, sheet, place)
      const state = placeHousehold(context, sheet, place, householdNo, village)
      state.declared = readDeclared(sheet, place)
      state.firstCells = columns.map(({ index }) => place.row.values[index] ?? null)
      checkHousehold(context, sheet, place, fromHousehold, { state, record, textOf })
      context.counts.households += 1
      if (hasLiving) context.counts.living += 1
      if (state.isUsable) stage(context, state, record, hasLiving ? living : undefined)
      return state
    },
  }
}

function readDeclared(sheet: SheetColumns, place: RowPlace): HouseholdState['declared'] {
  const text = (key: string) => textAt(place, sheet.byKey.get(key))
  const count = text('household.memberCount')
  return {
    count: count === null ? null : Number(count),
    headName: text('household.headName'),
    headIdNo: text('household.headIdNo'),
  }
}

/** The village of the row; undefined when it cannot be told or lies out of reach, which is reported. */
function findVillage(context: CheckContext, sheet: SheetColumns, place: RowPlace): string | undefined {
  const keys = {
    code: 'household.villageCode',
    township: 'household.townshipName',
    village: 'household.villageName',
  }
  const { code, fault, at } = context.findVillage(
    textAt(place, sheet.byKey.get(keys.code)),
    textAt(place, sheet.byKey.get(keys.township)),
    textAt(place, sheet.byKey.get(keys.village)),
  )
  const county = textAt(place, sheet.byKey.get('household.countyName'))
  if (county !== null && !context.countyNames.has(county))
    reportField(place, sheet, 'household.countyName', { code: 'county_differs' })
  if (fault) {
    reportField(place, sheet, keys[at ?? 'village'], fault)
    return undefined
  }
  if (code !== undefined && !mayImportInto(context.reach, code)) {
    reportField(place, sheet, keys.village, { code: 'village_out_of_reach' })
    return undefined
  }
  return code
}

/** Makes the household's state: that of the registry when the number is known there, in the same village. */
function placeHousehold(
  context: CheckContext,
  sheet: SheetColumns,
  place: RowPlace,
  householdNo: string,
  village: string | undefined,
): HouseholdState {
  const known = context.registry.get(householdNo)
  let isUsable = village !== undefined
  if (known && !mayImportInto(context.reach, known.villageCode)) {
    reportField(place, sheet, 'household.householdNo', { code: 'household_no_taken' })
    isUsable = false
  } else if (known && village !== undefined && known.villageCode !== village) {
    const villageName = villageNameOf(context.areas, known.villageCode)
    reportField(place, sheet, 'household.villageName', {
      code: 'household_in_other_village',
      params: { villageName },
    })
    isUsable = false
  }
  const state: HouseholdState = {
    householdNo,
    id: known?.id ?? context.newId(),
    villageCode: known?.villageCode ?? village ?? '',
    isKnown: known !== undefined,
    isUsable,
    firstRow: place.row.number,
    firstSheet: sheet.place,
    firstCells: [],
    members: [],
    memberRows: [],
    years: [],
    declared: { count: null, headName: null, headIdNo: null },
    headName: null,
    headIdNo: null,
  }
  context.households.set(householdNo, state)
  return state
}

function checkHousehold(
  context: CheckContext,
  sheet: SheetColumns,
  place: RowPlace,
  from: RecordColumns,
  { state, record, textOf }: { state: HouseholdState; record: string[]; textOf(key: string): string },
): void {
  // What a known household has already need not be said again.
  if (!state.isKnown) checkRequired(place, from, record)
  const faults = householdFaults(textOf, (key) => sheet.byKey.has(key), context.rules.today)
  for (const { field, code, params } of faults) reportField(place, sheet, field, { code, params })
  const account = textOf('household.bankAccount')
  const column = sheet.byKey.get('household.bankAccount')
  if (column && account.length >= 16 && account.length <= 19 && !satisfiesLuhn(account))
    report(place, column, { code: 'bank_account_luhn' })
}

function stage(
  context: CheckContext,
  state: HouseholdState,
  record: readonly string[],
  living: readonly string[] | undefined,
): void {
  const { layouts, staging, seal, area } = context
  const { villageCode } = state
  if (area.from === null || villageCode < area.from) area.from = villageCode
  if (area.to === null || villageCode > area.to) area.to = villageCode
  const version = context.registry.get(state.householdNo)?.version ?? COPY_NULL
  const place = `${context.importId}\t${state.firstSheet.no}\t${state.firstRow}`
  const start = `${place}\t${state.id}\t${copyText(state.householdNo)}\t${villageCode}\t${version}`
  const account = record[layouts.household.slotOf('household.bankAccount')] ?? COPY_NULL
  const sealed =
    account === COPY_NULL
      ? `\t${COPY_NULL}\t${COPY_NULL}`
      : `\t\\\\x${seal.sealHex(account)}\t\\\\x${seal.lookupHashHex('bank_account', account)}`
  staging.households.line(copyLine(start, record, layouts.household.copied) + sealed)
  if (living)
    staging.living.line(
      copyLine(
        `${place}\t${state.id}\t${copyText(state.householdNo)}\t${villageCode}`,
        living,
        layouts.livingConditions.copied,
      ),
    )
}

/**
 * Stages a household of the registry that only the sheets 人 or 收入 name, with nothing to change of itself: the commit
 * locks it and sees whether somebody has changed it since. Rows below 0 are no rows of the file.
 */
export function stageMention(context: CheckContext, state: HouseholdState): void {
  context.counts.households += 1
  stage(
    context,
    { ...state, firstRow: -context.counts.households },
    context.layouts.household.blank(),
    undefined,
  )
}

export const HOUSEHOLD_PREFIX = [
  'import_id',
  'sheet_no',
  'row_no',
  'id',
  'household_no',
  'village_code',
  'version_seen',
]
export const HOUSEHOLD_SEALED = ['bank_account_sealed', 'bank_account_hash']
export const LIVING_PREFIX = [
  'import_id',
  'sheet_no',
  'row_no',
  'household_id',
  'household_no',
  'village_code',
]
