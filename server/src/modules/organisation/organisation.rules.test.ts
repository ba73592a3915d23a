import { expect, test } from 'vitest'
import {
  dateProblems,
  endProblems,
  givingRefusal,
  holdingActions,
  maskedPhone,
  personActions,
  postActions,
} from './organisation.rules.ts'

const NONE = { edit: [], assign: [] }
const ALL = { edit: 'all', assign: 'all' } as const

for (const [what, rights, leftOn, expected] of [
  ['without rights nothing', NONE, null, []],
  ['everything everywhere', ALL, null, ['edit', 'give_post']],
  ['editing within the home unit', { edit: ['home'], assign: [] }, null, ['edit']],
  ['no editing of another unit’s people', { edit: ['other'], assign: [] }, null, []],
  ['posts of one’s own units for people of any unit', { edit: [], assign: ['other'] }, null, ['give_post']],
  ['no posts for who has left', ALL, '2018-01-01', ['edit']],
] as const) {
  test(`a person allows ${what}`, () => {
    expect(personActions(rights, { homeUnitId: 'home', leftOn })).toEqual(expected)
  })
}

for (const [what, assign, heldUntil, expected] of [
  ['is ended and moved by who reaches its unit', ['u'], null, ['end', 'move']],
  ['is left alone out of reach', ['other'], null, []],
  ['is history once it has ended', 'all', '2018-01-01', []],
] as const) {
  test(`a holding ${what}`, () => {
    expect(holdingActions({ edit: [], assign }, { unitId: 'u', heldUntil })).toEqual(expected)
  })
}

for (const [what, assign, holdersMaximum, holders, expected] of [
  ['free', 'all', 1, 0, ['give']],
  ['full', 'all', 1, 1, []],
  ['never full without a maximum', 'all', null, 900, ['give']],
  ['out of reach', ['other'], 1, 0, []],
] as const) {
  test(`a post that is ${what}`, () => {
    expect(postActions({ edit: [], assign }, { unitId: 'u', holdersMaximum, holders })).toEqual(expected)
  })
}

for (const [what, facts, expected] of [
  ['a free post is given', {}, undefined],
  ['the last place is given', { holdersMaximum: 2, holders: ['other'] }, undefined],
  ['a full post is not', { holders: ['other'] }, 'post_full'],
  ['without a maximum it is never full', { holdersMaximum: null, holders: ['a', 'b'] }, undefined],
  ['nobody holds a post twice', { holdersMaximum: null, holders: ['me'] }, 'already_held'],
  ['who has left gets none', { leftOn: '2018-01-01' }, 'person_has_left'],
] as const) {
  test(`giving: ${what}`, () => {
    const given = { holdersMaximum: 1, holders: [], personId: 'me', leftOn: null, ...facts }
    expect(givingRefusal(given)).toBe(expected)
  })
}

for (const [on, codes] of [
  ['2018-04-01', []],
  ['2018-04-02', []],
  ['2018-04-03', ['date_in_future']],
] as const) {
  test(`a post given from ${on}, today being 2018-04-02`, () => {
    expect(dateProblems('heldFrom', on, '2018-04-02').map((problem) => problem.code)).toEqual(codes)
  })
}

for (const [on, codes] of [
  ['2016-05-09', []],
  ['2016-05-08', ['before_first_day']],
  ['2018-04-02', []],
  ['2018-04-03', ['date_in_future']],
] as const) {
  test(`a post held since 2016-05-09 ended on ${on}`, () => {
    expect(endProblems(on, '2018-04-02', '2016-05-09').map((problem) => problem.code)).toEqual(codes)
  })
}

test('telephone numbers keep their head and tail', () => {
  expect(maskedPhone('13800005678')).toBe('138****5678')
  expect(maskedPhone('0396-1234567')).toBe('039*****4567')
})
