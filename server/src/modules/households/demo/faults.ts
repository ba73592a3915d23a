import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { idCheckCharacter } from '@tiejun/contract/standards/id-number.ts'
import type { Chance } from './random.ts'
import type { SheetRecord } from './sheets.ts'

/** The records of one household in one layout; `members` and `household` may be the same rows (flat layout). */
export interface FaultTarget {
  members: SheetRecord[]
  household: SheetRecord[]
  income: SheetRecord[]
}

/** Where a fault was put in: the record and the field; the code is what a check must find. */
export interface InjectedFault {
  kind: string
  code: ImportProblemCode
  record: SheetRecord
  field: string
}

interface FaultKind {
  code: ImportProblemCode
  field: string
  rows: keyof FaultTarget
  /** Changes the cell (of every row given, for what is repeated); false when it does not apply to this household. */
  spoil(rows: SheetRecord[], chance: Chance, target: FaultTarget): SheetRecord | false
}

/** Puts the same value into every row, as an export repeats household columns. */
const setAll =
  (field: string, value: string | number) =>
  (rows: SheetRecord[]): SheetRecord | false => {
    const [first] = rows
    if (!first?.has(field)) return false
    for (const row of rows) row.set(field, value)
    return first
  }

/** Changes one member's cell by a function of the old text. */
const changeOne =
  (field: string, change: (old: string) => string | number | undefined) =>
  (rows: SheetRecord[], chance: Chance): SheetRecord | false => {
    const row = rows[chance.between(0, rows.length - 1)]
    const old = row?.get(field)
    if (!row || typeof old !== 'string') return false
    const next = change(old)
    if (next === undefined) return false
    row.set(field, next)
    return row
  }

const idField = 'member.idNo'
const otherDigit = (digit: string): string => String((Number(digit) + 3) % 10)

/** 30 February with a right check character. */
function impossibleDate(id: string): string {
  const first17 = `${id.slice(0, 10)}0230${id.slice(14, 17)}`
  return first17 + idCheckCharacter(first17)
}

function repeatId(rows: SheetRecord[]): SheetRecord | false {
  const [first, second] = rows
  const id = first?.get(idField)
  if (!second || typeof id !== 'string') return false
  second.set(idField, id)
  // Sex and birth date go along, so that the repeated number is the only fault.
  for (const field of ['member.sex', 'member.birthOn']) second.set(field, first?.get(field))
  return second.get('member.relation') === '其他' ? second : (second.set('member.relation', '其他'), second)
}

