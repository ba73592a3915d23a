import { MOST_MONTHS, type MonthlyQuery, USUAL_MONTHS } from '@tiejun/contract/cockpit/monthly.ts'
import type { FieldProblem } from '@tiejun/contract/platform/errors.ts'

const MONTHS_IN_YEAR = 12

/** Months since the year 0, so that they can be counted through. */
const numberOf = (month: string): number =>
  Number(month.slice(0, 4)) * MONTHS_IN_YEAR + Number(month.slice(5)) - 1

const textOf = (number: number): string =>
  `${String(Math.floor(number / MONTHS_IN_YEAR)).padStart(4, '0')}-${String((number % MONTHS_IN_YEAR) + 1).padStart(2, '0')}`

/** First and last month, 'YYYY-MM', both included. */
export interface Months {
  from: string
  to: string
}

/** The months asked for on that day ('YYYY-MM-DD'), with the usual ones for those left out. */
export function monthsAsked({ from, to }: MonthlyQuery, today: string): Months {
  const last = to ?? today.slice(0, 7)
  return { from: from ?? textOf(numberOf(last) - USUAL_MONTHS + 1), to: last }
}

/** What is wrong with months on that day. */
export function monthProblems({ from, to }: Months, today: string): FieldProblem[] {
  const present = today.slice(0, 7)
  if (to > present) return [{ path: 'to', code: 'month_in_future', params: { latest: present } }]
  if (from > to) return [{ path: 'from', code: 'months_not_in_order' }]
  const asked = numberOf(to) - numberOf(from) + 1
  return asked > MOST_MONTHS ? [{ path: 'from', code: 'too_big', params: { maximum: MOST_MONTHS } }] : []
}

/** 'YYYY-MM' from first to last, both included. */
export const monthsBetween = ({ from, to }: Months): string[] =>
  Array.from({ length: numberOf(to) - numberOf(from) + 1 }, (_, place) => textOf(numberOf(from) + place))

/** The last day of a month, 'YYYY-MM-DD'. */
export function lastDayOf(month: string): string {
  const next = numberOf(month) + 1
  const lastDay = new Date(Date.UTC(Math.floor(next / MONTHS_IN_YEAR), next % MONTHS_IN_YEAR, 0))
  return lastDay.toISOString().slice(0, 10)
}

/** The number at the end of each month from its changes; unknown for months that ended before the first record. */
export function totalsOf(
  changes: readonly { place: number; change: number }[],
  isKnown: readonly boolean[],
): (number | null)[] {
  let total = 0
  return isKnown.map((known, month) => {
    for (const { place, change } of changes) if (place === month) total += change
    return known ? total : null
  })
}
