import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHousehold, aMember, anIdNumber, ELSEWHERE, HERE } from '../../testing/builders.ts'
import { type Answer, type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { TEST_NOW } from '../../testing/test-county.ts'
import { type Chance, chanceOf } from './demo/random.ts'

const DAY = 86_400

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  // The first record, from which on the past can be asked for.
  await aHousehold(await director())
})
afterAll(() => app.close())

/** Signed in anew: sessions end while the clock runs through years. */
const director = (): Promise<Client> => app.as('director')
const at = (day: string, time = '09:00'): void => app.clock.moveTo(`${day}T${time}:00+08:00`)
const known = (answer: Answer): Answer['body'] => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

/** What an answer says of the records; what may be done with them, and pages of the web, differ in the past. */
function recordsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(recordsIn)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !['asOf', 'allowedActions', 'href'].includes(name))
  return Object.fromEntries(kept.map(([name, one]) => [name, recordsIn(one)]))
}

const READS = [
  '/households?limit=200&sort=householdNo',
  '/households?limit=200&sort=-netPerCapita&year=2017',
  '/households?category=general_exited&sort=memberCount',
  `/households?area=${ELSEWHERE.township}`,
  '/persons?limit=200&hasLeft=any',
  '/persons?sort=age&relation=head',
  '/areas',
  `/areas/${HERE.village}`,
  '/figures',
]

/** Everything this account can read, as of then or now. */
async function snapshotOf(username: string, ids: readonly string[], asOf?: string): Promise<unknown[]> {
  const client = await app.as(username)
  const paths = [...READS, ...ids.map((id) => `/households/${id}`)]
  const answers: unknown[] = []
  for (const path of paths) {
    const query = asOf ? `${path.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}` : ''
    const { status, body } = await client.get(path + query)
    answers.push([path, status, status === 200 ? recordsIn(body) : body.code])
  }
  return answers
}

type Edit = (client: Client, card: HouseholdCard, chance: Chance) => Promise<Answer>

const EDITS: readonly [Edit, ...Edit[]] = [
  (client, card, chance) =>
    client.put(`/households/${card.id}/status`, {
      expectedVersion: card.status.version,
      values: { poorAttribute: chance.pick(['general_poor', 'allowance_poor', 'general_exited']) },
    }),
  (client, card, chance) =>
    client.put(`/households/${card.id}/identity`, {
      expectedVersion: card.identity.version,
      values: { villageCode: chance.pick([HERE.village, HERE.otherVillage, ELSEWHERE.village]) },
    }),
  (client, card, chance) =>
    client.post(`/households/${card.id}/members`, {
      values: aMember({ name: chance.pick(['李小红', '王小明']), relation: 'son' }),
    }),
  (client, card, chance) => {
    const member = card.members[chance.between(0, card.members.length - 1)]
    return client.put(`/households/${card.id}/members/${member?.id}`, {
      expectedVersion: member?.version,
      values: { name: chance.pick(['张建国', '赵大海', '孙桂兰']) },
    })
  },
  (client, card) => {
    const member = card.members.find((one) => one.relation !== 'head' && !one.hasLeft)
    return client.post(`/households/${card.id}/members/${member?.id ?? card.id}/leave`, {
      expectedVersion: member?.version ?? 1,
      decreaseReason: 'death',
    })
  },
  (client, card, chance) => {
    const year = chance.between(2015, 2017)
    const standing = card.incomeYears.find((one) => one.year === year)
    return client.put(`/households/${card.id}/income-years/${year}`, {
      expectedVersion: standing?.version ?? null,
      values: { wageOtherFen: chance.between(1, 90) * 10_000, yearMemberCount: 2 },
    })
  },
  (client, card) => client.post(`/households/${card.id}/helpers`, { values: { helperName: '李援助' } }),
  (client, card, chance) =>
    client.put(`/households/${card.id}/living-conditions`, {
      expectedVersion: card.livingConditions.version,
      values: { farmlandMu: chance.between(1, 9) },
    }),
]

const STEPS = 12

