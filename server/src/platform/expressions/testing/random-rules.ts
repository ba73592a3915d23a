import fc from 'fast-check'
import type { RuleValueType } from '@tiejun/contract/platform/expressions.ts'
import type { RuleField } from '../record-model.ts'
import { AREAS, DAYS, MONTHS, TEXTS } from './random-records.ts'
import { TRIAL_MODEL } from './trial-model.ts'

/** Draws a value; every choice of a rule goes through it, so that a seed makes the same rules again. */
type Draw = fc.GeneratorValue

interface Scope {
  draw: Draw
  /** Variable → list it runs through. */
  variables: readonly (readonly [name: string, list: string])[]
  /** How much further the rule may grow. */
  depth: number
}

type Make = (scope: Scope) => string

// Without bias: fast-check prefers small numbers, which here are only the first choices.
const evenly = (max: number) => fc.noBias(fc.nat(max))

/** One of some things. */
function pick<T>(draw: Draw, first: T, ...others: readonly T[]): T {
  const all = [first, ...others]
  return all[draw(evenly, others.length)] ?? first
}

const deeper = (scope: Scope): Scope => ({ ...scope, depth: scope.depth - 1 })
const pair = (make: Make, scope: Scope) => [make(deeper(scope)), make(deeper(scope))] as const
const quoted = (text: string) => JSON.stringify(text)

const year: Make = ({ draw }) => pick(draw, 'year', 'year - 1', '2015', 'exitYear')

/** Everything of one type that a rule may read here. */
function read(type: RuleValueType, scope: Scope): string {
  const named = (prefix: string, fields: Readonly<Record<string, RuleField>>) =>
    Object.entries(fields).flatMap(([name, field]) => (field.type === type ? [`${prefix}${name}`] : []))
  const { lists, records, fields } = TRIAL_MODEL
  const choices = [
    ...named('', fields),
    ...scope.variables.flatMap(([name, list]) => {
      const own = named(`${name}.`, lists[list]?.fields ?? {})
      // Rows are what lists are for: their fields come up as often as all others together.
      return [...own, ...own, ...own]
    }),
    ...named('conditions.', records?.['conditions']?.fields ?? {}),
    ...named(`incomeYear(${year(scope)}).`, lists['incomeYears']?.fields ?? {}),
  ]
  const [first = '', ...others] = choices
  return pick(scope.draw, first, ...others)
}

const orWhenShallow =
  (shallow: Make, deep: readonly Make[]): Make =>
  (scope) =>
    scope.depth <= 0 ? shallow(scope) : pick(scope.draw, shallow, ...deep)(scope)

const choiceOf =
  (make: Make): Make =>
  (scope) => {
    const [yes, no] = pair(make, scope)
    return `(${condition(deeper(scope))} ? ${yes} : ${no})`
  }

const NUMBERS = [
  '0',
  '1',
  '3',
  '-2',
  '7',
  '12',
  '2016',
  '300000',
  '0.5',
  '-1.50',
  '3.33',
  'yuan(4000)',
  'yuan(0.01)',
  'year',
]

const calculation: Make = (scope) =>
  `(${pair(number, scope).join(pick(scope.draw, ' + ', ' - ', ' * ', ' / ', ' % '))})`

const number: Make = orWhenShallow(
  (scope) =>
    pick(scope.draw, true, true, false)
      ? read(pick(scope.draw, 'integer', 'decimal', 'money', 'year'), scope)
      : pick(scope.draw, '0', ...NUMBERS),
  [
    calculation,
    calculation,
    calculation,
    calculation,
    (scope) => `-(${number(deeper(scope))})`,
    (scope) => `age(${day(deeper(scope))})`,
    (scope) => `${pick(scope.draw, 'age', 'years', 'days')}(${pair(day, scope).join(', ')})`,
    (scope) => `yearOf(${pick(scope.draw, day, month)(deeper(scope))})`,
    (scope) => `${text(deeper(scope))}.size()`,
    (scope) => `${read('enumerations', scope)}.size()`,
    (scope) => counted(scope),
    (scope) => total(pick(scope.draw, 'sum', 'max', 'min'), number, scope),
    (scope) => choiceOf(number)(scope),
  ],
)

const text: Make = orWhenShallow(
  (scope) => (pick(scope.draw, true, false) ? read('text', scope) : quoted(pick(scope.draw, '', ...TEXTS))),
  [(scope) => choiceOf(text)(scope)],
)

const day: Make = orWhenShallow(
  (scope) =>
    pick(scope.draw, true, true, false)
      ? read('date', scope)
      : pick(scope.draw, 'asOf', 'today', ...DAYS.map((each) => `date("${each}")`)),
  [(scope) => total(pick(scope.draw, 'max', 'min'), day, scope), (scope) => choiceOf(day)(scope)],
)

const month: Make = orWhenShallow(
  (scope) =>
    pick(scope.draw, true, false)
      ? read('month', scope)
      : pick(scope.draw, 'month("2014-02")', ...MONTHS.map((each) => `month("${each}")`)),
  [
    (scope) => `monthOf(${day(deeper(scope))})`,
    (scope) => total(pick(scope.draw, 'max', 'min'), month, scope),
    (scope) => choiceOf(month)(scope),
  ],
)

