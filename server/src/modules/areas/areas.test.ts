import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Area } from '@tiejun/contract/areas/endpoints.ts'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'

const COUNTY = '411722000000'
const TOWNSHIP = '411722101000'
const VILLAGE = '411722101001'
const OTHER_TOWNSHIP = '411722102000'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await aHousehold('4117220000001', VILLAGE, ['户主', '配偶'])
  await aHousehold('4117220000002', VILLAGE, ['户主'])
  await aHousehold('4117220000003', '411722101201', ['户主', '子', '女'])
  await aHousehold('4117220000004', '411722102201', ['户主'], 1)
})
afterAll(() => app.close())

/** Straight into the tables: the registry has its own tests, here only the counts matter. */
async function aHousehold(number: string, village: string, members: string[], left = 0) {
  await app.db.pool.query(
    `WITH home AS (
       INSERT INTO households (id, household_no, village_code, created_at, changed_at)
       VALUES (gen_random_uuid(), $1, $2, now(), now()) RETURNING id)
     INSERT INTO members (id, household_id, village_code, name, relation, id_type, changed_at, decrease_reason)
     SELECT gen_random_uuid(), home.id, $2, name, 'other', 'none', now(),
            CASE WHEN place > cardinality($3::text[]) - $4::int THEN 'death' END
     FROM home, unnest($3::text[]) WITH ORDINALITY AS person (name, place)`,
    [number, village, members, left],
  )
}

const treeOf = async (username: string): Promise<Area[]> =>
  (await (await app.as(username)).get('/areas')).body.areas
const countsOf = (areas: Area[], code: string) => {
  const area = areas.find((one) => one.code === code)
  return area && [area.households, area.persons, area.isWithinReach]
}

test('the tree has the county, its townships and villages, parents first, with counts that add up', async () => {
  const areas = await treeOf('director')
  expect(areas).toHaveLength(1 + 26 + 460)
  expect(areas.slice(0, 2).map((area) => area.level)).toEqual(['county', 'township'])
  expect(countsOf(areas, COUNTY)).toEqual([4, 6, true])
  expect(countsOf(areas, TOWNSHIP)).toEqual([3, 6, true])
  expect(countsOf(areas, VILLAGE)).toEqual([2, 3, true])
})

test('two villages of one name are told apart by their township', async () => {
  const areas = await treeOf('director')
  const same = areas.filter((area) => area.name === '陈庄村民委员会')
  expect(new Set(same.map((area) => area.parentCode)).size).toBe(2)
})

test('an official of a township counts the own township only, in the county’s line too', async () => {
  const areas = await treeOf('township')
  expect(countsOf(areas, COUNTY)).toEqual([3, 6, true])
  expect(countsOf(areas, OTHER_TOWNSHIP)).toEqual([0, 0, false])
})

test('a liaison officer sees the divisions and no records', async () => {
  expect(countsOf(await treeOf('liaison'), COUNTY)).toEqual([0, 0, false])
})

test('a division shows where it lies, what lies below, and its unit', async () => {
  const { body } = await (await app.as('director')).get(`/areas/${TOWNSHIP}`)
  expect(body.area).toMatchObject({ name: '黄埠镇', households: 3, persons: 6 })
  expect(body.ancestors.map((area: Area) => area.name)).toEqual(['河南省', '驻马店市', '上蔡县'])
  expect(body.children.length).toBeGreaterThan(5)
  expect(body.unitId).toMatch(/^[0-9a-f-]{36}$/)
})

test('a village has nothing below it', async () => {
  const { body } = await (await app.as('village')).get(`/areas/${VILLAGE}`)
  expect(body).toMatchObject({ area: { households: 2, persons: 3 }, children: [] })
})

for (const path of ['/areas', `/areas/${TOWNSHIP}`]) {
  test(`${path} answers nobody who is not signed in, and no administrator`, async () => {
    expect((await app.nobody.get(path)).status).toBe(401)
    expect((await (await app.as('audit-admin')).get(path)).status).toBe(403)
  })
}

test('an unknown code is not found, a malformed one is refused', async () => {
  const director = await app.as('director')
  expect((await director.get('/areas/411722999999')).status).toBe(404)
  expect((await director.get('/areas/4117')).status).toBe(400)
})
