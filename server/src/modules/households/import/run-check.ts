import type {
  ImportColumn,
  ImportCounts,
  ImportLayout,
  ImportNormalisation,
  ImportProblemGroup,
} from '@tiejun/contract/households/import.ts'
import type { TelephoneArea } from '@tiejun/contract/standards/phone.ts'
import pg from 'pg'
import { idMaker } from '../../../platform/ids.ts'
import type { AreaRange } from '../../../platform/permissions/actor.ts'
import { bulkVaultOf } from '../../../platform/personal-data/bulk-vault.ts'
import { vaultOf } from '../../../platform/personal-data/vault.ts'
import { openWorkbook } from '../../../platform/workbooks/index.ts'
import type { CheckContext, KnownHousehold } from './check-context.ts'
import { countChecked } from './check-counts.store.ts'
import { checkWorkbook } from './check-workbook.ts'
import type { CheckedSheets } from './check-workbook.ts'
import { HOUSEHOLD_PREFIX, HOUSEHOLD_SEALED, LIVING_PREFIX } from './household-rows.ts'
import type { ImportVocabulary } from './import-fields.rules.ts'
import { INCOME_PREFIX } from './income-rows.ts'
import { MEMBER_PREFIX, MEMBER_SEALED } from './member-rows.ts'
import { PROBLEM_COLUMNS, problemLog } from './problem-log.ts'
import type { FoundProblem } from './problem-log.ts'
import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { watchProgress } from './progress.store.ts'
import type { ProgressWatch } from './progress.store.ts'
import { recordLayout } from './records.rules.ts'
import {
  analyseStaging,
  clearStaging,
  columnOf,
  findMemberConflicts,
  hasMembers,
  matchMembers,
  readRegistry,
} from './registry-checks.store.ts'
import type { CopyTarget } from './staging.store.ts'
import { openCopy } from './staging.store.ts'
import { villageFinder } from './villages.rules.ts'
import type { AreaRow } from './villages.rules.ts'
import { readFile } from './file-chunks.store.ts'

/** All a check needs, as plain data: it runs in a thread of its own so that other requests are not kept waiting. */
export interface CheckTask {
  importId: string
  fileName: string
  settings: pg.PoolConfig
  master: Uint8Array
  vocabulary: ImportVocabulary
  telephone: TelephoneArea
  areas: AreaRow[]
  reach: AreaRange[]
  today: string
  incomeYear: number | null
}

export interface CheckResult {
  kind: 'checked'
  layout: ImportLayout
  incomeYear: number | null
  counts: ImportCounts
  columns: ImportColumn[]
  normalisations: ImportNormalisation[]
  problemGroups: ImportProblemGroup[]
  errorCount: number
  warningCount: number
  hasFileError: boolean
  areaFrom: string | null
  areaTo: string | null
}

export type CheckOutcome =
  | CheckResult
  | { kind: 'unreadable'; code: string; params: Record<string, unknown> }
  | { kind: 'cancelled' }
  | { kind: 'failed'; name: string; stack: string }

/** The dry run: reads, checks and stages the file; nothing in the registry changes. */
export async function runCheck(task: CheckTask): Promise<CheckOutcome> {
  const client = new pg.Client(task.settings)
  await client.connect()
  const progress = await watchProgress(task.settings, task.importId, 'reading')
  const copies: CopyTarget[] = []
  try {
    await clearStaging(client, task.importId)
    await client.query('DELETE FROM import_problems WHERE import_id = $1', [task.importId])
    return await check(task, client, progress, copies)
  } catch (error) {
    if (progress.signal.aborted) return { kind: 'cancelled' }
    throw error
  } finally {
    await Promise.all(copies.map((copy) => copy.abort()))
    await progress.end()
    await client.end()
  }
}

async function check(
  task: CheckTask,
  client: pg.Client,
  progress: ProgressWatch,
  copies: CopyTarget[],
): Promise<CheckOutcome> {
  const bytes = await readFile(client, vaultOf(Buffer.from(task.master)), task.importId)
  const workbook = await openWorkbook(bytes, task.fileName)
  try {
    const context = await contextOf(task, await readRegistry(client), copies)
    const sheets = await checkWorkbook(workbook, context, {
      settle: async () => {
        progress.set('reading', context.counts.rows, null)
        await Promise.all(copies.map((copy) => copy.drain()))
      },
      signal: progress.signal,
      incomeYearGiven: task.incomeYear,
    })
    progress.set('registry', 0, null)
    const [problems, ...staged] = copies
    await Promise.all(staged.map((copy) => copy.end()))
    await Promise.all(staged.map((copy) => copy.commit()))
    await compareWithRegistry(task, client, context, sheets, progress)
    await problems?.end()
    await problems?.commit()
    copies.length = 0
    return await resultOf(client, context, sheets)
  } finally {
    await workbook.close()
  }
}

