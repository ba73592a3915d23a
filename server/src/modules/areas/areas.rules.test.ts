import { expect, test } from 'vitest'
import { isWithinReach } from './areas.rules.ts'

const TOWNSHIP = { from: '411722101000', to: '411722101999' }
const FIRST_VILLAGE = { from: '411722101000', to: '411722101000' }
const LAST_VILLAGE = { from: '411722101999', to: '411722101999' }
const NEXT_TOWNSHIP = { from: '411722102000', to: '411722102999' }
const TOWNSHIP_BEFORE = { from: '411722100000', to: '411722100999' }

for (const [what, area, reach, own, expected] of [
  ['nobody’s reach', TOWNSHIP, [], false, false],
  ['the township itself', TOWNSHIP, [TOWNSHIP], false, true],
  ['its first village', FIRST_VILLAGE, [TOWNSHIP], false, true],
  ['its last village', LAST_VILLAGE, [TOWNSHIP], false, true],
  ['the township above the village that is reached', TOWNSHIP, [LAST_VILLAGE], false, true],
  ['the township above its first village', TOWNSHIP, [FIRST_VILLAGE], false, true],
  ['the township after', NEXT_TOWNSHIP, [TOWNSHIP], false, false],
  ['the township before', TOWNSHIP_BEFORE, [TOWNSHIP], false, false],
  ['one of several ranges', NEXT_TOWNSHIP, [TOWNSHIP, NEXT_TOWNSHIP], false, true],
  ['a helper, whose households may lie anywhere', TOWNSHIP, [], true, true],
] as const) {
  test(`reach of ${what}`, () => {
    expect(isWithinReach(area, reach, own)).toBe(expected)
  })
}
