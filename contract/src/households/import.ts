import { z } from 'zod'

/** 平铺表: one row per person, household columns repeated. 模板: our workbook with the sheets 户, 人, 收入. */
export const ImportLayout = z.enum(['flat', 'template'])
export type ImportLayout = z.infer<typeof ImportLayout>

/** The records a workbook carries, and the sheet of the template each has; living conditions stand on 户. */
export const ImportEntity = z.enum(['household', 'livingConditions', 'member', 'incomeYear'])
export type ImportEntity = z.infer<typeof ImportEntity>

/**
 * Where an import stands. `checking`, `committing` and `undoing` are at work and carry `progress`; `interrupted`: the
 * process that checked has died, check again; `unreadable`: the file cannot be read, `failure` says why;
 * `checked`: the dry run is done and can be committed, unless it has errors; `discarded`: file and dry run deleted.
 */
export const ImportStatus = z.enum([
  'checking',
  'interrupted',
  'cancelled',
  'unreadable',
  'checked',
  'committing',
  'committed',
  'undoing',
  'undone',
  'discarded',
])
export type ImportStatus = z.infer<typeof ImportStatus>

export const ImportAction = z.enum([
  'check',
  'cancel',
  'commit',
  'commit_without_faulty',
  'undo',
  'discard',
  'download_errors',
])
export type ImportAction = z.infer<typeof ImportAction>

/** `registry`: comparing with the registry; `records`: writing into it. `total` is null while it cannot be known. */
export const ImportProgress = z
  .object({
    phase: z.enum(['reading', 'registry', 'households', 'members', 'incomeYears', 'undoing']),
    done: z.number().int().describe('Rows done in this phase'),
    total: z.number().int().nullable().describe('Rows of this phase; null while unknown'),
    percent: z.number().int().nullable().describe('Of the whole step, 0–100; null while unknown'),
  })
  .meta({ id: 'ImportProgress', description: '导入进度' })
export type ImportProgress = z.infer<typeof ImportProgress>

/** 列: what the product made of one column of a sheet. */
export const ImportColumn = z
  .object({
    sheet: z.string(),
    letters: z.string().nullable().describe('Column as the spreadsheet shows it, e.g. AB; null when missing'),
    header: z.string().describe('As it stands in the file; for a missing one the label that was expected'),
    field: z.string().nullable().describe('entity.name of the card, e.g. member.idNo; null when unknown'),
    use: z
      .enum(['imported', 'compared', 'unknown', 'duplicate', 'missing', 'missing_required'])
      .describe(
        'compared: derived value, looked up or checked, never stored; duplicate: another column of the same field was taken; missing: the file has no such column, values stay as they are',
      ),
    filled: z.number().int().describe('Cells with a value'),
  })
  .meta({ id: 'ImportColumn', description: '导入列' })
export type ImportColumn = z.infer<typeof ImportColumn>

/** 规范化: a way of writing that was brought to the product's own, without changing what is meant. */
export const NormalisationKind = z.enum([
  'full_width',
  'stray_spaces',
  'lower_case_x',
  'excel_date',
  'date_form',
  'month_form',
  'yes_no',
  'synonym',
  'number_form',
  'text_number',
])
export type NormalisationKind = z.infer<typeof NormalisationKind>

export const ImportNormalisation = z
  .object({
    sheet: z.string(),
    header: z.string(),
    field: z.string(),
    kind: NormalisationKind,
    count: z.number().int().describe('Cells'),
    examples: z
      .array(z.object({ row: z.number().int(), before: z.string(), after: z.string() }))
      .describe('At most three; personal values are masked'),
  })
  .meta({ id: 'ImportNormalisation', description: '规范化统计' })
export type ImportNormalisation = z.infer<typeof ImportNormalisation>

const count = (meaning: string) => z.number().int().describe(meaning)

/** rows = new + changed + unchanged + conflicting + faulty */
export const ImportRecordCounts = z
  .object({
    rows: count('Records in the file'),
    new: count('Not in the registry yet'),
    changed: count('In the registry with other values'),
    unchanged: count('In the registry with the same values'),
    conflicting: count('Contradict the registry: cannot be taken over'),
    faulty: count('Of a household with errors, left out by a commit without faulty ones'),
  })
  .meta({ id: 'ImportRecordCounts', description: '导入记录数' })
export type ImportRecordCounts = z.infer<typeof ImportRecordCounts>