/** What people really do to such sheets, with the problem that a check must report. */
export const FAULTS: Readonly<Record<string, FaultKind>> = {
  wrong_check_character: {
    code: 'id_number_checksum',
    field: idField,
    rows: 'members',
    spoil: changeOne(idField, (id) => id.slice(0, 17) + (id.endsWith('X') ? '5' : otherDigit(id.slice(17)))),
  },
  digit_left_out: {
    code: 'id_number_length',
    field: idField,
    rows: 'members',
    spoil: changeOne(idField, (id) => id.slice(0, 9) + id.slice(10)),
  },
  letter_in_id: {
    code: 'id_number_characters',
    field: idField,
    rows: 'members',
    spoil: changeOne(idField, (id) => `${id.slice(0, 12)}O${id.slice(13)}`),
  },
  impossible_birth_date: {
    code: 'id_number_date',
    field: idField,
    rows: 'members',
    spoil: changeOne(idField, impossibleDate),
  },
  id_made_a_number: {
    code: 'digits_lost',
    field: idField,
    rows: 'members',
    spoil: changeOne(idField, (id) => (id.endsWith('X') ? undefined : Number(id))),
  },
  name_missing: {
    code: 'required',
    field: 'member.name',
    rows: 'members',
    spoil: changeOne('member.name', () => ''),
  },
  sex_against_id: {
    code: 'sex_differs_from_id_number',
    field: 'member.sex',
    rows: 'members',
    spoil: changeOne('member.sex', (sex) => (sex === '男' ? '女' : '男')),
  },
  birth_against_id: {
    code: 'birth_differs_from_id_number',
    field: 'member.birthOn',
    rows: 'members',
    spoil: changeOne('member.birthOn', (day) => `${Number(day.slice(0, 4)) - 1}${day.slice(4, 8)}11`),
  },
  unknown_relation: {
    code: 'unknown_value',
    field: 'member.relation',
    rows: 'members',
    spoil: changeOne('member.relation', (relation) => (relation === '户主' ? undefined : '邻居')),
  },
  unknown_education: {
    code: 'unknown_value',
    field: 'member.education',
    rows: 'members',
    spoil: changeOne('member.education', () => '识字班'),
  },
  healthy_and_ill: {
    code: 'healthy_excludes_others',
    field: 'member.health',
    rows: 'members',
    spoil: changeOne('member.health', () => '健康,长期慢性病'),
  },
  impossible_phone: {
    code: 'phone_invalid',
    field: 'member.phone',
    rows: 'members',
    spoil: changeOne('member.phone', (phone) => phone.slice(0, 9)),
  },
  maybe: {
    code: 'unknown_yes_no',
    field: 'member.hasResidentPension',
    rows: 'members',
    spoil: changeOne('member.hasResidentPension', () => '不清楚'),
  },
  thirteen_months: {
    code: 'too_big',
    field: 'member.workMonths',
    rows: 'members',
    spoil: (rows) => {
      const row = rows.find((record) => record.has('member.workMonths'))
      return row ? (row.set('member.workMonths', 13), row) : false
    },
  },
  same_id_twice: { code: 'id_number_repeated', field: idField, rows: 'members', spoil: repeatId },
  without_head: {
    code: 'no_head',
    field: 'member.relation',
    rows: 'members',
    spoil: changeOne('member.relation', (relation) => (relation === '户主' ? '其他' : undefined)),
  },
  two_heads: {
    code: 'several_heads',
    field: 'member.relation',
    rows: 'members',
    spoil: changeOne('member.relation', (relation) => (relation === '户主' ? undefined : '户主')),
  },
  unknown_village: {
    code: 'village_unknown',
    field: 'household.villageName',
    rows: 'household',
    spoil: (rows) => {
      // A code would tell the village all the same.
      for (const row of rows) row.delete('household.villageCode')
      return setAll('household.villageName', '张三李四村')(rows)
    },
  },
  unreadable_month: {
    code: 'not_a_month',
    field: 'household.firstIdentifiedInMonth',
    rows: 'household',
    spoil: setAll('household.firstIdentifiedInMonth', '一四年初'),
  },
  unknown_cause: {
    code: 'unknown_value',
    field: 'household.mainCause',
    rows: 'household',
    spoil: setAll('household.mainCause', '因懒'),
  },
  unreadable_area: {
    code: 'not_a_number',
    field: 'livingConditions.farmlandMu',
    rows: 'household',
    spoil: setAll('livingConditions.farmlandMu', '三亩半'),
  },
  safe_house_of_grade_d: {
    code: 'danger_level_differs',
    field: 'livingConditions.dangerLevel',
    rows: 'household',
    spoil: (rows) => {
      setAll('livingConditions.isDangerousHouse', '否')(rows)
      return setAll('livingConditions.dangerLevel', 'D级')(rows)
    },
  },
  unreadable_income: {
    code: 'not_a_number',
    field: 'incomeYear.wageOtherFen',
    rows: 'income',
    spoil: setAll('incomeYear.wageOtherFen', '约八千'),
  },
  negative_income: {
    code: 'too_small',
    field: 'incomeYear.pensionFen',
    rows: 'income',
    spoil: setAll('incomeYear.pensionFen', -100),
  },
}

/** Puts one fault into a household; undefined when no kind tried applies. */
export function injectFault(target: FaultTarget, chance: Chance): InjectedFault | undefined {
  const kinds = Object.entries(FAULTS)
  for (let tries = 0; tries < 8; tries += 1) {
    const [kind, fault] = kinds[chance.between(0, kinds.length - 1)] ?? []
    if (!kind || !fault) continue
    // A multi-year sheet has one row for each year; the fault goes into one of them.
    const rows =
      fault.rows === 'income' && target.income !== target.members
        ? target.income.slice(-1)
        : target[fault.rows]
    const record = rows.length > 0 && fault.spoil(rows, chance, target)
    if (record) return { kind, code: fault.code, record, field: fault.field }
  }
  return undefined
}
