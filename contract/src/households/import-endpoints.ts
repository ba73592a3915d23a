import { z } from 'zod'
import { endpoint } from '../platform/endpoints.ts'
import { manyOf, pageOf, pageQuery, sortBy } from '../platform/lists.ts'
import {
  HouseholdImport,
  HouseholdImportDetail,
  ImportEntity,
  ImportPreviewKind,
  ImportPreviewRow,
  ImportStatus,
} from './import.ts'
import { ImportProblem, ImportProblemCode, ImportSeverity } from './import-problems.ts'

const action = 'households.import'
const params = z.object({ id: z.uuid() })

export const ImportListQuery = z.strictObject({
  ...pageQuery,
  status: manyOf(ImportStatus).describe('Discarded ones are only listed when asked for'),
  sort: sortBy('createdAt').describe('Newest first unless told'),
})

export const ImportProblemsQuery = z.strictObject({
  ...pageQuery,
  severity: ImportSeverity.optional(),
  code: manyOf(ImportProblemCode),
  sheet: z.string().optional(),
  header: z.string().optional(),
  householdNo: z.string().optional(),
})

export const ImportPreviewQuery = z.strictObject({
  ...pageQuery,
  kind: ImportPreviewKind,
  entity: ImportEntity.default('household').describe('Absent records are always members'),
})

/** The year of the income columns, when the file does not tell it. */
export const CheckImportRequest = z
  .strictObject({ incomeYear: z.number().int().min(2010).max(2100).optional() })
  .meta({ id: 'CheckImportRequest', description: '重新检查' })

export const CommitImportRequest = z
  .strictObject({
    withoutFaulty: z
      .boolean()
      .describe('True: households with errors are left out whole. False: refused while there are errors'),
  })
  .meta({ id: 'CommitImportRequest', description: '确认导入' })

export const UndoImportRequest = z
  .strictObject({ reason: z.string().trim().max(200).optional() })
  .meta({ id: 'UndoImportRequest', description: '撤销导入' })

export const importEndpoints = {
  template: endpoint({
    method: 'GET',
    path: '/household-import-template.xlsx',
    summary: '下载导入模板',
    description:
      'Sheets 户, 人, 收入 with drop-down lists of the pack’s enumerations and a hint on each header.',
    action,
    response: 'file',
  }),
  list: endpoint({
    method: 'GET',
    path: '/household-imports',
    summary: '查看导入记录',
    description: 'One’s own imports, and those of others that lie wholly within reach.',
    action,
    query: ImportListQuery,
    response: pageOf(HouseholdImport),
  }),
  upload: endpoint({
    method: 'POST',
    path: '/household-imports',
    summary: '上传户卡工作簿',
    description:
      'XLSX or CSV (UTF-8, GB18030, UTF-16). The file is kept encrypted and checked at once, in the background: ask for the import until its status is no longer `checking`. Nothing in the registry changes. Multipart with one part `file`, and before it an optional text part `incomeYear`.',
    action,
    body: 'file',
    response: HouseholdImport,
    status: 201,
    errors: ['workbook_unreadable', 'file_too_large'],
  }),
  get: endpoint({
    method: 'GET',
    path: '/household-imports/:id',
    summary: '查看一次导入',
    action,
    params,
    response: HouseholdImportDetail,
    errors: ['not_found'],
  }),
  problems: endpoint({
    method: 'GET',
    path: '/household-imports/:id/problems',
    summary: '查看导入问题',
    description: 'In the order of the file.',
    action,
    params,
    query: ImportProblemsQuery,
    response: pageOf(ImportProblem),
    errors: ['not_found'],
  }),
  errorWorkbook: endpoint({
    method: 'GET',
    path: '/household-imports/:id/error-workbook',
    summary: '下载错误工作簿',
    description:
      'The rows of the households with errors, wrong cells red with a comment, and a sheet 问题. Put right, it can be uploaded again. Holds the personal data of the uploaded file, so the download is audited.',
    action,
    params,
    response: 'file',
    errors: ['not_found', 'action_not_allowed'],
  }),
  preview: endpoint({
    method: 'GET',
    path: '/household-imports/:id/preview',
    summary: '预览导入结果',
    action,
    params,
    query: ImportPreviewQuery,
    response: pageOf(ImportPreviewRow),
    errors: ['not_found'],
  }),
  check: endpoint({
    method: 'POST',
    path: '/household-imports/:id/dry-run',
    summary: '重新检查',
    description:
      'After an interruption, when the registry has changed meanwhile, or with the income year given.',
    action,
    params,
    body: CheckImportRequest,
    response: HouseholdImport,
    errors: ['not_found', 'action_not_allowed'],
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/household-imports/:id/cancel',
    summary: '取消进行中的检查、导入或撤销',
    description: 'Leaves nothing behind: a cancelled commit or undo has not happened.',
    action,
    params,
    response: HouseholdImport,
    errors: ['not_found', 'action_not_allowed'],
  }),
  commit: endpoint({
    method: 'POST',
    path: '/household-imports/:id/commit',
    summary: '确认导入',
    description:
      'One transaction, one audit entry. Answers when done, or after two seconds with status `committing`; then ask for the import: status `committed`, or `checked` with `failure`. Refused with action_not_allowed and reason `nothing_to_change` when every record is unchanged.',
    action,
    params,
    body: CommitImportRequest,
    response: HouseholdImport,
    errors: ['not_found', 'action_not_allowed', 'import_has_problems', 'changed_meanwhile'],
  }),
  undo: endpoint({
    method: 'POST',
    path: '/household-imports/:id/undo',
    summary: '撤销导入',
    description:
      'Deletes what the import created and restores what it changed, in one transaction, as long as nothing built on it; otherwise undo_blocked with detail {blockers: UndoBlocker[] (at most 200), total}. Answers like commit.',
    action,
    params,
    body: UndoImportRequest,
    response: HouseholdImport,
    errors: ['not_found', 'action_not_allowed', 'undo_blocked'],
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/household-imports/:id',
    summary: '放弃导入',
    description: 'Deletes the file and the dry run. An import that was committed is undone, not discarded.',
    action,
    params,
    errors: ['not_found', 'action_not_allowed'],
  }),
}
