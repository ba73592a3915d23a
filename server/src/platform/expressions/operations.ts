import type { RuleValueType } from '@tiejun/contract/platform/expressions.ts'
import { sql } from 'kysely'
import {
  add,
  compareExact,
  divide,
  divideWhole,
  type ExactNumber,
  multiply,
  negate,
  remainder,
} from './exact-numbers.rules.ts'
import type { Operation, Phrase, Present, RulePart, Sql, Value } from './rule-tree.ts'

export const BINDING = {
  list: 0,
  any: 1,
  all: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  whole: 7,
} as const

// The checker has made sure of the types of the arguments, which TypeScript cannot follow through the table.
const argument = <T extends Present>(args: readonly Present[], index: number) => args[index] as T
const onNumbers = (compute: (a: ExactNumber, b: ExactNumber) => Value) => (args: readonly Present[]) =>
  compute(argument(args, 0), argument(args, 1))
const onTexts = (compute: (a: string, b: string) => Value) => (args: readonly Present[]) =>
  compute(argument(args, 0), argument(args, 1))

const phraseAt = (args: readonly Phrase[], index: number): Phrase =>
  args[index] ?? { zh: '', en: '', binding: BINDING.whole }

/** A phrase in brackets when it is looser than its place allows. */
export function bracketed(phrase: Phrase, least: number): Phrase {
  if (phrase.binding >= least) return phrase
  return { zh: `（${phrase.zh}）`, en: `(${phrase.en})`, binding: BINDING.whole }
}

const between = (zh: string, en: string, binding: number) => (args: readonly Phrase[]) => {
  const [left, right] = [bracketed(phraseAt(args, 0), binding), bracketed(phraseAt(args, 1), binding + 1)]
  return { zh: `${left.zh} ${zh} ${right.zh}`, en: `${left.en} ${en} ${right.en}`, binding }
}

/** `{0}` and `{1}` stand for the arguments. */
const saying = (zh: string, en: string, binding: number) => (args: readonly Phrase[]) => {
  const texts = args.map((arg) => bracketed(arg, BINDING.sum))
  const fill = (pattern: string, language: 'zh' | 'en') =>
    pattern.replace(/\{(\d)\}/g, (_, index: string) => phraseAt(texts, Number(index))[language])
  return { zh: fill(zh, 'zh'), en: fill(en, 'en'), binding }
}

/** Types that compare in the same way. */
type Family = 'number' | 'time' | 'text' | 'name' | 'boolean'

const FAMILIES: Record<RuleValueType, Family | undefined> = {
  integer: 'number',
  decimal: 'number',
  money: 'number',
  year: 'number',
  date: 'time',
  month: 'time',
  text: 'text',
  enumeration: 'name',
  area: 'name',
  boolean: 'boolean',
  enumerations: undefined,
}

export const familyOf = (type: RuleValueType) => FAMILIES[type]

export const isNumber = (type: RuleValueType) => FAMILIES[type] === 'number'

const COMPARISON_WORDS: Record<string, Record<Family, readonly [string, string] | undefined>> = {
  '==': {
    number: ['等于', 'equals'],
    time: ['是', 'is'],
    text: ['是', 'is'],
    name: ['是', 'is'],
    boolean: ['为', 'is'],
  },
  '!=': {
    number: ['不等于', 'is not equal to'],
    time: ['不是', 'is not'],
    text: ['不是', 'is not'],
    name: ['不是', 'is not'],
    boolean: ['不为', 'is not'],
  },
  '<': orderWords(['小于', 'is less than'], ['早于', 'is before'], ['排在前于', 'sorts before']),
  '<=': orderWords(
    ['不大于', 'is at most'],
    ['不晚于', 'is not after'],
    ['排在不后于', 'does not sort after'],
  ),
  '>': orderWords(['大于', 'is more than'], ['晚于', 'is after'], ['排在后于', 'sorts after']),
  '>=': orderWords(
    ['不小于', 'is at least'],
    ['不早于', 'is not before'],
    ['排在不前于', 'does not sort before'],
  ),
}

// Codes and areas have no order that means anything, and neither have yes and no.
function orderWords(
  number: readonly [string, string],
  time: readonly [string, string],
  text: readonly [string, string],
) {
  return { number, time, text, name: undefined, boolean: undefined }
}

const COMPARISONS: Record<string, (order: number) => boolean> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

const SQL_OPERATORS: Record<string, string> = { '==': '=', '!=': '<>' }

/** Texts compare by the bytes of UTF-8, which is what COLLATE "C" does; the order of UTF-16 units is another. */
export const compareTexts = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

export function compareValues(a: Present, b: Present): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (typeof a === 'boolean' || typeof b === 'boolean') return Number(a) - Number(b)
  return compareExact(a as ExactNumber, b as ExactNumber)
}

