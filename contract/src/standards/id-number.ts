import { withoutSpaces } from './plain-text.ts'

/** Why a citizen identity number is refused; the first that applies is told. */
export type IdNumberFault =
  | 'spreadsheet_number'
  | 'length'
  | 'charset'
  | 'region'
  | 'birth_date'
  | 'future_birth_date'
  | 'checksum'

export interface IdNumberFacts {
  /** Normalised: half-width, no spaces, capital X. */
  idNumber: string
  /** GB/T 2260 code of the place of first registration; may be a code that no longer exists. */
  regionCode: string
  birthOn: string
  sex: 'male' | 'female'
}

export type IdNumberReading = ({ ok: true } & IdNumberFacts) | { ok: false; fault: IdNumberFault }

/** GB 11643-1999 §6: weights of the first 17 digits (ISO 7064 MOD 11-2) and the check characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK_CHARACTERS = '10X98765432'

/** Full-width digits, spaces and a lower-case x are accepted on input; X is stored. */
export function normaliseIdNumber(raw: string): string {
  return withoutSpaces(raw).toUpperCase()
}

/** The 18th character that belongs to these 17 digits. */
export function idCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0)
  return CHECK_CHARACTERS.charAt(sum % 11)
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether 'YYYY-MM-DD' is a day of the calendar. By arithmetic: a Date costs 2 µs, and an import asks 350,000 times. */
function isCalendarDay(day: string): boolean {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  const date = Number(day.slice(8, 10))
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = month === 2 && isLeapYear ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0)
  return date >= 1 && date <= last
}

function faultOf(idNumber: string, birthOn: string, today: string): IdNumberFault | undefined {
  if (/^\d(\.\d+)?E\+?\d+$/.test(idNumber)) return 'spreadsheet_number'
  if ([...idNumber].length !== 18) return 'length'
  if (!/^\d{17}[\dX]$/.test(idNumber)) return 'charset'
  if (idNumber.startsWith('0')) return 'region'
  if (!/^(18|19|20)/.test(birthOn) || !isCalendarDay(birthOn)) return 'birth_date'
  if (birthOn > today) return 'future_birth_date'
  return idCheckCharacter(idNumber) === idNumber.charAt(17) ? undefined : 'checksum'
}

/**
 * Reads an 18-digit citizen identity number by GB 11643-1999. `today` ('YYYY-MM-DD') is handed in, so that the answer
 * does not depend on the machine's clock.
 */
export function readIdNumber(raw: string, today: string): IdNumberReading {
  const idNumber = normaliseIdNumber(raw)
  const birthOn = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  const fault = faultOf(idNumber, birthOn, today)
  if (fault) return { ok: false, fault }
  // §4.3: the order code's last digit is odd for men and even for women.
  const sex = Number(idNumber.charAt(16)) % 2 === 1 ? 'male' : 'female'
  return { ok: true, idNumber, regionCode: idNumber.slice(0, 6), birthOn, sex }
}

/**
 * Full years on a day. An age is reached on the birthday itself; who is born on 29 February
 * reaches it on 1 March of a common year.
 */
export function ageOn(birthOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return day.slice(5) < birthOn.slice(5) ? years - 1 : years
}
