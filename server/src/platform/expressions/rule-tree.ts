import type { RuleValueType } from '@tiejun/contract/platform/expressions.ts'
import type { RawBuilder } from 'kysely'
import type { ExactNumber } from './exact-numbers.rules.ts'
import type { RelatedList, RelatedRecord, RuleEnumeration, RuleField } from './record-model.ts'

/** A value while a rule is evaluated. null is absent and, for a condition, unknown; see docs/decisions/0008-null-in-rules.md. */
export type Value = boolean | string | ExactNumber | readonly string[] | null

export type Present = Exclude<Value, null>
export type Sql = RawBuilder<unknown>

/** Type of a part of a rule. */
export interface PartType {
  type: RuleValueType
  enumeration?: RuleEnumeration
}

/** Offsets into the rule's text. */
export interface Span {
  start: number
  end: number
}

/** Rows of a list that some part of a rule goes through; `id` tells it from the others in the rule. */
export interface RowSet {
  id: number
  name: string
  list: RelatedList
  /** The name the rule gives one row. */
  variable: string
  /** How many lists are gone through around it. */
  depth: number
  /** A row is counted when each of these is surely met. */
  filters: RulePart[]
  at: Span
}

/** Where a field is read from. */
export type FieldSource =
  | { kind: 'record' }
  | { kind: 'row'; rows: RowSet }
  | { kind: 'related'; id: number; name: string; related: RelatedRecord }
  | { kind: 'year'; id: number; name: string; list: RelatedList; yearField: string; year: RulePart }

export type RelatedSource = Extract<FieldSource, { kind: 'related' | 'year' }>

interface Part<Kind extends string> extends PartType {
  kind: Kind
  at: Span
}

export interface LiteralPart extends Part<'literal'> {
  value: Exclude<Value, null>
}

export interface FieldPart extends Part<'field'> {
  source: FieldSource
  name: string
  field: RuleField
}

/** One part of a checked rule: everything it names exists, and every type fits. */
export type RulePart =
  | LiteralPart
  | FieldPart
  | (Part<'moment'> & { name: MomentName })
  | (Part<'all' | 'any'> & { parts: RulePart[] })
  | (Part<'not'> & { of: RulePart })
  | (Part<'choice'> & { condition: RulePart; whenTrue: RulePart; whenFalse: RulePart })
  | (Part<'operation'> & { operation: Operation; args: RulePart[] })
  | (Part<'among'> & { of: RulePart; values: LiteralPart[] | FieldPart })
  | (Part<'present'> & { of: FieldPart | RelatedSource })
  | (Part<'some' | 'every' | 'one'> & { rows: RowSet; where: RulePart })
  | (Part<'count'> & { rows: RowSet })
  | (Part<'sum' | 'max' | 'min'> & { rows: RowSet; of: RulePart })

/** Part of a sentence; `binding` says how tightly it holds together, so that looser ones are put in brackets. */
export interface Phrase {
  zh: string
  en: string
  binding: number
}

/**
 * What an operator or function means, three times: in PostgreSQL, in the program, in words. Each is unknown when an
 * argument is: SQL gives NULL by itself, and `evaluate` is not asked.
 */
export interface Operation {
  sql(args: readonly Sql[]): Sql
  evaluate(args: readonly Present[]): Value
  words(args: readonly Phrase[], parts: readonly RulePart[]): Phrase
}

/** What is known about the time of a question, besides the record. */
export interface Moment {
  /** The day the rule is asked for, YYYY-MM-DD. */
  asOf: string
  /** The county's date when it is asked. */
  today: string
}

/** `asOf`, `today`, and `year`, the calendar year of `asOf`. */
export const MOMENT_TYPES = { asOf: 'date', today: 'date', year: 'year' } as const
export type MomentName = keyof typeof MOMENT_TYPES

/** Whether a part has the same value for every record. */
export function isFixed(part: RulePart): boolean {
  if (part.kind === 'literal' || part.kind === 'moment') return true
  if (part.kind === 'operation') return part.args.every(isFixed)
  return false
}
