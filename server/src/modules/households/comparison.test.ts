import type { CardComparison } from '@tiejun/contract/households/comparison.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHousehold, aMember, anIdNumber, ELSEWHERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'

let app: TestApp
let cardId: string

const director = (): Promise<Client> => app.as('director')
const at = (day: string): void => app.clock.moveTo(`${day}T09:00:00+08:00`)

beforeAll(async () => {
  app = await startTestApp()
  at('2018-05-01')
  const head = aMember({ name: '张三', idNo: anIdNumber('1950-06-15'), phone: '13903961234' })
  const card = await aHousehold(await director(), {
    identity: { villageCode: ELSEWHERE.village, householdNo: '41172299998', address: '一号' },
    members: [head, aMember({ name: '李四', relation: 'spouse' })],
  })
  cardId = card.id
  at('2018-06-01')
  const path = `/households/${cardId}`
  const client = await director()
  const [first, second] = card.members
  // Of another number only what a mask hides is different.
  const change = { idNo: anIdNumber('1950-06-16'), phone: '13911111234' }
  await client.put(`${path}/members/${first?.id}`, { expectedVersion: 1, values: change })
  await client.post(`${path}/members/${second?.id}/leave`, { expectedVersion: 1, decreaseReason: 'death' })
  await client.put(`${path}/identity`, { expectedVersion: 1, values: { address: '二号' } })
  await client.post(`${path}/measures`, { values: { category: 'industry', costFen: 100_000 } })
  at('2018-07-01')
})
afterAll(() => app.close())

const compare = async (query: string, client?: Client) =>
  (client ?? (await director())).get(`/households/${cardId}/comparison?${query}`)

test('tells what differs section by section, row by row, masked', async () => {
  const { status, body } = await compare('from=2018-05-31&to=2018-06-30')
  expect(status, JSON.stringify(body)).toBe(200)
  const { differences, ...facts }: CardComparison = body
  expect(facts).toMatchObject({
    householdNo: '41172299998',
    from: '2018-05-31T15:59:59.999Z',
    to: '2018-06-30T15:59:59.999Z',
    wasKnownAtFrom: true,
    wasKnownAtTo: true,
  })
  const told = differences.map(({ section, rowLabel, change }) => [section, rowLabel, change])
  expect(told).toEqual([
    ['identity', null, 'changed'],
    ['members', '李四', 'changed'],
    ['members', '张三', 'changed'],
    ['measures', expect.any(String), 'added'],
  ])
  expect(differences[0]?.fields).toEqual([{ field: 'household.address', before: '一号', after: '二号' }])
  expect(differences[1]?.fields).toEqual([{ field: 'member.decreaseReason', before: null, after: 'death' }])
  const ofHead = differences[2]?.fields ?? []
  expect(ofHead.map(({ field }) => field).toSorted()).toEqual(['member.idNo', 'member.phone'])
  expect(JSON.stringify(body)).not.toContain('19500615')
  expect(JSON.stringify(body)).not.toContain('13903961234')
  const measure = differences[3]?.fields ?? []
  expect(measure).toContainEqual({ field: 'measure.costFen', before: null, after: 100_000 })
})

test('with now as the later moment, and nothing between two days without a change', async () => {
  expect((await compare('from=2018-05-31')).body.differences).toHaveLength(4)
  expect((await compare('from=2018-06-02')).body.differences).toEqual([])
})

test('a card entered later was not known before: everything on it is added', async () => {
  at('2018-07-02')
  const card = await aHousehold(await director())
  at('2018-07-03')
  const { body } = await (await director()).get(`/households/${card.id}/comparison?from=2018-07-01`)
  expect(body).toMatchObject({ wasKnownAtFrom: false, wasKnownAtTo: true })
  expect(new Set(body.differences.map(({ change }: { change: string }) => change))).toEqual(
    new Set(['added']),
  )
})

test('refuses moments that are not in order, and those without records', async () => {
  expect((await compare('from=2018-06-02&to=2018-06-01')).body).toMatchObject({
    code: 'invalid_fields',
    fields: [{ path: 'from', code: 'moments_not_in_order' }],
  })
  expect((await compare('from=2018-01-01')).body.code).toBe('as_of_out_of_range')
  expect((await compare('to=2018-06-01')).status).toBe(400)
})

test('does not exist for whom the card did not lie within reach at either moment', async () => {
  expect((await compare('from=2018-05-31', await app.as('township'))).status).toBe(404)
})
