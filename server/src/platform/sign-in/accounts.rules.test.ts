import { expect, test } from 'vitest'
import { allowedAccountActions, exclusionOf } from './accounts.rules.ts'

for (const [standing, hasSecondFactor, isOwn, expected] of [
  ['active', false, false, ['disable', 'reset_password', 'end_sessions']],
  ['active', true, false, ['disable', 'reset_password', 'reset_second_factor', 'end_sessions']],
  ['active', true, true, ['end_sessions']],
  ['locked', false, false, ['unlock', 'disable', 'reset_password', 'end_sessions']],
  ['locked', true, true, ['unlock', 'end_sessions']],
  ['disabled', true, false, ['enable']],
] as const) {
  test(`${isOwn ? 'the own' : 'an'} ${standing} account ${hasSecondFactor ? 'with' : 'without'} second factor`, () => {
    expect(allowedAccountActions({ standing, hasSecondFactor, isOwn })).toEqual(expected)
  })
}

for (const [administrator, personId, expected] of [
  [null, null, undefined],
  [null, 'a person', undefined],
  ['system', null, undefined],
  ['system', 'a person', 'administrator_holds_no_post'],
  ['audit', 'a person', 'administrator_holds_no_post'],
] as const) {
  test(`an account of ${administrator ?? 'nobody special'} for ${personId ?? 'no person'}`, () => {
    expect(exclusionOf({ administrator, personId })).toBe(expected)
  })
}
