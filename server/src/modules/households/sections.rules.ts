import type { CardProblem } from './card-fields.rules.ts'

type Values = Record<string, unknown>

const NOT_EXITED: readonly unknown[] = ['not_exited', 'pre_exit']
const EXITED: readonly unknown[] = ['exited_with_support', 'exited_without_support']

const isNumber = (value: unknown): value is number => typeof value === 'number'
const isText = (value: unknown): value is string => typeof value === 'string'

/** Identification and exit of poverty: years, status, causes and resettlement must agree (建档立卡指标说明). */
export function checkStatus(values: Values, today: string): CardProblem[] {
  const { povertyStatus, exitYear, returnYear, mainCause, otherCauses, firstIdentifiedInMonth } = values
  const problems: CardProblem[] = []
  const thisYear = Number(today.slice(0, 4))
  if (EXITED.includes(povertyStatus) && !exitYear)
    problems.push({ path: 'exitYear', code: 'exit_year_missing' })
  if (NOT_EXITED.includes(povertyStatus) && exitYear)
    problems.push({ path: 'exitYear', code: 'exit_year_unexpected' })
  for (const [path, year] of Object.entries({ exitYear, returnYear })) {
    if (isNumber(year) && year > thisYear)
      problems.push({ path, code: 'too_big', params: { maximum: thisYear } })
  }
  if (isText(firstIdentifiedInMonth)) {
    if (firstIdentifiedInMonth > today.slice(0, 7))
      problems.push({ path: 'firstIdentifiedInMonth', code: 'date_in_future' })
    if (isNumber(exitYear) && exitYear < Number(firstIdentifiedInMonth.slice(0, 4)))
      problems.push({ path: 'exitYear', code: 'exit_before_identification' })
  }
  if (isNumber(returnYear) && isNumber(exitYear) && returnYear < exitYear)
    problems.push({ path: 'returnYear', code: 'return_before_exit' })
  if (Array.isArray(otherCauses) && mainCause && otherCauses.includes(mainCause))
    problems.push({ path: 'otherCauses', code: 'causes_repeat' })
  return [...problems, ...checkRelocation(values)]
}

function checkRelocation({ isRelocated, relocationWay, relocationAddress }: Values): CardProblem[] {
  if (isRelocated === true && !relocationWay)
    return [{ path: 'relocationWay', code: 'relocation_way_missing' }]
  if (isRelocated !== true && (relocationWay || relocationAddress))
    return [{ path: 'isRelocated', code: 'relocation_unexpected' }]
  return []
}

const SAFE_GRADES: readonly unknown[] = ['a', 'b']
const DANGEROUS_GRADES: readonly unknown[] = ['c', 'd']

/** 农村危房: grades C and D are dangerous, A and B are not (JGJ/T 363-2014《农村住房危险性鉴定标准》). */
export function checkLivingConditions(values: Values, today: string): CardProblem[] {
  const { isDangerousHouse, dangerLevel, farmlandMu, irrigatedMu, renovationYear } = values
  const problems: CardProblem[] = []
  const isContradiction =
    (isDangerousHouse === true && SAFE_GRADES.includes(dangerLevel)) ||
    (isDangerousHouse === false && DANGEROUS_GRADES.includes(dangerLevel))
  if (isContradiction) problems.push({ path: 'dangerLevel', code: 'danger_level_differs' })
  if (isNumber(farmlandMu) && isNumber(irrigatedMu) && irrigatedMu > farmlandMu)
    problems.push({ path: 'irrigatedMu', code: 'irrigated_exceeds_farmland' })
  const thisYear = Number(today.slice(0, 4))
  if (isNumber(renovationYear) && renovationYear > thisYear)
    problems.push({ path: 'renovationYear', code: 'too_big', params: { maximum: thisYear } })
  return problems
}

/** Nobody has an income of a year that has not begun. */
export function checkIncomeYear(year: number, today: string): CardProblem[] {
  const thisYear = Number(today.slice(0, 4))
  return year > thisYear ? [{ path: 'year', code: 'too_big', params: { maximum: thisYear } }] : []
}

export function checkHelper({ startedOn, endedOn }: Values): CardProblem[] {
  const isReversed = isText(startedOn) && isText(endedOn) && endedOn < startedOn
  return isReversed ? [{ path: 'endedOn', code: 'ended_before_started' }] : []
}

export function checkMeasure({ providedOn, effectOn }: Values, today: string): CardProblem[] {
  const problems: CardProblem[] = []
  for (const [path, day] of Object.entries({ providedOn, effectOn })) {
    if (isText(day) && day > today) problems.push({ path, code: 'date_in_future' })
  }
  if (isText(providedOn) && isText(effectOn) && effectOn < providedOn)
    problems.push({ path: 'effectOn', code: 'effect_before_provided' })
  return problems
}
