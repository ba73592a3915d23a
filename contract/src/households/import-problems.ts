import { z } from 'zod'
import { CARD_PROBLEMS } from './card-problems.ts'

/**
 * What can be wrong in a workbook. Worded by the web from code and params: what is wrong and what to do.
 * The params each code carries are named; `maximum`, `minimum` and fen are numbers, rows are row numbers.
 */
export const IMPORT_PROBLEMS = {
  // What entry by hand refuses is refused here too, under the same names.
  ...CARD_PROBLEMS,

  // The file as a whole: nothing can be taken over until it is put right.
  header_not_found: 'no row of the sheet looks like a header; {sheet}',
  required_column_missing: 'without this column no row can be taken over; {header}',
  income_year_unknown: 'income columns, but neither a column 年度 nor a year in a title row: choose the year',
  no_rows: 'a header and nothing below',
  too_many_problems: 'checking ended after so many; {maximum}',

  // One cell.
  required: 'empty, but must not be',
  digits_lost: 'the spreadsheet made a number of it; digits beyond the 15th are lost: set the column to text',
  formula_error: 'the cell holds an error value; {code}',
  unknown_value: 'not one of the values of this field; {enumeration, suggestion?}',
  unknown_yes_no: 'neither 是 nor 否',
  too_many_values: '{maximum}',
  repeated_value: 'the same value twice',
  not_a_number: '',
  not_an_integer: '',
  too_many_decimals: '{scale}',
  too_small: '{minimum}; money in yuan',
  too_big: '{maximum}; money in yuan',
  not_a_year: '',
  not_a_month: 'written 201412, 2014-12 or 2014年12月',
  not_a_date: 'written 1965-03-12, 19650312 or 1965年3月12日',
  date_in_future: '',
  too_long: '{maximum}',
  phone_invalid: 'neither a mobile number nor a landline with area code',
  id_number_length: '',
  id_number_characters: '',
  id_number_date: 'the birth date in it does not exist or lies in the future',
  id_number_checksum: 'the last character does not fit the others: a digit is mistyped',
  disability_type_wrong: 'the 19th character is not 1–7',
  disability_grade_wrong: 'the 20th character is not 1–4',
  bank_account_characters: '',
  bank_account_length: '',
  id_number_type_differs: 'the number is not of the kind of document given',
  id_number_missing: 'the kind of document demands a number',
  id_number_unexpected: 'no document, but a number',
  sex_differs_from_id_number: '',
  birth_differs_from_id_number: '',
  healthy_excludes_others: '',
  causes_repeat: 'another cause is the same as the main one',
  irrigated_exceeds_farmland: '',
  danger_level_differs: 'a house of grade A or B is no dangerous house, one of C or D is',
  disability_differs_from_card: '',
  school_status_contradicts_age: '{age}',
  exit_year_missing: 'exited, but no year of exit',
  exit_year_unexpected: 'not exited, but a year of exit',
  exit_before_identification: '',
  return_before_exit: '',
  relocation_way_missing: 'resettled, but not how',
  relocation_unexpected: 'not resettled, but a way or an address of it',
  relation_contradicts_sex: '',
  spouse_same_sex_as_head: '',
  head_sex_contradicts_relation: '',

  // A row, or several together.
  household_no_missing: 'nothing tells which household the row belongs to',
  household_unknown: 'neither in the file nor in the registry within reach',
  household_repeated: 'a second row of the same household on 户; {firstRow}',
  contradictory_repeat: 'differs from the first row of the household; {firstRow}',
  village_missing: 'neither a code nor a name of the village',
  village_unknown: 'no such village there; {townships}: those that have a village of this name',
  township_unknown: 'no such township in the county',
  village_ambiguous: 'several villages have this name: add the township or the code; {townships}',
  village_differs_from_code: 'name and code are of different villages; {villageName}',
  village_out_of_reach: 'not in the area you may import for',
  person_no_repeated: '{firstRow}',
  id_number_repeated: '{firstRow, isSameHousehold}',
  income_year_repeated: 'a second row of the same household and year; {firstRow}',
  person_key_missing:
    'neither person number nor ID number nor place in the household: cannot be told from others',
  several_spouses: '',
  no_head: 'a household without a head',
  several_heads: '{count, isInRegistry}: isInRegistry when one of them is only in the registry',

  // Against the registry: these records count as conflicting.
  household_in_other_village: 'the registry has this number in another village; {villageName}',
  household_no_taken: 'the number belongs to a household outside your reach',
  person_in_other_household: 'the registry has this person number elsewhere; {householdNo}',
  person_no_taken: 'the person number belongs to somebody outside your reach',
  person_no_differs: 'the registry knows this ID number under another person number',
  id_number_in_other_household: '{householdNo}',

  // Warnings: worth a look, no hindrance.
  relation_contradicts_age: 'older than a parent, younger than a child: step-families may be so',
  bank_account_luhn: 'the check digit of the card number does not fit; old cards may be so',
  member_count_differs: '{declared, counted}',
  total_differs: '{declaredFen, computedFen}; the parts count',
  id_number_differs:
    'the registry knows this person number under another ID number; the new one is taken over',
  head_differs: 'the head named is not the member whose relation is 户主',
  county_differs: 'the row names another county; the village decides',
} as const

export type ImportProblemCode = keyof typeof IMPORT_PROBLEMS
export const ImportProblemCode = z.enum(
  Object.keys(IMPORT_PROBLEMS) as [ImportProblemCode, ...ImportProblemCode[]],
)

/** Errors keep a household out; warnings do not. */
export const ImportSeverity = z.enum(['error', 'warning'])
export type ImportSeverity = z.infer<typeof ImportSeverity>

/** 导入问题: where it is, what it is. */
export const ImportProblem = z
  .object({
    id: z.number().int(),
    sheet: z.string().nullable().describe('Null when the file as a whole is meant'),
    row: z.number().int().nullable().describe('As the spreadsheet shows it; null when no row is meant'),
    column: z.string().nullable().describe('Letters of the column, e.g. AB'),
    header: z.string().nullable().describe('Header of the column as it stands in the file'),
    field: z.string().nullable().describe('entity.name of the card'),
    value: z
      .string()
      .nullable()
      .describe('As it stands in the cell; masked when it says something about a person'),
    code: ImportProblemCode,
    params: z.record(z.string(), z.unknown()),
    severity: ImportSeverity,
    householdNo: z.string().nullable(),
  })
  .meta({ id: 'ImportProblem', description: '导入问题' })
export type ImportProblem = z.infer<typeof ImportProblem>