test('whatever is read as of an instant is what was read at that instant', async () => {
  const chance = chanceOf(20_180_402)
  // After everything the other tests enter, whichever ran before.
  at('2030-01-01')
  const ids: string[] = []
  const taken: { asOf: string; director: unknown[]; township: unknown[] }[] = []
  for (let step = 0; step < STEPS; step += 1) {
    app.clock.advanceSeconds(chance.between(1, 20 * DAY))
    const client = await director()
    if (step % 5 === 0) {
      const villageCode = chance.pick([HERE.village, ELSEWHERE.village])
      ids.push((await aHousehold(client, { identity: { villageCode } })).id)
    } else {
      const id = ids[chance.between(0, ids.length - 1)]
      const card: HouseholdCard = known(await client.get(`/households/${id}`))
      // Some are refused (nobody is left to leave); then nothing must have changed either.
      await chance.pick(EDITS)(client, card, chance)
    }
    const asOf = app.clock.now().toISOString()
    app.clock.advanceSeconds(1)
    taken.push({
      asOf,
      director: await snapshotOf('director', ids),
      township: await snapshotOf('township', ids),
    })
  }
  app.clock.advanceSeconds(400 * DAY)
  for (const { asOf, ...then } of taken) {
    const idsThen = ids.filter((id) => JSON.stringify(then.director).includes(`/households/${id}`))
    expect(await snapshotOf('director', idsThen, asOf), asOf).toEqual(then.director)
    expect(await snapshotOf('township', idsThen, asOf), asOf).toEqual(then.township)
  }
  expect(new Set(taken.map((one) => JSON.stringify(one.director))).size).toBeGreaterThan(STEPS / 2)
}, 120_000)

