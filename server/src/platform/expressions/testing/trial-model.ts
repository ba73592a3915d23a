import { sql } from 'kysely'
import type { LoadedRecord, RecordModel, RecordRow, RuleEnumeration, RuleField } from '../record-model.ts'

const values = (...codes: [code: string, zh: string, en: string][]) =>
  codes.map(([code, zh, en]) => ({ code, zh, en }))

const CAUSE: RuleEnumeration = {
  id: 'poverty_cause',
  values: values(
    ['illness', '因病', 'Illness'],
    ['schooling', '因学', 'Schooling'],
    ['disaster', '因灾', 'Disaster'],
  ),
}
const RELATION: RuleEnumeration = {
  id: 'relation',
  values: values(['head', '户主', 'Head'], ['spouse', '配偶', 'Spouse'], ['child', '子女', 'Child']),
}
const HEALTH: RuleEnumeration = {
  id: 'health',
  values: values(
    ['healthy', '健康', 'Healthy'],
    ['chronic', '长期慢性病', 'Chronic illness'],
    ['disabled', '残疾', 'Disabled'],
  ),
}

const field = (
  type: RuleField['type'],
  zh: string,
  en: string,
  more: Partial<RuleField> = {},
): RuleField => ({
  type,
  label: { zh, en },
  ...more,
})

/** A household as rules see it, small, and with a field of every type in every place. */
export const TRIAL_MODEL: RecordModel = {
  label: { zh: '户', en: 'household' },
  fields: {
    area: field('area', '行政村', 'village', { column: 'village_code' }),
    remark: field('text', '备注', 'remarks'),
    address: field('text', '家庭住址', 'address'),
    roomCount: field('integer', '房间数', 'rooms'),
    score: field('decimal', '评分', 'score'),
    debtFen: field('money', '负债', 'debt'),
    exitYear: field('year', '脱贫年度', 'exit year'),
    isRelocated: field('boolean', '是否搬迁户', 'resettled'),
    visitedOn: field('date', '走访日期', 'day of the visit'),
    identifiedInMonth: field('month', '首次识别时间', 'first identified in'),
    mainCause: field('enumeration', '主要致贫原因', 'main cause', { enumeration: CAUSE }),
    returnReason: field('enumeration', '返贫原因', 'reason of return', { enumeration: CAUSE }),
    otherCauses: field('enumerations', '其他致贫原因', 'other causes', { enumeration: CAUSE }),
  },
  lists: {
    members: {
      label: { zh: '家庭成员', en: 'members' },
      row: { zh: '人', en: 'member' },
      table: 'trial_members',
      join: { household_id: 'id' },
      only: (alias) => sql`${sql.ref(`${alias}.left_on`)} IS NULL`,
      titleField: 'name',
      fields: {
        name: field('text', '姓名', 'name'),
        monthsAway: field('integer', '外出月数', 'months away'),
        landMu: field('decimal', '承包地', 'land'),
        wageFen: field('money', '月工资', 'monthly wage'),
        birthOn: field('date', '出生日期', 'date of birth', { ageLabel: { zh: '年龄', en: 'age' } }),
        joinedInMonth: field('month', '识别月份', 'identified in'),
        hasDibao: field('boolean', '是否享受低保', 'has dibao'),
        relation: field('enumeration', '与户主关系', 'relation', { enumeration: RELATION }),
        health: field('enumerations', '健康状况', 'health', { enumeration: HEALTH }),
      },
    },
    incomeYears: {
      label: { zh: '年度收入', en: 'income years' },
      row: { zh: '一年', en: 'year' },
      table: 'trial_income_years',
      join: { household_id: 'id' },
      byYear: { name: 'incomeYear', field: 'year' },
      fields: {
        year: field('year', '年度', 'year'),
        netFen: field('money', '纯收入', 'net income'),
        memberCount: field('integer', '人数', 'persons'),
      },
    },
  },
  records: {
    conditions: {
      label: { zh: '生产生活条件', en: 'living conditions' },
      table: 'trial_conditions',
      join: { household_id: 'id' },
      fields: {
        farmlandMu: field('decimal', '耕地面积', 'farmland'),
        hasSafeWater: field('boolean', '是否解决安全饮水', 'has safe water'),
        builtOn: field('date', '建房日期', 'built on'),
        kinds: field('enumerations', '困难类型', 'kinds of hardship', { enumeration: CAUSE }),
      },
    },
  },
  areaName: (code) => (code === '411722101000' ? '蔡都街道' : undefined),
}

// One text sorts as people expect it to: a rule must not.
export const TRIAL_TABLES = `
  CREATE TEMP TABLE trial_households (id int PRIMARY KEY, village_code text COLLATE "C", remark text COLLATE "und-x-icu", address text COLLATE "C",
    room_count int, score numeric(8,2), debt_fen bigint, exit_year smallint, is_relocated boolean, visited_on date,
    identified_in_month text COLLATE "C", main_cause text COLLATE "C", return_reason text COLLATE "C", other_causes text[]);
  CREATE TEMP TABLE trial_members (household_id int, name text, months_away int, land_mu numeric(8,2), wage_fen bigint, birth_on date,
    joined_in_month text COLLATE "C", has_dibao boolean, relation text COLLATE "C", health text[], left_on date);
  CREATE TEMP TABLE trial_income_years (household_id int, year smallint, net_fen bigint, member_count int);
  CREATE TEMP TABLE trial_conditions (household_id int, farmland_mu numeric(8,2), has_safe_water boolean, built_on date, kinds text[]);
`

/** A loaded household with nothing known of it, but for what is given. */
export function aTrialRecord(known: Readonly<Record<string, LoadedRecord[string]>> = {}): LoadedRecord {
  return { members: [], incomeYears: [], conditions: null, ...known }
}

/** Statements that store loaded records as rows, so that SQL meets exactly what the program met. */
export function storeSql(records: readonly LoadedRecord[]) {
  const rowsOf = (name: string) =>
    records.flatMap((record, index) => {
      const rows = record[name]
      const many = Array.isArray(rows) ? rows : [rows]
      return many.flatMap((row) => (row ? [{ household_id: index, ...snakeRow(row as RecordRow) }] : []))
    })
  const households = records.map((record, index) => {
    const { members: _members, incomeYears: _years, conditions: _conditions, area, ...own } = record
    return { id: index, village_code: area ?? null, ...snakeRow(own as RecordRow) }
  })
  const store = (table: string, rows: readonly object[]) =>
    sql`INSERT INTO ${sql.table(table)} SELECT * FROM json_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows)}::json)`
  return [
    store('trial_households', households),
    store('trial_members', rowsOf('members')),
    store('trial_income_years', rowsOf('incomeYears')),
    store('trial_conditions', rowsOf('conditions')),
    // Somebody who left, and would change every answer if the list did not leave him out.
    sql`INSERT INTO trial_members (household_id, name, relation, birth_on, wage_fen, health, left_on)
      SELECT id, '已走', 'head', '1950-01-01', 999999, '{disabled}', '2015-01-01' FROM trial_households`,
  ]
}

const snakeRow = (row: RecordRow) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
