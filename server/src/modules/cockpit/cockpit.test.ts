import type { Figure } from '@tiejun/contract/platform/indicators.ts'
import type { UnitSummary } from '@tiejun/contract/organisation/units.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countyPack } from '../../platform/packs/index.ts'
import { aHousehold, aMember, ELSEWHERE, HERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'

let county: TestApp
let director: Client

async function listFigures(client: Client): Promise<Figure[]> {
  const { status, body } = await client.get('/figures')
  expect(status, JSON.stringify(body)).toBe(200)
  return body.figures
}

async function figureOf(client: Client, id: string): Promise<Figure> {
  const found = (await listFigures(client)).find((figure) => figure.id === id)
  if (!found) throw new Error(`no figure ${id}`)
  return found
}

const PLACES = [HERE.village, HERE.village, HERE.otherVillage, ELSEWHERE.village, ELSEWHERE.village]
const CATEGORIES = ['general_poor', 'allowance_poor', 'general_poor', 'tekun_poor', 'general_exited']
const CAUSES = ['illness', 'disability', 'illness', 'lack_of_skill', 'bereavement']

beforeAll(async () => {
  county = await startTestApp()
  director = await county.as('director')
  for (const [index, villageCode] of PLACES.entries()) {
    const child = aMember({ name: '王小明', relation: 'son' })
    const card = await aHousehold(director, {
      identity: { villageCode },
      status: { poorAttribute: CATEGORIES[index], mainCause: CAUSES[index] },
      members: index % 2 === 0 ? [aMember(), child] : [aMember()],
    })
    if (index < 3) {
      const change = { expectedVersion: 1, values: { naturalVillage: `${index + 1}组` } }
      expect((await director.put(`/households/${card.id}/identity`, change)).status).toBe(200)
    }
  }
})
afterAll(() => county.close())

/** The records the page behind a link asks the API for. */
async function countBehind(client: Client, figure: Figure): Promise<number> {
  const url = new URL(figure.href ?? '', 'http://office')
  if (url.pathname === '/organisation') {
    const units: UnitSummary[] = (await client.get('/organisation/chart')).body.units
    const kind = url.searchParams.get('kind')
    return units.filter((unit) => kind === null || unit.kind === kind).length
  }
  const { status, body } = await client.get(url.pathname + url.search)
  expect(status, figure.href ?? '').toBe(200)
  return body.total
}

describe('the figures', () => {
  test('are those of the report in its order, then our own', async () => {
    const figures = await listFigures(director)
    const reported = countyPack().figures
    expect(figures.slice(0, reported.length).map(({ id }) => id)).toEqual(reported.map(({ id }) => id))
    expect(figures.slice(reported.length).every((figure) => figure.reported === null)).toBe(true)
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length)
  })

  test('count the six working groups and hold them against the report', async () => {
    expect(await figureOf(director, 'working_groups')).toMatchObject({ value: 6, reported: '6', met: true })
  })

  test('of modules not built yet have no value', async () => {
    expect(await figureOf(director, 'inspections')).toMatchObject({ value: null, met: null, href: null })
  })

  test('count cards corrected by hand, not cards entered', async () => {
    expect(await figureOf(director, 'records_maintained')).toMatchObject({ value: 3, met: false })
    expect(await figureOf(director, 'households')).toMatchObject({ value: 5 })
    expect(await figureOf(director, 'persons')).toMatchObject({ value: 8 })
  })

  test('by category and by cause add up to all cards', async () => {
    const figures = await listFigures(director)
    for (const [group, expected] of [
      ['category', { general_poor: 2, allowance_poor: 1, tekun_poor: 1, general_exited: 1 }],
      ['cause', { illness: 2, disability: 1, lack_of_skill: 1, bereavement: 1 }],
    ] as const) {
      const counted = figures.filter((figure) => figure.group === group && figure.value !== 0)
      expect(Object.fromEntries(counted.map(({ id, value }) => [id.split('.')[1], value]))).toEqual(expected)
    }
  })

  for (const username of ['director', 'township', 'village']) {
    test(`open exactly the records counted, for ${username}`, async () => {
      const client = await county.as(username)
      const linked = (await listFigures(client)).filter((figure) => figure.href !== null)
      expect(linked.length).toBeGreaterThan(20)
      for (const figure of linked) expect(await countBehind(client, figure), figure.id).toBe(figure.value)
    })
  }

  test('keep to the reach: a township counts its own cards only', async () => {
    const township = await county.as('township')
    expect(await figureOf(township, 'households')).toMatchObject({ value: 3 })
    expect(await figureOf(township, 'category.tekun_poor')).toMatchObject({ value: 0 })
  })

  test('have no link to a page the person may not open', async () => {
    const village = await county.as('village')
    expect(await figureOf(village, 'working_groups'), 'no organisation.view').toMatchObject({
      value: 6,
      href: null,
    })
    const liaison = await county.as('liaison')
    const { href } = await figureOf(liaison, 'households')
    expect(href, 'no households.view').toBeNull()
  })
})