/** A list with or without filters, and the scope inside it; undefined where lists may nest no deeper. */
function rows(scope: Scope): readonly [list: string, variable: string, inside: Scope] | undefined {
  if (scope.variables.length > 1) return undefined
  const name = pick(scope.draw, 'members', 'members', 'incomeYears')
  const variable = `${name.charAt(0)}${scope.variables.length}`
  const inside = { ...deeper(scope), variables: [...scope.variables, [variable, name] as const] }
  const isFiltered = pick(scope.draw, true, false, false)
  const list = isFiltered ? `${name}.filter(${variable}, ${condition(deeper(inside))})` : name
  return [list, variable, inside]
}

const counted: Make = (scope) => {
  const found = rows(scope)
  return found ? `${found[0]}.size()` : number({ ...scope, depth: 0 })
}

function total(kind: string, of: Make, scope: Scope): string {
  const found = rows(scope)
  if (!found) return of({ ...scope, depth: 0 })
  const [list, variable, inside] = found
  const filter = pick(scope.draw, '', '', `${condition({ ...inside, depth: 0 })}, `)
  return `${list}.map(${variable}, ${filter}${of(inside)}).${kind}()`
}

function quantifier(scope: Scope): string {
  const found = rows(scope)
  if (!found) return condition(deeper(scope))
  const [list, variable, inside] = found
  return `${list}.${pick(scope.draw, 'exists', 'all', 'exists_one')}(${variable}, ${condition(inside)})`
}

const ORDERS = ['==', '!=', '<', '<=', '>', '>='] as const
const compared =
  (make: Make, orders: readonly string[]): Make =>
  (scope) =>
    pair(make, scope)
      .join(` ${pick(scope.draw, '==', ...orders)} `)
      .replace(/^[^]*$/, '($&)')

const code: Make = ({ draw }) => pick(draw, '"illness"', '"schooling"', '"disaster"')
const cause: Make = ({ draw }) => pick(draw, 'mainCause', 'returnReason')
const withRelation: Make = (scope) => {
  const [variable] = scope.variables.find(([, list]) => list === 'members') ?? []
  if (!variable) return `mainCause ${pick(scope.draw, '==', '!=')} ${pick(scope.draw, code, cause)(scope)}`
  return pick(
    scope.draw,
    `${variable}.relation == "head"`,
    `${variable}.relation in ["spouse", "child"]`,
    `"chronic" in ${variable}.health`,
  )
}

const present: Make = (scope) => {
  const types = ['text', 'money', 'date', 'boolean', 'enumerations', 'area'] as const
  const field = read(pick(scope.draw, ...types), scope)
  return `has(${pick(scope.draw, field, field, field, 'conditions', `incomeYear(${year(scope)})`)})`
}

const among: Make = (scope) =>
  pick<Make>(
    scope.draw,
    (each) => `${number(deeper(each))} in [0, 3, ${pick(each.draw, '2016', '0.01', '-350')}]`,
    (each) => `${text(deeper(each))} in ["a", "上蔡"]`,
    (each) => `${day(deeper(each))} in [date("2000-02-29"), date("2016-02-29")]`,
    (each) => `${cause(each)} in [${code(each)}, ${code(each)}]`,
    (each) =>
      `${pick(each.draw, code, cause)(each)} in ${pick(each.draw, 'otherCauses', 'conditions.kinds')}`,
    (each) => `area in ["${pick(each.draw, '411722000000', ...AREAS)}"]`,
  )(scope)

const within: Make = ({ draw }) =>
  `area.within("${pick(draw, '411722101000', '411722000000', '410000000000', ...AREAS)}")`

const simpleCondition: Make = (scope) =>
  pick<Make>(
    scope.draw,
    present,
    withRelation,
    within,
    among,
    (each) => read('boolean', each),
    compared(number, ORDERS),
  )({
    ...scope,
    depth: Math.min(scope.depth, 0),
  })

/** A random condition in which every name exists and every type fits. */
export const condition: Make = orWhenShallow(simpleCondition, [
  (scope) => `(${pair(condition, scope).join(pick(scope.draw, ' && ', ' || '))})`,
  (scope) => `(${pair(condition, scope).join(pick(scope.draw, ' && ', ' || '))})`,
  (scope) => `!(${condition(deeper(scope))})`,
  ...Array.from({ length: 5 }, () => compared(number, ORDERS)),
  compared(day, ORDERS),
  compared(month, ORDERS),
  compared(text, ORDERS),
  (scope) => compared((each) => `(${condition(each)})`, ['==', '!='])(scope),
  (scope) =>
    `${text(deeper(scope))}.${pick(scope.draw, 'contains', 'startsWith', 'endsWith')}(${text(deeper(scope))})`,
  among,
  present,
  quantifier,
  quantifier,
  (scope) => choiceOf(condition)(scope),
])

/** Texts of rules, up to four levels deep. */
export const randomRule: fc.Arbitrary<string> = fc
  .gen()
  .map((draw) => condition({ draw, variables: [], depth: pick(draw, 0, 1, 2, 3, 3, 4) }))