async function contextOf(
  task: CheckTask,
  registry: ReadonlyMap<string, KnownHousehold>,
  copies: CopyTarget[],
): Promise<CheckContext> {
  const { fields } = task.vocabulary
  const layouts = {
    household: recordLayout('household', fields),
    livingConditions: recordLayout('livingConditions', fields),
    member: recordLayout('member', fields),
    incomeYear: recordLayout('incomeYear', fields),
  }
  const open = async (table: string, columns: string[]) => {
    const copy = await openCopy(task.settings, table, columns)
    copies.push(copy)
    return copy
  }
  const problems = await open('import_problems', PROBLEM_COLUMNS)
  const staging = {
    households: await open('import_households', [
      ...HOUSEHOLD_PREFIX,
      ...layouts.household.columns,
      ...HOUSEHOLD_SEALED,
    ]),
    living: await open('import_living_conditions', [...LIVING_PREFIX, ...layouts.livingConditions.columns]),
    members: await open('import_members', [...MEMBER_PREFIX, ...layouts.member.columns, ...MEMBER_SEALED]),
    incomes: await open('import_income_years', [...INCOME_PREFIX, ...layouts.incomeYear.columns]),
  }
  return {
    importId: task.importId,
    layout: 'flat',
    rules: { vocabulary: task.vocabulary, telephone: task.telephone, today: task.today },
    layouts,
    seal: bulkVaultOf(Buffer.from(task.master)),
    newId: idMaker(),
    log: problemLog(task.importId, (line) => problems.line(line)),
    staging,
    countyNames: new Set(task.areas.flatMap(({ level, name }) => (level === 'county' ? [name] : []))),
    areas: new Map(task.areas.map((area) => [area.code, area])),
    findVillage: villageFinder(task.areas),
    reach: task.reach,
    registry,
    households: new Map(),
    seenPersonNos: new Map(),
    seenDocuments: new Map(),
    counts: { rows: 0, households: 0, members: 0, living: 0, incomes: 0 },
    area: { from: null, to: null },
  }
}

async function compareWithRegistry(
  task: CheckTask,
  client: pg.Client,
  context: CheckContext,
  sheets: CheckedSheets,
  progress: ProgressWatch,
): Promise<void> {
  await analyseStaging(client, context.counts.rows)
  if (await hasMembers(client)) {
    await matchMembers(client, task.importId)
    progress.signal.throwIfAborted()
    for (const { code, field, row, householdNo, params } of await findMemberConflicts(
      client,
      task.importId,
      task.reach,
    )) {
      const column = columnOf(sheets.members, field)
      const problem: FoundProblem = { code: code as ImportProblemCode, params, row, householdNo }
      context.log.add({ ...problem, sheet: sheets.members?.place, ...(column && { column }) })
    }
  }
  progress.signal.throwIfAborted()
  await client.query(
    'INSERT INTO import_faulty_households (import_id, household_no) SELECT $1, unnest($2::text[])',
    [task.importId, [...context.log.faulty]],
  )
}

async function resultOf(
  client: pg.Client,
  context: CheckContext,
  sheets: CheckedSheets,
): Promise<CheckResult> {
  const groups = [...context.log.groups.values()].toSorted((a, b) => b.count - a.count)
  const sum = (severity: 'error' | 'warning') =>
    groups.filter((group) => group.severity === severity).reduce((total, { count }) => total + count, 0)
  return {
    kind: 'checked',
    layout: sheets.layout,
    incomeYear: sheets.incomeYear,
    counts: await countChecked(client, context),
    columns: sheets.columns,
    normalisations: sheets.normalisations,
    problemGroups: groups,
    errorCount: sum('error'),
    warningCount: sum('warning'),
    hasFileError: context.log.hasFileError,
    areaFrom: context.area.from,
    areaTo: context.area.to,
  }
}