describe('the figures month by month', () => {
  const monthly = async (client: Client, query: string) => client.get(`/figures/monthly?${query}`)

  /** A county with a history of its own, so that the months of the other tests stay as they are. */
  async function aCountyWithHistory(): Promise<TestApp> {
    const app = await startTestApp()
    const at = (day: string) => app.clock.moveTo(`${day}T09:00:00+08:00`)
    const edit = async () => app.as('director')
    const poor = { poorAttribute: 'general_poor' }
    at('2018-05-10')
    await aHousehold(await edit(), { status: poor })
    const card = await aHousehold(await edit(), {
      status: poor,
      members: [aMember(), aMember({ relation: 'spouse' })],
    })
    at('2018-06-30')
    await aHousehold(await edit(), { identity: { villageCode: ELSEWHERE.village }, status: poor })
    at('2018-08-01')
    const client = await edit()
    const spouse = card.members[1]
    const leave = { expectedVersion: spouse?.version, decreaseReason: 'death' }
    await client.post(`/households/${card.id}/members/${spouse?.id}/leave`, leave)
    const exited = { expectedVersion: 1, values: { poorAttribute: 'general_exited' } }
    await client.put(`/households/${card.id}/status`, exited)
    at('2018-09-15')
    return app
  }

  test('are what was known at the end of each month, the same as the figures as of then', async () => {
    const app = await aCountyWithHistory()
    for (const [name, households] of [
      ['director', [null, 2, 3, 3, 3, 3]],
      ['township', [null, 2, 2, 2, 2, 2]],
    ] as const) {
      const client = await app.as(name)
      const { status, body } = await monthly(client, 'from=2018-04&to=2018-09')
      expect(status, JSON.stringify(body)).toBe(200)
      expect(body.months.map(({ month }: { month: string }) => month)).toEqual(
        [4, 5, 6, 7, 8, 9].map((month) => `2018-0${month}`),
      )
      expect(body.series[0].values, name).toEqual(households)
      for (const [place, { asOf }] of body.months.entries()) {
        if (place === 0) continue
        const { figures } = (await client.get(`/figures?asOf=${encodeURIComponent(asOf)}`)).body
        for (const { id, values } of body.series) {
          const figure = figures.find((one: Figure) => one.id === id)
          expect(values[place], `${name} ${id} ${asOf}`).toBe(figure.value)
        }
      }
    }
    const { body } = await monthly(await app.as('director'), 'from=2018-07&to=2018-08')
    const valuesOf = (id: string) => body.series.find((one: { id: string }) => one.id === id).values
    expect(valuesOf('persons')).toEqual([4, 3])
    expect(valuesOf('category.general_poor')).toEqual([3, 2])
    expect(valuesOf('category.general_exited')).toEqual([0, 1])
    await app.close()
  })

  test('open the records of then from the figures of then', async () => {
    const app = await aCountyWithHistory()
    const client = await app.as('director')
    const { body } = await client.get('/figures?asOf=2018-07-31')
    const opened = body.figures.filter((figure: Figure) => figure.href !== null)
    expect(opened.length).toBeGreaterThan(5)
    for (const figure of opened) expect(await countBehind(client, figure), figure.id).toBe(figure.value)
    await app.close()
  })

  test('refuse months to come, in the wrong order, or too many', async () => {
    for (const [query, fields] of [
      ['from=2018-01&to=2018-05', [{ path: 'to', code: 'month_in_future', params: { latest: '2018-04' } }]],
      ['from=2018-04&to=2018-03', [{ path: 'from', code: 'months_not_in_order' }]],
      ['from=2008-04&to=2018-04', [{ path: 'from', code: 'too_big', params: { maximum: 120 } }]],
    ] as const) {
      const { status, body } = await monthly(director, query)
      expect([status, body.fields], query).toEqual([422, fields])
    }
    expect((await monthly(director, 'from=2018-13&to=2018-04')).status).toBe(400)
  })
})
