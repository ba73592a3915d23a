import type { Words } from '@tiejun/contract/platform/packs.ts'
import { exactText } from './exact-numbers.rules.ts'
import { BINDING, bracketed, comparison } from './operations.ts'
import type { RecordModel, RuleEnumeration } from './record-model.ts'
import type {
  FieldPart,
  FieldSource,
  PartType,
  Phrase,
  RelatedSource,
  RowSet,
  RulePart,
  Value,
} from './rule-tree.ts'

/** Where a phrase stands: the model it speaks of, and how many lists are gone through around it. */
export interface Wording {
  model: RecordModel
  depth: number
}

type PartOf<Kind extends RulePart['kind']> = RulePart & { kind: Kind }

const phrase = (zh: string, en: string, binding: number = BINDING.whole): Phrase => ({ zh, en, binding })

/** The meaning of a part in words. */
export function phraseOf(part: RulePart, wording: Wording): Phrase {
  switch (part.kind) {
    case 'literal': {
      const { zh, en } = valueWords(part, part.value, wording.model)
      return phrase(zh, en)
    }
    case 'moment':
      return MOMENT_PHRASES[part.name]
    case 'field':
      return fieldPhrase(part, wording)
    case 'all':
      return joinedPhrase(part.parts, ['且', 'and'], BINDING.all, wording)
    case 'any':
      return joinedPhrase(part.parts, ['或', 'or'], BINDING.any, wording)
    case 'not':
      return notPhrase(part.of, wording)
    case 'choice':
      return choicePhrase(part, wording)
    case 'operation': {
      const args = part.args.map((arg) => phraseOf(arg, wording))
      return part.operation.words(args, part.args)
    }
    case 'among':
      return amongPhrase(part, true, wording)
    case 'present':
      return presentPhrase(part.of, true, wording)
    case 'some':
    case 'every':
    case 'one':
      return quantifierPhrase(part, wording)
    case 'count': {
      const { zh, en } = rowsWords(part.rows, wording)
      return phrase(`${zh}的数量`, `the number of ${en}`)
    }
    case 'sum':
    case 'max':
    case 'min':
      return totalPhrase(part, wording)
  }
}

/** As `phraseOf`, but a field of yes and no by itself is said as the condition it is. */
export function conditionPhrase(part: RulePart, wording: Wording, isMet = true): Phrase {
  const words = phraseOf(part, wording)
  const isCondition = part.type === 'boolean' && part.kind === 'field'
  if (!isCondition) return words
  const answer = isMet ? phrase('是', 'yes') : phrase('否', 'no')
  return comparison('==', 'boolean')?.words([words, answer], []) ?? words
}

const MOMENT_PHRASES = {
  asOf: phrase('统计日', 'the day in question'),
  today: phrase('今天', 'today'),
  year: phrase('统计年度', 'the year in question'),
}

const ABSENT: Words = { zh: '未填写', en: 'not entered' }
const UNKNOWN: Words = { zh: '无法判断', en: 'cannot be told' }

/** A value as people read it. */
export function valueWords({ type, enumeration }: PartType, value: Value, model: RecordModel): Words {
  if (value === null) return ABSENT
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (typeof value === 'string') return textWords(value, type, enumeration, model)
  if (!('units' in value)) {
    const labels = value.map((code) => codeWords(code, enumeration))
    if (labels.length === 0) return ABSENT
    return { zh: labels.map(({ zh }) => zh).join('、'), en: labels.map(({ en }) => en).join(', ') }
  }
  if (type === 'year') return { zh: exactText(value), en: exactText(value) }
  if (type !== 'money') return sameWords(grouped(exactText(value)))
  const yuan = grouped(exactText({ units: value.units, scale: value.scale + 2 }))
  return { zh: `${yuan}元`, en: `${yuan} yuan` }
}

/** Words for an outcome: what is absent in a field is unknown in a condition. */
export const outcomeWords = (part: RulePart, value: Value, model: RecordModel): Words =>
  value === null && part.kind !== 'field' ? UNKNOWN : valueWords(part, value, model)

