import { packCardEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { ImportProblem } from '@tiejun/contract/households/import-problems.ts'
import type {
  HouseholdImportDetail,
  ImportColumn,
  ImportCounts,
  ImportRecordCounts,
} from '@tiejun/contract/households/import.ts'
import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { aSession, renderApp } from '../../../testing/render.tsx'
import { answer } from '../../../testing/server.ts'

export const IMPORT_ID = '018f0000-0000-7000-8000-0000000000c1'
export const HOUSEHOLD_ID = '018f0000-0000-7000-8000-0000000000c2'

export const someRecords = (given: Partial<ImportRecordCounts> = {}): ImportRecordCounts => ({
  rows: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  conflicting: 0,
  faulty: 0,
  ...given,
})

export const someCounts = (given: Partial<ImportCounts> = {}): ImportCounts => ({
  rows: 120,
  households: someRecords({ rows: 40, new: 12, changed: 3, unchanged: 25 }),
  persons: someRecords({ rows: 120, new: 30, changed: 5, unchanged: 85 }),
  livingConditions: someRecords(),
  incomeYears: someRecords({ rows: 40, new: 40 }),
  absentPersons: 0,
  faultyHouseholds: 0,
  ...given,
})

/** An import that was checked and found clean; each test states what is otherwise. */
export const anImport = (given: Partial<HouseholdImportDetail> = {}): HouseholdImportDetail => ({
  id: IMPORT_ID,
  fileName: '黄埠镇户卡.xlsx',
  sizeBytes: 48_000,
  status: 'checked',
  layout: 'flat',
  incomeYear: 2017,
  createdBy: '张伟',
  isOwn: true,
  createdAt: '2026-11-24T01:30:00Z',
  checkedAt: '2026-11-24T01:30:05Z',
  committedAt: null,
  undoneAt: null,
  progress: null,
  failure: null,
  counts: someCounts(),
  committedCounts: null,
  leftOutHouseholds: null,
  errorCount: 0,
  warningCount: 0,
  allowedActions: ['check', 'commit', 'discard'],
  columns: [aColumn()],
  normalisations: [],
  problemGroups: [],
  ...given,
})

/** One with errors in two households that can be left out. */
export const aFaultyImport = (given: Partial<HouseholdImportDetail> = {}): HouseholdImportDetail =>
  anImport({
    counts: someCounts({ faultyHouseholds: 2 }),
    errorCount: 3,
    warningCount: 1,
    allowedActions: ['check', 'commit_without_faulty', 'discard', 'download_errors'],
    problemGroups: [
      { code: 'id_number_checksum', severity: 'error', sheet: '户卡', header: '证件号码', count: 2 },
      { code: 'unknown_value', severity: 'error', sheet: '户卡', header: '健康状况', count: 1 },
      { code: 'total_differs', severity: 'warning', sheet: '户卡', header: '工资性收入', count: 1 },
    ],
    ...given,
  })

/** One whose households and persons now stand in the registry. */
export const aCommittedImport = (given: Partial<HouseholdImportDetail> = {}): HouseholdImportDetail =>
  anImport({
    status: 'committed',
    committedAt: '2026-11-24T01:40:00Z',
    committedCounts: someCounts(),
    leftOutHouseholds: 0,
    allowedActions: ['undo'],
    ...given,
  })

export function aColumn(given: Partial<ImportColumn> = {}): ImportColumn {
  return {
    sheet: '户卡',
    letters: 'A',
    header: '户编号',
    field: 'household.householdNo',
    use: 'imported',
    filled: 120,
    ...given,
  }
}

export const aProblem = (given: Partial<ImportProblem> = {}): ImportProblem => ({
  id: 1,
  sheet: '户卡',
  row: 7,
  column: 'F',
  header: '证件号码',
  field: 'member.idNo',
  value: '4117**********9986',
  code: 'id_number_checksum',
  params: {},
  severity: 'error',
  householdNo: '41172200001',
  ...given,
})

const aField = (
  key: string,
  zh: string,
  type: CardFieldInfo['type'],
  given: Partial<CardFieldInfo> = {},
): CardFieldInfo => ({
  key,
  entity: key.split('.')[0] ?? '',
  section: 'members',
  name: key.split('.')[1] ?? '',
  label: { zh, en: key },
  short: null,
  hint: '',
  type,
  origin: 'typed',
  personal: 'none',
  masked: null,
  required: false,
  enumeration: null,
  unit: null,
  maxLength: null,
  minimum: null,
  maximum: null,
  scale: null,
  maxItems: null,
  ...given,
})

const values = (names: Record<string, string>) => ({
  name: { zh: '枚举', en: 'Enumeration' },
  values: Object.entries(names).map(([code, zh]) => ({ code, zh, en: code, from: null, until: null })),
})

/** The words of the card that the tests of the import speak of. */
export function answerCardWords() {
  answer(packCardEndpoints.cardFields, {
    pack: 'shangcai-2018',
    groups: [
      {
        id: 'members',
        name: { zh: '家庭成员', en: 'Members' },
        fields: [
          aField('household.householdNo', '户编号', 'text'),
          aField('household.isRelocated', '是否搬迁户', 'boolean'),
          aField('household.phone', '联系电话', 'text'),
          aField('member.health', '健康状况', 'enumerations', { enumeration: 'health' }),
          aField('member.idNo', '证件号码', 'text', { masked: 'idNo' }),
          aField('incomeYear.wageFen', '工资性收入', 'money', { unit: 'yuan' }),
        ],
      },
    ],
    enumerations: { health: values({ healthy: '健康', disabled: '残疾' }) },
    povertyLines: [2016, 2017].map((year) => ({ year, workingFen: 1, nationalFen: 1, basis: '' })),
  })
}

export const importer = aSession({ actions: ['households.import', 'households.view'] })

/** The page of an import as it stands, at one of its steps. */
export function renderImport(found: HouseholdImportDetail, step = '') {
  answer(importEndpoints.get, found)
  return renderApp(`/household-imports/${found.id}${step === '' ? '' : `/${step}`}`, importer)
}
