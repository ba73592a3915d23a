import type { RuleExplanation, RuleProblem } from '@tiejun/contract/platform/expressions.ts'
import type { Words } from '@tiejun/contract/platform/packs.ts'
import type { RawBuilder, SqlBool } from 'kysely'
import { type CheckedRule, checkRule } from './check.ts'
import { topNames } from './check-context.ts'
import { conditionPhrase } from './describe.ts'
import { evaluate, type Frame } from './evaluate.ts'
import { explain } from './explain.ts'
import { recordSql } from './load-sql.ts'
import { parseRule } from './parse.ts'
import type { LoadedRecord, RecordModel } from './record-model.ts'
import type { Moment } from './rule-tree.ts'
import { whenTrueSql } from './to-sql.ts'

/** A rule that may be saved and asked. */
export interface Rule {
  text: string
  /** What it reads: `exitYear`, `members.birthOn`; `members` alone when the rows themselves count. */
  fields: readonly string[]
  /** A condition for WHERE, true exactly for the records that meet the rule. `alias` is that of the record's table. */
  toSql(moment: Moment, alias: string): RawBuilder<SqlBool>
  /** SQL of a JSON value with all that `test` and `explain` need of a record, read within the reach of the transaction. */
  recordSql(alias: string): RawBuilder<LoadedRecord>
  /** Whether a loaded record meets the rule; what nobody knows is not met. */
  test(record: LoadedRecord, moment: Moment): boolean
  /** Why it does or does not. */
  explain(record: LoadedRecord, moment: Moment): RuleExplanation
  describe(language: keyof Words): string
}

export interface RuleLanguage {
  /** The rule, or every problem that keeps it from being one. */
  compile(text: string): Rule | { problems: RuleProblem[] }
}

/** Compiled rules kept at hand; a county has some hundred. */
const MOST_KEPT = 500

/** The language of rules about one kind of record. */
export function ruleLanguage(model: RecordModel): RuleLanguage {
  const kept = new Map<string, Rule>()
  const names = topNames(model)
  return {
    compile(text) {
      const known = kept.get(text)
      if (known) return known
      const parsed = parseRule(text, names)
      if ('problem' in parsed) return { problems: [parsed.problem] }
      const checked = checkRule(parsed.tree, text, model)
      if ('problems' in checked) return checked
      const rule = ruleOf(text, checked, model)
      const [oldest] = kept.keys()
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
      kept.set(text, rule)
      return rule
    },
  }
}

function ruleOf(text: string, { part, fields }: CheckedRule, model: RecordModel): Rule {
  const frameOf = (record: LoadedRecord, moment: Moment): Frame => ({ record, moment, rows: new Map() })
  return {
    text,
    fields,
    toSql: (moment, alias) => whenTrueSql(part, { alias, moment }),
    // The columns are those the model declares, so the JSON is a record of it.
    recordSql: (alias) => recordSql(model, fields, alias) as RawBuilder<LoadedRecord>,
    test: (record, moment) => evaluate(part, frameOf(record, moment)) === true,
    explain: (record, moment) =>
      explain(part, true, { text, model, frame: frameOf(record, moment), depth: 0 }),
    describe: (language) => conditionPhrase(part, { model, depth: 0 })[language],
  }
}
