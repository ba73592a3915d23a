/**
 * Decimal numbers without rounding: `units` / 10 ^ `scale`. PostgreSQL computes the same with `numeric`, where a double or a
 * BigInt alone would differ from it in the last digit or in the fraction.
 */
export interface ExactNumber {
  readonly units: bigint
  readonly scale: number
}

/** Decimal places of a quotient; further ones are cut off. */
export const QUOTIENT_SCALE = 6

const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** Reads plain decimal text such as -12.50; undefined for anything else. */
export function exactNumber(text: string): ExactNumber | undefined {
  const [, sign = '', whole = '', fraction = ''] = NUMBER.exec(text) ?? []
  if (whole === '') return undefined
  return { units: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length }
}

/** Plain decimal text without zeros at the end of the fraction. */
export function exactText({ units, scale }: ExactNumber): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

const unitsAt = (number: ExactNumber, scale: number) => number.units * 10n ** BigInt(scale - number.scale)

/** Both brought to the same number of decimal places. */
function aligned(a: ExactNumber, b: ExactNumber): { left: bigint; right: bigint; scale: number } {
  const scale = Math.max(a.scale, b.scale)
  return { left: unitsAt(a, scale), right: unitsAt(b, scale), scale }
}

export function compareExact(a: ExactNumber, b: ExactNumber): number {
  const { left, right } = aligned(a, b)
  if (left === right) return 0
  return left < right ? -1 : 1
}

export function add(a: ExactNumber, b: ExactNumber): ExactNumber {
  const { left, right, scale } = aligned(a, b)
  return { units: left + right, scale }
}

export const negate = ({ units, scale }: ExactNumber): ExactNumber => ({ units: -units, scale })

export const multiply = (a: ExactNumber, b: ExactNumber): ExactNumber => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
})

/** Towards zero; null when the divisor is 0. */
export function divideWhole(a: ExactNumber, b: ExactNumber): ExactNumber | null {
  const { left, right } = aligned(a, b)
  return right === 0n ? null : { units: left / right, scale: 0 }
}

/** Six decimal places, the rest cut off; null when the divisor is 0. */
export function divide(a: ExactNumber, b: ExactNumber): ExactNumber | null {
  const { left, right } = aligned(a, b)
  return right === 0n
    ? null
    : { units: (left * 10n ** BigInt(QUOTIENT_SCALE)) / right, scale: QUOTIENT_SCALE }
}

/** What division towards zero leaves, with the sign of the dividend; null when the divisor is 0. */
export function remainder(a: ExactNumber, b: ExactNumber): ExactNumber | null {
  const { left, right, scale } = aligned(a, b)
  return right === 0n ? null : { units: left % right, scale }
}
