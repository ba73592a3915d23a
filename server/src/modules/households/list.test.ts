import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { processActor } from '../../platform/permissions/actor.ts'
import { aHousehold, aMember, anIdNumber, ELSEWHERE, HERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { householdIndicators } from './index.ts'

interface Row {
  id: string
  householdNo: string
  headName: string
  netPerCapitaFen: number | null
}

const OLD_ID = anIdNumber('1943-04-05', 'female')
/** An ID number that ends in X, for which people type x. */
const X_ID = '41172220080229999X'

let app: TestApp
let director: Client
let township: Client

beforeAll(async () => {
  app = await startTestApp()
  director = await app.as('director')
  township = await app.as('township')
  await Promise.all([
    aHousehold(director, {
      identity: { householdNo: '41172200001', householdPhone: '0396-6921234' },
      status: { poorAttribute: 'general_poor', mainCause: 'illness' },
      members: [
        aMember({ name: '王秀兰', idNo: OLD_ID }),
        aMember({ name: '王建国', relation: 'son', phone: '13900007777' }),
      ],
    }).then(({ id }) => anIncome(id, 500_000)),
    aHousehold(director, {
      identity: { householdNo: '41172200002', villageCode: HERE.otherVillage },
      status: { poorAttribute: 'allowance_poor', mainCause: 'disability' },
      members: [aMember({ name: '欧阳建国' }), aMember({ name: '欧小', relation: 'grandson', idNo: X_ID })],
    }).then(({ id }) => anIncome(id, 300_000)),
    aHousehold(director, {
      identity: { householdNo: '41172200003', villageCode: ELSEWHERE.village },
      status: { povertyStatus: 'exited_with_support', exitYear: 2016, poorAttribute: 'general_exited' },
      members: [aMember({ name: '王建' })],
    }).then(({ id }) => anIncome(id, 400_000)),
    aHousehold(director, {
      identity: { householdNo: '41172200004', villageCode: ELSEWHERE.village },
      members: [aMember({ name: '李梅李' })],
    }),
  ])
})
afterAll(() => app.close())

const anIncome = (id: string, wageOtherFen: number) =>
  director.put(`/households/${id}/income-years/2017`, {
    expectedVersion: null,
    values: { wageOtherFen, yearMemberCount: 1 },
  })

const numbers = (body: { rows: Row[] }) => body.rows.map((row) => row.householdNo.slice(-1)).join('')
const found = async (query: string, by = director) => numbers((await by.get(`/households?${query}`)).body)

async function searched(text: string, by = director): Promise<[string, string]> {
  const search = await by.post('/households/searches', { text })
  return [search.body.kind, await found(`search=${search.body.id}&sort=householdNo`, by)]
}

describe('the list', () => {
  test('shows what people look for, masked, with exact total and year', async () => {
    const { body } = await director.get('/households?sort=householdNo&limit=1')
    expect(body).toMatchObject({ total: 4, year: 2017, search: null })
    expect(body.rows[0]).toMatchObject({
      householdNo: '41172200001',
      townshipName: '黄埠镇',
      villageName: '黄埠社区居民委员会',
      headName: '王秀兰',
      headIdNo: `4117**********${OLD_ID.slice(-4)}`,
      memberCount: 2,
      netPerCapitaFen: 500_000,
      householdPhone: '0396-***1234',
      allowedActions: ['edit', 'unmask', 'print'],
    })
  })

  test.each([
    [`area=${HERE.township}`, '12'],
    [`area=${HERE.otherVillage}`, '2'],
    ['area=411722000000', '1234'],
    ['category=general_poor&category=allowance_poor', '124'],
    ['cause=disability', '2'],
    ['status=exited_with_support', '3'],
    ['exitYear=2016', '3'],
    ['incomeFromFen=350000', '13'],
    ['incomeFromFen=350000&incomeToFen=450000', '3'],
    ['year=2016&incomeFromFen=0', ''],
    [`area=${HERE.township}&category=allowance_poor`, '2'],
  ])('filtered by %s has %s', async (filter, expected) => {
    const { body } = await director.get(`/households?${filter}&sort=householdNo`)
    expect([numbers(body), body.total]).toEqual([expected, expected.length])
  })

  test.each([
    ['householdNo', '1234'],
    ['-householdNo', '4321'],
    ['netPerCapita', '2314'],
    ['-netPerCapita', '1324'],
    ['-memberCount', '2143'],
    ['village', '1234'],
  ])('sorted by %s is the same in pages of one as in one', async (sort, expected) => {
    expect(await found(`sort=${sort}`)).toBe(expected)
    let paged = ''
    let after: string | null = ''
    while (after !== null) {
      const { body } = await director.get(`/households?sort=${sort}&limit=1${after && `&after=${after}`}`)
      expect(body.total).toBe(4)
      paged += numbers(body)
      after = body.next
    }
    expect(paged).toBe(expected)
  })

  test('sorted by last change pages through changes of one instant', async () => {
    const first = (await director.get('/households?sort=-changedAt&limit=2')).body
    const second = (await director.get(`/households?sort=-changedAt&limit=2&after=${first.next}`)).body
    expect(numbers(first) + numbers(second)).toHaveLength(4)
    expect(new Set([...numbers(first), ...numbers(second)]).size).toBe(4)
  })

  test('keeps its place when a household comes in before it', async () => {
    const first = (await township.get('/households?sort=householdNo&limit=1')).body
    const early = await aHousehold(director, { identity: { householdNo: '41172200000' } })
    const second = (await township.get(`/households?sort=householdNo&limit=1&after=${first.next}`)).body
    expect([numbers(first), numbers(second)]).toEqual(['1', '2'])
    await app.db.pool.query('DELETE FROM members WHERE household_id = $1', [early.id])
    await app.db.pool.query('DELETE FROM households WHERE id = $1', [early.id])
  })

  test('ends at the reach of the post, whatever is asked for', async () => {
    expect(await found('sort=householdNo', township)).toBe('12')
    expect(await found(`area=${ELSEWHERE.township}`, township)).toBe('')
    expect(await searched('王建', township)).toEqual(['name', '1'])
  })

  test.each([
    ['colour=red', 'unknown_filter'],
    ['after=nonsense', 'malformed_request'],
    ['sort=headName', 'malformed_request'],
    ['area=4117', 'malformed_request'],
    ['corrected=no', 'malformed_request'],
  ])('with %s is refused', async (query, code) => {
    expect(await director.get(`/households?${query}`)).toMatchObject({ status: 400, body: { code } })
  })
})

describe('the search', () => {
  test.each([
    ['one character', '王', 'name', '13'],
    ['two characters', '建国', 'name', '12'],
    ['three characters', '王建国', 'name', '1'],
    ['four characters with a space', '欧阳 建国', 'name', '2'],
    ['characters of which only the pairs are there', '梅李梅', 'name', ''],
    ['three characters with a repeated pair', '李梅李', 'name', '4'],
    ['a whole ID number', OLD_ID, 'id_number', '1'],
    ['a whole ID number with a small x', X_ID.toLowerCase(), 'id_number', '2'],
    [
      'full-width digits',
      [...OLD_ID].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join(''),
      'id_number',
      '1',
    ],
    ['the last four of an ID number', '999x', 'last_four', '2'],
    ['the last four of a phone', '7777', 'last_four', '1'],
    ['the last four of the household phone', '1234', 'last_four', '1'],
    ['a household number', '41172200003', 'number', '3'],
    ['a whole phone number', '13900007777', 'number', '1'],
  ])('by %s finds the household', async (_by, text, kind, expected) => {
    expect(await searched(text)).toEqual([kind, expected])
  })

  test('stands in the address only as an id, in the database only sealed, and is nobody else’s', async () => {
    const { body } = await director.post('/households/searches', { text: '王秀兰' })
    const { rows } = await app.db.pool.query(
      'SELECT s::text AS text FROM household_searches s WHERE id = $1',
      [body.id],
    )
    expect(rows[0].text).not.toContain('王秀兰')
    expect((await director.get(`/households?search=${body.id}`)).body.search).toEqual({
      text: '王秀兰',
      kind: 'name',
    })
    expect((await township.get(`/households?search=${body.id}`)).status).toBe(404)
  })

  test('goes with the other filters', async () => {
    const { body } = await director.post('/households/searches', { text: '王' })
    expect(await found(`search=${body.id}&area=${ELSEWHERE.township}`)).toBe('3')
  })
})

describe('the export', () => {
  test('has exactly the rows and columns shown, in their order, and is audited', async () => {
    const { raw, status } = await director.get(
      `/households/export?format=csv&sort=-netPerCapita&columns=householdNo&columns=headIdNo&columns=poorAttribute&columns=netPerCapitaFen`,
    )
    expect([status, raw.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const [header, ...lines] = raw.body.replace('\uFEFF', '').trim().split('\r\n')
    expect(header).toMatch(/^户编号,.*2017年.*元）$/)
    expect(lines.map((line) => line.split(',')[0]?.slice(-1)).join('')).toBe(
      await found('sort=-netPerCapita'),
    )
    expect(lines[0]).toBe(`41172200001,4117**********${OLD_ID.slice(-4)},一般贫困户,5000.00`)
    const { rows } = await app.db.pool.query(
      "SELECT after FROM audit_entries WHERE action = 'household.exported'",
    )
    expect(rows[0].after).toMatchObject({ format: 'csv', sort: '-netPerCapita' })
  })

  test('as a workbook is one, and ends at the reach of the post', async () => {
    const { raw } = await township.get('/households/export')
    expect(raw.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const csv = await township.get('/households/export?format=csv')
    expect(csv.raw.body.trim().split('\r\n')).toHaveLength(1 + 2)
  })
})

describe('the figures', () => {
  const count = <Result>(
    read: (tx: Parameters<typeof householdIndicators.countHouseholds>[0]) => Promise<Result>,
  ) => app.db.asReader(processActor('test'), 'figures.view', read)

  test('are what the list shows with the same filter', async () => {
    expect(await count(householdIndicators.countHouseholds)).toBe(4)
    expect(await count(householdIndicators.countPersons)).toBe(6)
    for (const { code, count: households } of await count(householdIndicators.countByCategory)) {
      expect((await director.get(`/households?category=${code}`)).body.total).toBe(households)
    }
    for (const { code, count: households } of await count(householdIndicators.countByCause)) {
      expect((await director.get(`/households?cause=${code}`)).body.total).toBe(households)
    }
  })

  test('count a card as corrected once a field was changed after entry', async () => {
    const card = await aHousehold(director, {
      identity: { householdNo: '41172200009', villageCode: ELSEWHERE.village },
    })
    expect(await found('corrected=yes')).toBe('')
    await director.put(`/households/${card.id}/status`, {
      expectedVersion: 1,
      values: { mainCause: 'schooling', plannedExitYear: 2018 },
    })
    expect(await found('corrected=yes')).toBe('9')
    expect(await count(householdIndicators.countCorrected)).toBe(1)
    expect(await count(householdIndicators.countCorrectedFields)).toBe(2)
    await app.db.pool.query('DELETE FROM members WHERE household_id = $1', [card.id])
    await app.db.pool.query('DELETE FROM households WHERE id = $1', [card.id])
  })
})

describe('the pack’s words for the card', () => {
  test('come once and are asked for again by their tag', async () => {
    const first = await township.get('/pack/card-fields')
    expect(first.body.groups[0].fields[0]).toMatchObject({
      key: 'household.householdNo',
      label: { zh: '户编号' },
    })
    expect(first.body.enumerations.sex.values[0]).toMatchObject({ code: 'male', zh: '男', en: 'Male' })
    expect(first.body.povertyLines).toContainEqual(
      expect.objectContaining({ year: 2017, workingFen: 320_800 }),
    )
    const again = await app.app.inject({
      url: '/api/pack/card-fields',
      cookies: cookiesOf(first.raw.raw.req.headers.cookie),
      headers: { 'if-none-match': String(first.raw.headers['etag']) },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect((await app.nobody.get('/pack/card-fields')).status).toBe(401)
  })
})

const cookiesOf = (header: string | undefined): Record<string, string> =>
  Object.fromEntries(
    (header ?? '').split('; ').map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  )
