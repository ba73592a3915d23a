import { expect, test } from 'vitest'
import { lastDayOf, monthProblems, monthsAsked, monthsBetween, totalsOf } from './monthly.rules.ts'

test('months are counted through the turn of the year', () => {
  expect(monthsBetween({ from: '2016-11', to: '2017-02' })).toEqual([
    '2016-11',
    '2016-12',
    '2017-01',
    '2017-02',
  ])
  expect(monthsBetween({ from: '2016-11', to: '2016-11' })).toEqual(['2016-11'])
})

for (const [month, day] of [
  ['2016-02', '2016-02-29'],
  ['2017-02', '2017-02-28'],
  ['2017-04', '2017-04-30'],
  ['2017-12', '2017-12-31'],
] as const) {
  test(`the last day of ${month} is ${day}`, () => expect(lastDayOf(month)).toBe(day))
}

for (const [what, from, to, codes] of [
  ['the present month alone', '2018-04', '2018-04', []],
  ['ten years', '2008-05', '2018-04', []],
  ['a month more', '2008-04', '2018-04', ['too_big']],
  ['a month to come', '2018-04', '2018-05', ['month_in_future']],
  ['the wrong order', '2018-04', '2018-03', ['months_not_in_order']],
] as const) {
  test(`of ${what} ${codes[0] ?? 'nothing'} is wrong`, () => {
    expect(monthProblems({ from, to }, '2018-04-30').map(({ code }) => code)).toEqual(codes)
  })
}

test('each month has what the months before it have, and what changed in it', () => {
  const changes = [
    { place: 0, change: 5 },
    { place: 2, change: 3 },
    { place: 2, change: -1 },
  ]
  expect(totalsOf(changes, [true, true, true, true])).toEqual([5, 5, 7, 7])
})

test('a month that ended before the first record is unknown, not empty', () => {
  expect(totalsOf([{ place: 1, change: 2 }], [false, true, true])).toEqual([null, 2, 2])
})

for (const [asked, months] of [
  [{}, { from: '2016-05', to: '2018-04' }],
  [{ to: '2017-01' }, { from: '2015-02', to: '2017-01' }],
  [{ from: '2018-03' }, { from: '2018-03', to: '2018-04' }],
] as const) {
  test(`of ${JSON.stringify(asked)} the months ${months.from} to ${months.to} are meant`, () => {
    expect(monthsAsked(asked, '2018-04-30')).toEqual(months)
  })
}
