import { expect, test } from 'vitest'
import { type HeldPost, mergeGrants } from './post-holders.rules.ts'

const COUNTY = { from: '411722000000', to: '411722999999' }
const TOWNSHIP = { from: '411722101000', to: '411722101999' }
const VILLAGE = { from: '411722101200', to: '411722101200' }
const OTHER_VILLAGE = { from: '411722102200', to: '411722102200' }

const aPost = (post: Partial<HeldPost>): HeldPost => ({
  actions: ['households.view'],
  reach: 'area',
  areaRange: VILLAGE,
  isCounty: false,
  units: [],
  ...post,
})

for (const [what, posts, expected] of [
  ['no posts give nothing', [], []],
  [
    'a village post reaches its village',
    [aPost({ units: ['v'] })],
    [{ action: 'households.view', areas: [VILLAGE], units: ['v'], own: false }],
  ],
  [
    'a township contains its village, whichever comes first',
    [aPost({}), aPost({ areaRange: TOWNSHIP }), aPost({})],
    [{ action: 'households.view', areas: [TOWNSHIP], units: [], own: false }],
  ],
  [
    'two villages stay two',
    [aPost({ areaRange: OTHER_VILLAGE, units: ['b'] }), aPost({ units: ['a', 'b'] })],
    [{ action: 'households.view', areas: [VILLAGE, OTHER_VILLAGE], units: ['b', 'a'], own: false }],
  ],
  [
    'a county post reaches every unit, whatever else is held',
    [aPost({ areaRange: COUNTY, isCounty: true }), aPost({ units: ['v'] })],
    [{ action: 'households.view', areas: [COUNTY], units: 'all', own: false }],
  ],
  [
    'a unit post at county level reaches its unit and no area',
    [aPost({ reach: 'unit', areaRange: COUNTY, isCounty: true, units: ['u'] })],
    [{ action: 'households.view', areas: [], units: ['u'], own: false }],
  ],
  [
    'a helper reaches own households besides the village of another post',
    [aPost({ reach: 'own', areaRange: COUNTY, isCounty: true }), aPost({})],
    [{ action: 'households.view', areas: [VILLAGE], units: [], own: true }],
  ],
  [
    'an action has only the reach of the posts that give it',
    [aPost({ actions: ['households.edit'] }), aPost({ areaRange: TOWNSHIP })],
    [
      { action: 'households.edit', areas: [VILLAGE], units: [], own: false },
      { action: 'households.view', areas: [TOWNSHIP], units: [], own: false },
    ],
  ],
] as const) {
  test(what, () => {
    expect(mergeGrants(posts)).toEqual(expected)
  })
}