const sameWords = (text: string): Words => ({ zh: text, en: text })

const grouped = (number: string) => number.replace(/\d(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '$&,')

function textWords(
  text: string,
  type: RulePart['type'],
  enumeration: RuleEnumeration | undefined,
  model: RecordModel,
): Words {
  if (type === 'enumeration') return codeWords(text, enumeration)
  if (type === 'area') return sameWords(model.areaName?.(text) ?? text)
  return type === 'text' ? { zh: `“${text}”`, en: `“${text}”` } : sameWords(text)
}

const codeWords = (code: string, enumeration: RuleEnumeration | undefined): Words =>
  enumeration?.values.find((value) => value.code === code) ?? sameWords(code)

function fieldPhrase({ source, field: { label } }: FieldPart, wording: Wording): Phrase {
  const owner = ownerWords(source, wording)
  return owner ? phrase(`${owner.zh}${label.zh}`, `${label.en} ${owner.en}`) : phrase(label.zh, label.en)
}

/** Whose value a field is, where that does not go without saying. */
function ownerWords(source: FieldSource, { model, depth }: Wording): Words | undefined {
  switch (source.kind) {
    case 'record':
      return depth > 0 ? { zh: `${model.label.zh}的`, en: `of the ${model.label.en}` } : undefined
    case 'row': {
      const { list, variable } = source.rows
      const isInnermost = source.rows.depth === depth - 1
      return isInnermost
        ? undefined
        : { zh: `${list.label.zh} ${variable} 的`, en: `of ${list.row.en} ${variable}` }
    }
    case 'related': {
      const { label } = source.related
      return { zh: `${label.zh}的`, en: `in ${label.en}` }
    }
    case 'year': {
      const { zh, en } = yearWords(source.year, { model, depth })
      return { zh, en: `of ${en}` }
    }
  }
}

function yearWords(year: RulePart, wording: Wording): Words {
  if (year.kind === 'moment' && year.name === 'year') return { zh: '当年', en: 'that year' }
  if (year.kind === 'literal') {
    const { zh, en } = phraseOf(year, wording)
    return { zh: `${zh}年`, en }
  }
  const { zh, en } = phraseOf(year, wording)
  return zh === '统计年度 - 1'
    ? { zh: '上年', en: 'the year before' }
    : { zh: `（${zh}）年`, en: `year (${en})` }
}

function joinedPhrase(
  parts: readonly RulePart[],
  [zh, en]: readonly [string, string],
  binding: number,
  wording: Wording,
): Phrase {
  // "and" inside "or" is bracketed as well: which of them binds tighter is nothing readers should have to know.
  const phrases = parts.map((part) => bracketed(conditionPhrase(part, wording), BINDING.not))
  return phrase(
    phrases.map((each) => each.zh).join(` ${zh} `),
    phrases.map((each) => each.en).join(` ${en} `),
    binding,
  )
}

function notPhrase(of: RulePart, wording: Wording): Phrase {
  if (of.kind === 'field') return conditionPhrase(of, wording, false)
  if (of.kind === 'present') return presentPhrase(of.of, false, wording)
  if (of.kind === 'among') return amongPhrase(of, false, wording)
  const { zh, en } = conditionPhrase(of, wording)
  return phrase(`并非（${zh}）`, `not (${en})`, BINDING.not)
}

function choicePhrase({ condition, whenTrue, whenFalse }: PartOf<'choice'>, wording: Wording): Phrase {
  const [test, yes, no] = [condition, whenTrue, whenFalse].map((part) =>
    bracketed(conditionPhrase(part, wording), BINDING.any),
  )
  return phrase(
    `如果 ${test?.zh}，则 ${yes?.zh}，否则 ${no?.zh}`,
    `if ${test?.en} then ${yes?.en}, else ${no?.en}`,
    BINDING.list,
  )
}

function amongPhrase({ of, values }: PartOf<'among'>, isMet: boolean, wording: Wording): Phrase {
  const left = bracketed(phraseOf(of, wording), BINDING.sum)
  if (!Array.isArray(values)) {
    const field = phraseOf(values, wording)
    const [zh, en] = isMet ? ['包括', 'includes'] : ['不包括', 'does not include']
    return phrase(`${field.zh} ${zh} ${left.zh}`, `${field.en} ${en} ${left.en}`, BINDING.comparison)
  }
  const words = values.map((value) => phraseOf(value, wording))
  const [zh, en] = [words.map((each) => each.zh).join('、'), words.map((each) => each.en).join(', ')]
  return isMet
    ? phrase(`${left.zh} 是 ${zh} 之一`, `${left.en} is one of ${en}`, BINDING.comparison)
    : phrase(`${left.zh} 不是 ${zh} 中的任何一个`, `${left.en} is none of ${en}`, BINDING.comparison)
}

function presentPhrase(of: FieldPart | RelatedSource, isMet: boolean, wording: Wording): Phrase {
  if (of.kind === 'field') {
    const { zh, en } = fieldPhrase(of, wording)
    const words = isMet ? [`${zh} 已填写`, `${en} is entered`] : [`${zh} 未填写`, `${en} is not entered`]
    return phrase(words[0] ?? '', words[1] ?? '', BINDING.comparison)
  }
  const { label } = of.kind === 'related' ? of.related : of.list
  const year = of.kind === 'year' ? yearWords(of.year, wording) : undefined
  const [zh, en] = isMet ? ['有', 'there is'] : ['没有', 'there is no']
  return phrase(
    `${year?.zh ?? ''}${zh}${label.zh}`,
    `${en} ${label.en}${year ? ` of ${year.en}` : ''}`,
    BINDING.comparison,
  )
}

/** A list and the filters that narrow it. */
function rowsWords(rows: RowSet, wording: Wording): Words {
  const { label } = rows.list
  if (rows.filters.length === 0) return label
  const inside = { ...wording, depth: rows.depth + 1 }
  const { zh, en } = joinedPhrase(rows.filters, ['且', 'and'], BINDING.all, inside)
  return { zh: `${label.zh}（限 ${zh}）`, en: `${label.en} (those where ${en})` }
}

function quantifierPhrase({ kind, rows, where }: PartOf<'some' | 'every' | 'one'>, wording: Wording): Phrase {
  const list = rowsWords(rows, wording)
  const { zh, en } = conditionPhrase(where, { ...wording, depth: rows.depth + 1 })
  const { row } = rows.list
  const words = {
    some: [`${list.zh}中有${row.zh} ${zh}`, `at least one of the ${list.en} satisfies: ${en}`],
    every: [`${list.zh}全部满足 ${zh}`, `all ${list.en} satisfy: ${en}`],
    one: [`${list.zh}中恰有一个满足 ${zh}`, `exactly one of the ${list.en} satisfies: ${en}`],
  }[kind]
  return phrase(words[0] ?? '', words[1] ?? '', BINDING.list)
}

function totalPhrase({ kind, rows, of }: PartOf<'sum' | 'max' | 'min'>, wording: Wording): Phrase {
  const list = rowsWords(rows, wording)
  const value = bracketed(phraseOf(of, { ...wording, depth: rows.depth + 1 }), BINDING.whole)
  const isTime = of.type === 'date' || of.type === 'month'
  const [largest, smallest] = isTime
    ? [
        ['最晚', 'latest'],
        ['最早', 'earliest'],
      ]
    : [
        ['最大', 'largest'],
        ['最小', 'smallest'],
      ]
  const words = {
    sum: [`${list.zh}的${value.zh}合计`, `the sum of ${value.en} over the ${list.en}`],
    max: [`${list.zh}中${largest?.[0]}的${value.zh}`, `the ${largest?.[1]} ${value.en} among the ${list.en}`],
    min: [
      `${list.zh}中${smallest?.[0]}的${value.zh}`,
      `the ${smallest?.[1]} ${value.en} among the ${list.en}`,
    ],
  }[kind]
  return phrase(words[0] ?? '', words[1] ?? '')
}
