import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  compareExact,
  divide,
  divideWhole,
  type ExactNumber,
  exactNumber,
  exactText,
  multiply,
  remainder,
} from './exact-numbers.rules.ts'

const number = (text: string): ExactNumber => exactNumber(text) ?? { units: 0n, scale: 0 }

test.for([
  ['12.50', '12.5'],
  ['-0.010', '-0.01'],
  ['-0', '0'],
  ['0007', '7'],
  ['100', '100'],
  ['+3', '3'],
])('%s is read and written as %s', ([text = '', written]) => {
  expect(exactText(number(text))).toBe(written)
})

test.for(['', '.5', '5.', '1e3', '0x10', ' 1', '1,000', 'NaN'])('%j is no number', (text) => {
  expect(exactNumber(text)).toBeUndefined()
})

test.for<
  [
    operation: (a: ExactNumber, b: ExactNumber) => ExactNumber | null,
    a: string,
    b: string,
    result: string | null,
  ]
>([
  [add, '0.1', '0.2', '0.3'],
  [multiply, '1.5', '-0.25', '-0.375'],
  [divide, '2', '3', '0.666666'],
  [divide, '-2', '3', '-0.666666'],
  [divide, '1', '0.00', null],
  [divideWhole, '-7', '2', '-3'],
  [divideWhole, '7', '0', null],
  [remainder, '-7', '2', '-1'],
  [remainder, '7', '0', null],
])('%o of %s and %s is %s', ([operation, a, b, result]) => {
  const value = operation(number(a), number(b))
  expect(value && exactText(value)).toBe(result)
})

test('whole numbers order and add up as BigInt does, whatever the number of places', () => {
  const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
  fc.assert(
    fc.property(whole, whole, fc.nat(6), (a, b, places) => {
      const scaled = { units: a * 10n ** BigInt(places), scale: places }
      const other = { units: b, scale: 0 }
      expect(Math.sign(compareExact(scaled, other))).toBe(a < b ? -1 : Number(a > b))
      expect(exactText(add(scaled, other))).toBe(String(a + b))
    }),
  )
})