/** `operator` between two values of these types; undefined when they have no such comparison. */
export function comparison(operator: string, type: RuleValueType): Operation | undefined {
  const family = FAMILIES[type]
  const words = family && COMPARISON_WORDS[operator]?.[family]
  const isMet = COMPARISONS[operator]
  if (!words || !isMet) return undefined
  const isOrdered = operator !== '==' && operator !== '!='
  const collate = isOrdered && (type === 'text' || type === 'month') ? sql` COLLATE "C"` : sql``
  const symbol = sql.raw(SQL_OPERATORS[operator] ?? operator)
  return {
    sql: ([a, b]) => sql`(${a}${collate} ${symbol} ${b}${collate})`,
    evaluate: (args) => isMet(compareValues(argument(args, 0), argument(args, 1))),
    words: (args, parts) => comparisonWords(operator, words, args, parts),
  }
}

function comparisonWords(
  operator: string,
  [zh, en]: readonly [string, string],
  args: readonly Phrase[],
  parts: readonly RulePart[],
): Phrase {
  const [, right] = parts
  const isOfConditions = right?.type === 'boolean' && right.kind !== 'literal'
  if (!isOfConditions) return between(zh, en, BINDING.comparison)(args)
  return operator === '=='
    ? saying('{0} 与 {1} 同是或同否', '{0} and {1} are both so or both not', BINDING.comparison)(args)
    : saying('{0} 与 {1} 一是一否', '{0} or {1} is so, but not both', BINDING.comparison)(args)
}

// Whole numbers grow without end in both places, so there is no overflow to differ about.
const numeric = (value: Sql | undefined): Sql => sql`(${value})::numeric`
const divisor = (value: Sql | undefined): Sql => sql`nullif(${numeric(value)}, 0)`

const ARITHMETIC: Record<string, Operation> = {
  '+': {
    sql: ([a, b]) => sql`(${numeric(a)} + ${numeric(b)})`,
    evaluate: onNumbers(add),
    words: between('+', '+', BINDING.sum),
  },
  '-': {
    sql: ([a, b]) => sql`(${numeric(a)} - ${numeric(b)})`,
    evaluate: onNumbers((a, b) => add(a, negate(b))),
    words: between('-', '-', BINDING.sum),
  },
  '*': {
    sql: ([a, b]) => sql`(${numeric(a)} * ${numeric(b)})`,
    evaluate: onNumbers(multiply),
    words: between('×', '×', BINDING.product),
  },
  '/': {
    sql: ([a, b]) => sql`(div(${numeric(a)} * 1000000, ${divisor(b)}) * 0.000001)`,
    evaluate: onNumbers(divide),
    words: between('÷', '÷', BINDING.product),
  },
  '/ whole': {
    sql: ([a, b]) => sql`div(${numeric(a)}, ${divisor(b)})`,
    evaluate: onNumbers(divideWhole),
    words: between('整除以', 'divided, without remainder, by', BINDING.product),
  },
  '%': {
    sql: ([a, b]) => sql`mod(${numeric(a)}, ${divisor(b)})`,
    evaluate: onNumbers(remainder),
    words: between('除余', 'modulo', BINDING.product),
  },
}

/** Whole numbers divide to whole numbers, as in CEL; as soon as one side is a decimal, six places are kept. */
export function arithmetic(operator: string, isWhole: boolean): Operation | undefined {
  return ARITHMETIC[operator === '/' && isWhole ? '/ whole' : operator]
}

export const NEGATION: Operation = {
  sql: ([a]) => sql`(- ${numeric(a)})`,
  evaluate: (args) => negate(argument(args, 0)),
  words: (args) => {
    const { zh, en } = bracketed(phraseAt(args, 0), BINDING.whole)
    return { zh: `-${zh}`, en: `-${en}`, binding: BINDING.product }
  },
}

const MS_PER_DAY = 86_400_000
const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY
const whole = (number: number): ExactNumber => ({ units: BigInt(number), scale: 0 })

function yearOfMonth(month: string): ExactNumber | null {
  const [year] = /^[0-9]{4}/.exec(month) ?? []
  return year === undefined ? null : whole(Number(year))
}

/** Full years between two days as `ageOn` of the contract counts them; null when `to` comes first. */
function fullYears(from: string, to: string): ExactNumber | null {
  if (to < from) return null
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return whole(to.slice(5) < from.slice(5) ? years - 1 : years)
}

// 400 years later the calendar is the same again and `from` lies before: age() then counts what is reached, also where the day
// comes first, which greatest() and nullif() make NULL. Each argument stands once, or nested calls would double the SQL each time.
const FULL_YEARS = {
  sql: ([from, to]: readonly Sql[]) =>
    sql`nullif(greatest(extract(year FROM age(${to} + interval '400 years', ${from}::timestamp))::int - 400, -1), -1)`,
  evaluate: onTexts(fullYears),
}

