import { z } from 'zod'
import { Words } from './packs.ts'

/**
 * 规则: a condition in CEL on one kind of record, such as a household card. The words of the server's answers: what is wrong in a rule's
 * text, and why a record does or does not meet it.
 */

/** What can be wrong in the text of a rule. The web words each code; `params` fill its placeholders. */
export const RuleProblemCode = z.enum([
  // The text cannot be read.
  'empty',
  'too_long',
  'too_many_parts',
  'too_deep',
  'unexpected_text',
  'unfinished',
  'unfinished_text',
  'bad_escape',
  'bad_number',
  'reserved_word',
  'full_width_character',
  'operator_spelling',
  // It can be read, but names something that is not there.
  'unknown_name',
  'unknown_field',
  'unknown_function',
  'unknown_code',
  // It names something that is there, but uses it wrongly.
  'not_a_condition',
  'not_allowed',
  'null_not_allowed',
  'wrong_type',
  'not_comparable',
  'different_enumerations',
  'wrong_argument_count',
  'literal_needed',
  'bad_date',
  'bad_month',
  'bad_area',
  'bad_text',
  'number_too_large',
  'too_many_decimals',
  'empty_list',
  'list_not_a_value',
  'record_not_a_value',
  'not_a_list',
  'variable_needed',
  'variable_taken',
  'lists_nested_too_deep',
])
export type RuleProblemCode = z.infer<typeof RuleProblemCode>

/** A stretch of the rule's text. Lines and columns count from 1, columns in characters. */
export const RulePlace = z.object({
  line: z.int(),
  column: z.int(),
  length: z.int().describe('Characters; 0 when something is missing at that place'),
})
export type RulePlace = z.infer<typeof RulePlace>

/** One thing wrong in a rule, where it stands and what to fill into its wording. */
export const RuleProblem = z
  .object({
    code: RuleProblemCode,
    ...RulePlace.shape,
    params: z
      .record(z.string(), z.string())
      .describe('For the wording: name, found, expected, didYouMean, instead, limit …'),
  })
  .meta({ id: 'RuleProblem', description: '规则中的问题' })
export type RuleProblem = z.infer<typeof RuleProblem>

/** Types of the values a rule can speak of; those of a record's fields, and texts and numbers of the rule itself. */
export const RuleValueType = z.enum([
  'boolean',
  'integer',
  'decimal',
  'money',
  'year',
  'text',
  'date',
  'month',
  'enumeration',
  'enumerations',
  'area',
])
export type RuleValueType = z.infer<typeof RuleValueType>

/** A value that a part of the rule had for one record; null when it was absent (unknown). */
export const RuleValue = z.object({
  type: RuleValueType,
  value: z
    .union([z.boolean(), z.string(), z.array(z.string())])
    .nullable()
    .describe('Numbers as decimal text, exact; money in fen; dates YYYY-MM-DD'),
  words: Words.describe('The value as people read it: 因病, 4,000元, 未填写'),
})
export type RuleValue = z.infer<typeof RuleValue>

/** What a part of a rule does: joins conditions, looks through rows, compares, or names a value. */
export const RulePartKind = z.enum([
  'all_of',
  'any_of',
  'not',
  'choice',
  'some_row',
  'every_row',
  'one_row',
  'count_rows',
  'total_rows',
  'condition',
  'value',
])
export type RulePartKind = z.infer<typeof RulePartKind>

/** 为什么: one part of a rule with the value it had for one record, and the parts it is made of. */
export interface RuleExplanation {
  kind: RulePartKind
  /** The meaning of this part in words. */
  words: Words
  at: RulePlace
  outcome: RuleValue
  /** Whether the outcome of the whole rule rests on this part. */
  isDecisive: boolean
  parts: RuleExplanation[]
  /** For parts that look through related rows: each row with what was found in it. */
  rows: RuleRow[]
}

/** One related row, e.g. a member of the household. */
export interface RuleRow {
  /** Its place in the list, from 1. */
  number: number
  /** What tells it from the others, e.g. the member's name; null when the list has nothing of the kind. */
  title: string | null
  /** Whether the row passed the filters of the list; only then it was looked at. */
  isCounted: boolean
  isDecisive: boolean
  parts: RuleExplanation[]
}

export const RuleExplanation: z.ZodType<RuleExplanation> = z
  .object({
    kind: RulePartKind,
    words: Words,
    at: RulePlace,
    outcome: RuleValue,
    isDecisive: z.boolean().describe('Whether the outcome of the whole rule rests on this part'),
    get parts(): z.ZodArray<typeof RuleExplanation> {
      return z.array(RuleExplanation)
    },
    get rows(): z.ZodArray<z.ZodType<RuleRow>> {
      return z.array(RuleRow)
    },
  })
  .meta({ id: 'RuleExplanation', description: '规则判断依据' })

export const RuleRow: z.ZodType<RuleRow> = z
  .object({
    number: z.int().describe('Place in the list, from 1'),
    title: z.string().nullable().describe('What tells the row from the others, e.g. the name of a member'),
    isCounted: z.boolean().describe('Whether the row passed the filters of the list'),
    isDecisive: z.boolean(),
    parts: z.array(RuleExplanation),
  })
  .meta({ id: 'RuleRow', description: '规则逐行判断' })
