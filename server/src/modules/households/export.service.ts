import { PassThrough } from 'node:stream'
import type { HouseholdColumn, HouseholdExportQuery, HouseholdRow } from '@tiejun/contract/households/list.ts'
import { HouseholdColumn as Columns } from '@tiejun/contract/households/list.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import { momentOf } from '../../platform/clock/moment.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { type ColumnDefinition, writeCsv, writeWorkbook } from '../../platform/workbooks/index.ts'
import type { ImportCondition } from './list-conditions.ts'
import { type HouseholdSelection, readPage, selectHouseholds } from './list.views.ts'
import { cardMeans, type CardMeans, type HouseholdMeans } from './means.ts'
import { getSearch } from './searches.service.ts'

const ROWS_AT_A_TIME = 500
const FEN_IN_YUAN = 100

/** Where a column of the list has its heading and its labels in the pack. */
const FIELDS: Record<Exclude<HouseholdColumn, 'changedAt'>, string> = {
  householdNo: 'household.householdNo',
  townshipName: 'household.townshipName',
  villageName: 'household.villageName',
  headName: 'household.headName',
  headIdNo: 'household.headIdNo',
  memberCount: 'household.memberCount',
  poorAttribute: 'household.poorAttribute',
  povertyStatus: 'household.povertyStatus',
  mainCause: 'household.mainCause',
  exitYear: 'household.exitYear',
  netPerCapitaFen: 'incomeYear.netPerCapitaFen',
  householdPhone: 'household.householdPhone',
}

const ENUMERATIONS: Partial<Record<HouseholdColumn, string>> = {
  poorAttribute: 'poor_attribute',
  povertyStatus: 'poverty_status',
  mainCause: 'poverty_cause',
}

const KINDS: Partial<Record<HouseholdColumn, ColumnDefinition['kind']>> = {
  memberCount: 'number',
  exitYear: 'number',
  netPerCapitaFen: 'money',
  changedAt: 'date',
}

function headerOf({ facts }: CardMeans, column: HouseholdColumn, year: number | null): string {
  if (column === 'changedAt') return '最近修改日期'
  const field = facts.fieldOf(FIELDS[column])
  const label = field?.short ?? field?.zh ?? column
  if (column !== 'netPerCapitaFen') return label
  return year === null ? `${label}（元）` : `${year}年${label}（元）`
}

function cellOf({ facts, countyDateOf }: ExportMeans, row: HouseholdRow, column: HouseholdColumn) {
  if (column === 'changedAt') return countyDateOf(row.changedAt)
  const value = row[column]
  const enumeration = ENUMERATIONS[column]
  return enumeration && typeof value === 'string' ? facts.labelOf(enumeration, value) : value
}

interface ExportMeans extends CardMeans {
  countyDateOf(instant: string): string
}

async function* eachRow(tx: Tx, means: CardMeans, selection: HouseholdSelection, signal: AbortSignal) {
  let after: string | undefined
  do {
    signal.throwIfAborted()
    const { rows, next } = await readPage(tx, means, selection, { limit: ROWS_AT_A_TIME, after })
    yield* rows
    after = next ?? undefined
  } while (after)
}

/** A file on its way: what to call it and its bytes. */
export interface ExportedFile {
  name: string
  type: string
  stream: PassThrough
}

/** The list as a file, row by row from one snapshot; stops when the receiver goes away. */
export const exportService = (
  means: HouseholdMeans & { countyDateOf(instant: string): string },
  importCondition: ImportCondition,
) => ({
  export: async (actor: Actor, query: HouseholdExportQuery): Promise<ExportedFile> => {
    const { format, columns = Columns.options, ...filters } = query
    const moment = momentOf(filters.asOf, means.clock)
    // Refused before anything is written down.
    await means.db.asReader(actor, 'households.export', async () => undefined, moment)
    await means.db.asActor(actor, 'households.export', async (tx) => {
      // Refused now rather than in the middle of the file.
      if (filters.search) await getSearch(tx, means.vault, filters.search)
      await recordAudit(tx, means.clock, actor, {
        action: 'household.exported',
        recordType: 'household',
        areaCode: filters.area ?? null,
        after: { ...filters, columns, format },
      })
    })
    const stream = new PassThrough()
    const cancelled = new AbortController()
    stream.once('close', () => cancelled.abort())
    const shown = { ...cardMeans(means, actor, moment), countyDateOf: means.countyDateOf }
    const read = async (tx: Tx): Promise<void> => {
      const selection = await selectHouseholds(tx, shown, filters, importCondition)
      const rows = eachRow(tx, shown, selection, cancelled.signal)
      await write(stream, format, shown, columns, selection.year, rows, cancelled.signal)
    }
    const written = means.db.asReader(actor, 'households.export', read, moment)
    // The answer has begun: all that can still be told is that the file is not whole.
    written.catch((error: unknown) => stream.destroy(error instanceof Error ? error : undefined))
    const type =
      format === 'csv'
        ? 'text/csv; charset=utf-8'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return { name: `households-${shown.today}.${format}`, type, stream }
  },
})

async function write(
  stream: PassThrough,
  format: HouseholdExportQuery['format'],
  means: ExportMeans,
  columns: HouseholdColumn[],
  year: number | null,
  rows: AsyncIterable<HouseholdRow>,
  signal: AbortSignal,
): Promise<void> {
  const headers = columns.map((column) => headerOf(means, column, year))
  if (format === 'csv') {
    const inYuan = (column: HouseholdColumn, value: ReturnType<typeof cellOf>) =>
      column === 'netPerCapitaFen' && typeof value === 'number' ? (value / FEN_IN_YUAN).toFixed(2) : value
    async function* lines() {
      yield headers
      for await (const row of rows) yield columns.map((column) => inYuan(column, cellOf(means, row, column)))
    }
    return writeCsv(lines(), stream, signal)
  }
  async function* cells() {
    for await (const row of rows) yield columns.map((column) => cellOf(means, row, column))
  }
  const definitions = columns.map((column, place) => ({
    header: headers[place] ?? column,
    kind: KINDS[column] ?? ('text' as const),
    width: 18,
  }))
  await writeWorkbook({ sheets: [{ name: '档卡', columns: definitions, rows: cells() }] }, stream, signal)
}