export const ImportCounts = z
  .object({
    rows: count('Rows with data, over all sheets'),
    households: ImportRecordCounts,
    persons: ImportRecordCounts,
    livingConditions: ImportRecordCounts,
    incomeYears: ImportRecordCounts,
    absentPersons: count('In the registry in a household of the file, but not in the file; they stay'),
    faultyHouseholds: count('Households with at least one error'),
  })
  .meta({ id: 'ImportCounts', description: '导入统计' })
export type ImportCounts = z.infer<typeof ImportCounts>

/** 导入: one uploaded workbook and what became of it. */
export const HouseholdImport = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    sizeBytes: z.number().int(),
    status: ImportStatus,
    layout: ImportLayout.nullable().describe('Null until recognised'),
    incomeYear: z
      .number()
      .int()
      .nullable()
      .describe('Year of the income columns of a flat table: from a title row or a column 年度, or as given'),
    createdBy: z.string().nullable().describe('Name of who uploaded it'),
    isOwn: z.boolean(),
    createdAt: z.iso.datetime({ offset: true }),
    checkedAt: z.iso.datetime({ offset: true }).nullable(),
    committedAt: z.iso.datetime({ offset: true }).nullable(),
    undoneAt: z.iso.datetime({ offset: true }).nullable(),
    progress: ImportProgress.nullable(),
    failure: z
      .object({ code: z.string(), params: z.record(z.string(), z.unknown()) })
      .nullable()
      .describe(
        'Why the last step did not end: the kind of unreadable file (encrypted, legacy_xls …), or an error code such as changed_meanwhile or undo_blocked',
      ),
    counts: ImportCounts.nullable(),
    committedCounts: ImportCounts.nullable().describe('What the commit took over; null before'),
    leftOutHouseholds: z.number().int().nullable().describe('Faulty households the commit left out'),
    errorCount: z.number().int(),
    warningCount: z.number().int(),
    allowedActions: z.array(ImportAction),
  })
  .meta({ id: 'HouseholdImport', description: '户卡导入' })
export type HouseholdImport = z.infer<typeof HouseholdImport>

/** How many problems of one kind stand in one column: the head of the problem table. */
export const ImportProblemGroup = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    sheet: z.string().nullable(),
    header: z.string().nullable(),
    count: z.number().int(),
  })
  .meta({ id: 'ImportProblemGroup', description: '导入问题分组' })
export type ImportProblemGroup = z.infer<typeof ImportProblemGroup>

export const HouseholdImportDetail = HouseholdImport.extend({
  columns: z.array(ImportColumn),
  normalisations: z.array(ImportNormalisation),
  problemGroups: z.array(ImportProblemGroup).describe('Most frequent first'),
}).meta({ id: 'HouseholdImportDetail', description: '户卡导入详情' })
export type HouseholdImportDetail = z.infer<typeof HouseholdImportDetail>

/** What may stand in a preview: a code, a number (money in fen), yes or no, several codes; personal values masked. */
const PreviewValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable()

export const ImportPreviewKind = z.enum(['new', 'changed', 'unchanged', 'conflicting', 'absent'])
export type ImportPreviewKind = z.infer<typeof ImportPreviewKind>

export const ImportPreviewRow = z
  .object({
    entity: ImportEntity,
    sheet: z.string().nullable().describe('Null for an absent person'),
    row: z.number().int().nullable(),
    recordId: z.uuid().nullable().describe('The record in the registry; null when new'),
    householdId: z.uuid().nullable().describe('The household in the registry; null when new'),
    householdNo: z.string(),
    villageCode: z.string(),
    villageName: z.string(),
    name: z.string().nullable().describe('Name of the person; null for other records'),
    year: z.number().int().nullable().describe('Of a yearly income; null for other records'),
    changes: z
      .array(z.object({ field: z.string(), before: PreviewValue, after: PreviewValue }))
      .describe('Field by field for changed records, else empty'),
    conflicts: z.array(z.string()).describe('Problem codes for conflicting records, else empty'),
  })
  .meta({ id: 'ImportPreviewRow', description: '导入预览行' })
export type ImportPreviewRow = z.infer<typeof ImportPreviewRow>

/** What has happened since to a household of an import that somebody wants to undo. */
export const UndoBlocker = z
  .object({
    householdId: z.uuid(),
    householdNo: z.string(),
    action: z
      .string()
      .nullable()
      .describe('Audit action, e.g. household.section_edited; null when not known'),
    actorName: z.string().nullable(),
    occurredAt: z.iso.datetime({ offset: true }).nullable(),
  })
  .meta({ id: 'UndoBlocker', description: '撤销导入的障碍' })
export type UndoBlocker = z.infer<typeof UndoBlocker>
