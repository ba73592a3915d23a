/** The only source of "now": handed to everything that needs the time, so that tests can stop it. */
export interface Clock {
  /** The present instant. */
  now(): Date
  /** The county's date today, 'YYYY-MM-DD' in Asia/Shanghai. */
  today(): string
}

const countyDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** The county's date of an instant, 'YYYY-MM-DD' in Asia/Shanghai. */
export const countyDateOf = (instant: Date): string => countyDate.format(instant)

export const systemClock: Clock = {
  now: () => new Date(),
  today: () => countyDateOf(new Date()),
}

/** A clock that stands still until it is moved; for tests and rehearsals. */
export function stoppedClock(
  at: string,
): Clock & { moveTo(at: string): void; advanceSeconds(seconds: number): void } {
  let instant = new Date(at)
  return {
    now: () => new Date(instant),
    today: () => countyDateOf(instant),
    moveTo: (next) => {
      instant = new Date(next)
    },
    advanceSeconds: (seconds) => {
      instant = new Date(instant.getTime() + seconds * 1000)
    },
  }
}