describe('in the past', () => {
  test('nothing may be done, numbers stay masked, and the answer says when it is of', async () => {
    at('2021-03-01')
    const idNo = anIdNumber('1950-06-15')
    const card = await aHousehold(await director(), { members: [aMember({ idNo, phone: '13903961234' })] })
    at('2021-03-02')
    const client = await director()
    const body = known(await client.get(`/households/${card.id}?asOf=2021-03-01`))
    expect(body).toMatchObject({ allowedActions: [], asOf: '2021-03-01T15:59:59.999Z' })
    expect(JSON.stringify(body)).not.toContain(idNo)
    expect(JSON.stringify(body)).not.toContain('13903961234')
    expect(known(await client.get(`/households/${card.id}`))).not.toHaveProperty('asOf')
    const list = known(await client.get('/households?asOf=2021-03-01'))
    expect(list.asOf).toBe('2021-03-01T15:59:59.999Z')
    expect(list.rows.flatMap((row: HouseholdCard) => row.allowedActions)).toEqual([])
  })

  test('a date means the end of that day in the county, today this moment', async () => {
    at('2021-03-05', '23:30')
    const card = await aHousehold(await director())
    at('2021-03-06', '00:30')
    const client = await director()
    expect((await client.get(`/households/${card.id}?asOf=2021-03-04`)).status).toBe(404)
    expect((await client.get(`/households/${card.id}?asOf=2021-03-05`)).status).toBe(200)
    const today = known(await client.get(`/households/${card.id}?asOf=2021-03-06`))
    expect(today.asOf).toBe('2021-03-05T16:30:00.000Z')
    const instant = encodeURIComponent('2021-03-05T23:29:59+08:00')
    expect((await client.get(`/households/${card.id}?asOf=${instant}`)).status).toBe(404)
  })

  test('what is to come, and what was before the first record, is refused', async () => {
    at('2021-03-07')
    const client = await director()
    const paths = ['/households', '/persons', '/areas', '/figures', '/households/export', '/persons/export']
    for (const path of paths) {
      for (const asOf of ['2021-03-08', '2018-03-31']) {
        const { status, body } = await client.get(`${path}?asOf=${asOf}`)
        expect([status, body.code], `${path} ${asOf}`).toEqual([422, 'as_of_out_of_range'])
        expect(Date.parse(body.detail.earliest)).toBeGreaterThanOrEqual(Date.parse(TEST_NOW))
        expect(body.detail.latest).toBe(app.clock.now().toISOString())
      }
      expect((await client.get(`${path}?asOf=2021-02-30`)).status, path).toBe(400)
    }
  })

  test('a late correction changes what we know now of that year, not what we knew then', async () => {
    at('2021-04-01')
    const card = await aHousehold(await director())
    const write = async (expectedVersion: number | null, wageOtherFen: number) =>
      known(
        await (
          await director()
        ).put(`/households/${card.id}/income-years/2020`, {
          expectedVersion,
          values: { wageOtherFen, yearMemberCount: 1 },
        }),
      )
    const first = await write(null, 300_000)
    at('2022-02-01')
    await write(first.incomeYears[0].version, 400_000)
    const client = await director()
    const incomeOf2020 = async (asOf: string) =>
      known(await client.get(`/households/${card.id}${asOf}`)).incomeYears[0].netFen
    expect(await incomeOf2020('?asOf=2021-12-31')).toBe(300_000)
    expect(await incomeOf2020('')).toBe(400_000)
  })

  test('who helped is told by the dates of the help, as they were known', async () => {
    at('2022-03-01')
    const card = await aHousehold(await director())
    await (
      await director()
    ).post(`/households/${card.id}/helpers`, {
      values: { helperName: '李援助', startedOn: '2022-01-01' },
    })
    at('2022-06-01')
    const standing = known(await (await director()).get(`/households/${card.id}`)).helpers[0]
    known(
      await (
        await director()
      ).post(`/households/${card.id}/helpers/${standing.id}/end`, {
        expectedVersion: standing.version,
        endedOn: '2022-04-30',
      }),
    )
    const client = await director()
    const helperOf = async (asOf: string) =>
      known(await client.get(`/households/${card.id}${asOf}`)).helpers[0]
    // In May nobody had written down yet that the help had ended in April.
    expect(await helperOf('?asOf=2022-05-15')).toMatchObject({ endedOn: null, isCurrent: true })
    expect(await helperOf('')).toMatchObject({ endedOn: '2022-04-30', isCurrent: false })
  })

  test('persons are found by the names they had, and are as old as they were', async () => {
    at('2022-07-01')
    const idNo = anIdNumber('1960-07-15')
    const card = await aHousehold(await director(), { members: [aMember({ name: '欧阳远', idNo })] })
    at('2022-08-01')
    const member = card.members[0]
    await (
      await director()
    ).put(`/households/${card.id}/members/${member?.id}`, {
      expectedVersion: member?.version,
      values: { name: '司马近' },
    })
    const client = await director()
    const found = async (text: string, query: string) => {
      const { id } = (await client.post('/households/searches', { text })).body
      const persons = known(await client.get(`/persons?search=${id}${query}`))
      const households = known(await client.get(`/households?search=${id}${query}`))
      return [persons.total, households.total, persons.rows[0]?.age]
    }
    const then = '&asOf=2022-07-01'
    expect(await found('欧阳', then)).toEqual([1, 1, 61])
    expect(await found('欧阳远', then)).toEqual([1, 1, 61])
    expect(await found('司马', then)).toEqual([0, 0, undefined])
    expect(await found('司马', '')).toEqual([1, 1, 62])
    expect(await found('欧阳', '')).toEqual([0, 0, undefined])
    expect(await found(idNo, then)).toEqual([1, 1, 61])
  })

  test('what is entered about a village is read as it was', async () => {
    at('2023-01-10')
    const path = `/villages/${HERE.village}/profile`
    const write = async (expectedVersion: number | null, residentPopulation: number) =>
      known(await (await director()).put(path, { expectedVersion, values: { residentPopulation } }))
    const { version } = await write(null, 1200)
    at('2023-02-10')
    await write(version, 1100)
    const client = await director()
    expect(known(await client.get(`${path}?asOf=2023-01-31`))).toMatchObject({
      values: { residentPopulation: 1200 },
      allowedActions: [],
    })
    expect(known(await client.get(path)).values.residentPopulation).toBe(1100)
  })

  test('a household is seen by whoever reaches the village it lay in then', async () => {
    at('2022-09-01')
    const card = await aHousehold(await director(), { identity: { villageCode: HERE.village } })
    at('2022-10-01')
    await (
      await director()
    ).put(`/households/${card.id}/identity`, {
      expectedVersion: card.identity.version,
      values: { villageCode: ELSEWHERE.village },
    })
    const township = await app.as('township')
    expect((await township.get(`/households/${card.id}`)).status).toBe(404)
    const past = known(await township.get(`/households/${card.id}?asOf=2022-09-30`))
    expect(past.identity.values.villageCode).toBe(HERE.village)
    expect((await township.get(`/households/${card.id}?asOf=2022-10-01`)).status).toBe(404)
    expect((await (await director()).get(`/households/${card.id}`)).status).toBe(200)
  })

  test('an export holds the rows of then and says in the audit what it was of', async () => {
    at('2022-11-01')
    const card = await aHousehold(await director(), { status: { poorAttribute: 'tekun_poor' } })
    at('2022-12-01')
    await (
      await director()
    ).put(`/households/${card.id}/status`, {
      expectedVersion: card.status.version,
      values: { poorAttribute: 'general_exited' },
    })
    const client = await director()
    const query = 'format=csv&columns=householdNo&category=tekun_poor'
    const no = card.identity.values.householdNo
    expect(known(await client.get(`/households/export?${query}&asOf=2022-11-30`))).toContain(no)
    expect(known(await client.get(`/households/export?${query}`))).not.toContain(no)
    const persons = known(await client.get(`/persons/export?${query}&asOf=2022-11-30`))
    expect(persons).toContain(no)
    const { rows } = await app.db.pool.query(
      `SELECT action, after ->> 'asOf' AS as_of FROM audit_entries WHERE action LIKE 'household.%exported' AND after ? 'asOf'`,
    )
    expect(rows).toEqual([
      { action: 'household.exported', as_of: '2022-11-30' },
      { action: 'household.persons_exported', as_of: '2022-11-30' },
    ])
  })
})