/** A function of the language: the types its arguments may have, and what comes out. */
export interface Overload {
  params: readonly RuleValueType[]
  result: RuleValueType
  operation: Operation
}

const yearsWords = saying('{0}至{1}的满年数', 'full years from {0} to {1}', BINDING.whole)

const ageWords: Operation['words'] = (args, parts) => {
  const [birth, day] = parts
  const label = birth?.kind === 'field' ? birth.field.ageLabel : undefined
  if (!label) return yearsWords(args)
  if (day?.kind === 'moment' && day.name === 'asOf') return { ...label, binding: BINDING.whole }
  return saying(`{1}时的${label.zh}`, `${label.en} on {1}`, BINDING.whole)(args)
}

/** Called as `name(…)`. */
export const FUNCTIONS: Record<string, readonly Overload[]> = {
  age: [{ params: ['date', 'date'], result: 'integer', operation: { ...FULL_YEARS, words: ageWords } }],
  years: [{ params: ['date', 'date'], result: 'integer', operation: { ...FULL_YEARS, words: yearsWords } }],
  days: [
    {
      params: ['date', 'date'],
      result: 'integer',
      operation: {
        sql: ([from, to]) => sql`(${to} - ${from})`,
        evaluate: onTexts((from, to) => whole(dayNumber(to) - dayNumber(from))),
        words: saying('{0}至{1}的天数', 'days from {0} to {1}', BINDING.whole),
      },
    },
  ],
  yearOf: [
    {
      params: ['date'],
      result: 'year',
      operation: {
        sql: ([date]) => sql`extract(year FROM ${date})::int`,
        evaluate: (args) => whole(Number(argument<string>(args, 0).slice(0, 4))),
        words: saying('{0}的年份', 'year of {0}', BINDING.whole),
      },
    },
    {
      params: ['month'],
      result: 'year',
      operation: {
        // Nothing in the table promises the form of a month: one that is none has no year, and must not stop a query.
        sql: ([month]) => sql`substring(${month} FROM '^[0-9]{4}')::int`,
        evaluate: (args) => yearOfMonth(argument(args, 0)),
        words: saying('{0}的年份', 'year of {0}', BINDING.whole),
      },
    },
  ],
  monthOf: [
    {
      params: ['date'],
      result: 'month',
      operation: {
        sql: ([date]) => sql`to_char(${date}, 'YYYY-MM')`,
        evaluate: (args) => argument<string>(args, 0).slice(0, 7),
        words: saying('{0}的月份', 'month of {0}', BINDING.whole),
      },
    },
  ],
}

/** Called as `value.name(…)`; the value is the first argument. */
export const METHODS: Record<string, readonly Overload[]> = {
  contains: [
    {
      params: ['text', 'text'],
      result: 'boolean',
      operation: {
        sql: ([text, piece]) => sql`(strpos(${text}, ${piece}) > 0)`,
        evaluate: onTexts((text, piece) => text.includes(piece)),
        words: saying('{0} 含有 {1}', '{0} contains {1}', BINDING.comparison),
      },
    },
  ],
  startsWith: [
    {
      params: ['text', 'text'],
      result: 'boolean',
      operation: {
        sql: ([text, start]) => sql`starts_with(${text}, ${start})`,
        evaluate: onTexts((text, start) => text.startsWith(start)),
        words: saying('{0} 以 {1} 开头', '{0} starts with {1}', BINDING.comparison),
      },
    },
  ],
  endsWith: [
    {
      params: ['text', 'text'],
      result: 'boolean',
      operation: {
        sql: ([text, end]) => sql`starts_with(reverse(${text}), reverse(${end}))`,
        evaluate: onTexts((text, end) => text.endsWith(end)),
        words: saying('{0} 以 {1} 结尾', '{0} ends with {1}', BINDING.comparison),
      },
    },
  ],
  size: [
    {
      params: ['text'],
      result: 'integer',
      operation: {
        sql: ([text]) => sql`char_length(${text})`,
        evaluate: (args) => whole([...argument<string>(args, 0)].length),
        words: saying('{0}的字数', 'length of {0}', BINDING.whole),
      },
    },
    {
      params: ['enumerations'],
      result: 'integer',
      operation: {
        sql: ([codes]) => sql`cardinality(${codes})`,
        evaluate: (args) => whole(argument<readonly string[]>(args, 0).length),
        words: saying('{0}的项数', 'number of {0}', BINDING.whole),
      },
    },
  ],
}

/** `area.within("code")`: the code and the first and last code of its range, which an index serves. */
export const WITHIN: Operation = {
  sql: ([area, , from, to]) => sql`(${area} BETWEEN ${from} AND ${to})`,
  evaluate: (args) => {
    const area = argument<string>(args, 0)
    return argument<string>(args, 2) <= area && area <= argument<string>(args, 3)
  },
  words: saying('{0} 在 {1} 范围内', '{0} lies within {1}', BINDING.comparison),
}
