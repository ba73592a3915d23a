export { type Rule, type RuleLanguage, ruleLanguage } from './language.ts'
export type {
  LoadedRecord,
  RecordModel,
  RecordRow,
  RelatedList,
  RelatedRecord,
  RuleEnumeration,
  RuleField,
} from './record-model.ts'
export type { Moment } from './rule-tree.ts'
