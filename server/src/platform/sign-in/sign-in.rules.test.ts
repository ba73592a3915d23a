import { expect, test } from 'vitest'
import { afterFailure, dutyOf, isAlive, passwordProblems, signInState } from './sign-in.rules.ts'

const NOON = new Date('2018-04-02T12:00:00+08:00')
const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000)

for (const [password, expected] of [
  ['Tiejun@2018', []],
  ['shangcai411722!', []],
  ['Sh@1', ['too_short']],
  ['shangcaixian', ['too_few_kinds']],
  ['shangcai411722', ['too_few_kinds']],
  ['xWangfang@88', ['contains_username']],
  ['WANGFANG@88x', ['contains_username']],
  ['Aaaaa@20189', ['too_simple']],
  ['Password@20', ['too_simple']],
  ['Old@Password1', ['too_simple', 'unchanged']],
] as const) {
  test(`the password ${password} is ${expected.join(' and ') || 'good enough'}`, () => {
    expect(passwordProblems(password, 'wangfang', 'Old@Password1')).toEqual(expected)
  })
}

for (const [failures, expected] of [
  [0, { failures: 1, lockedUntil: null }],
  [3, { failures: 4, lockedUntil: null }],
  [4, { failures: 0, lockedUntil: minutes(15) }],
] as const) {
  test(`one more failure after ${failures}`, () => {
    expect(afterFailure(failures, NOON)).toEqual(expected)
  })
}

for (const [lockedUntil, disabledAt, expected] of [
  [null, null, 'open'],
  [minutes(1), null, 'locked'],
  [NOON, null, 'open'],
  [null, minutes(-5), 'disabled'],
  [minutes(1), minutes(-5), 'disabled'],
] as const) {
  test(`an account locked until ${lockedUntil?.toISOString()} and disabled at ${disabledAt?.toISOString()} is ${expected}`, () => {
    expect(signInState({ lockedUntil, disabledAt }, NOON)).toBe(expected)
  })
}

for (const [idle, left, expected] of [
  [0, 60, true],
  [29, 60, true],
  [30, 60, false],
  [1, 0, false],
] as const) {
  test(`a session idle for ${idle} minutes with ${left} minutes left is ${expected ? 'alive' : 'over'}`, () => {
    expect(isAlive({ lastSeenAt: minutes(-idle), expiresAt: minutes(left) }, NOON)).toBe(expected)
  })
}

for (const [mustChangePassword, administrator, hasSecondFactor, expected] of [
  [false, null, false, null],
  [true, null, false, 'change_password'],
  [true, 'system', false, 'change_password'],
  [false, 'system', false, 'enrol_second_factor'],
  [false, 'security', true, null],
] as const) {
  test(`${administrator ?? 'an official'}, must change: ${mustChangePassword}, factor: ${hasSecondFactor} owes ${expected}`, () => {
    expect(dutyOf({ mustChangePassword, administrator, hasSecondFactor })).toBe(expected)
  })
}
