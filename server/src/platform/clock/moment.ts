import { type Clock, countyDateOf } from './clock.ts'

/** An instant in the past to read as of, with the county's date of it. */
export interface Moment {
  at: Date
  day: string
}

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** The last moment of a county's day; instants are kept to the millisecond. */
export const endOfDay = (day: string): Date => new Date(`${day}T23:59:59.999+08:00`)

/** What `asOf` of a request means: an instant, or a date for the end of that day; today has only come as far as now. */
export function momentOf(asked: string | undefined, clock: Clock): Moment | undefined {
  if (asked === undefined) return undefined
  if (!DATE.test(asked)) {
    const at = new Date(asked)
    return { at, day: countyDateOf(at) }
  }
  return { at: asked === clock.today() ? clock.now() : endOfDay(asked), day: asked }
}

/** What an answer carries of the moment it was read as of. */
export const readAsOf = (moment: Moment | undefined): { asOf?: string } =>
  moment ? { asOf: moment.at.toISOString() } : {}
