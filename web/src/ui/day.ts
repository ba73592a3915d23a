const isRealDay = (text: string) => {
  const at = Date.parse(`${text}T00:00:00Z`)
  // Of the 31st of June the clock makes the 1st of July.
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text)
}

/** A day as people type it: 2016-05-01, 20160501, 2016.5.1, 2016年5月1日 → 2016-05-01. */
export function parseDay(text: string): string | undefined {
  const match = /^(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})|(\d{2})(\d{2}))日?$/.exec(
    text.normalize('NFKC').replace(/\s/g, ''),
  )
  if (match === null) return undefined
  const month = (match[2] ?? match[4] ?? '').padStart(2, '0')
  const day = `${match[1]}-${month}-${(match[3] ?? match[5] ?? '').padStart(2, '0')}`
  return isRealDay(day) ? day : undefined
}

/** Shows how a day may be typed. */
export const DAY_EXAMPLE = '2016-05-01'

/** For the rule of a form: refuses text that is no day. */
export const isDayOrEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || parseDay(String(value)) !== undefined
