import { ageOn } from '@tiejun/contract/standards/id-number.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { processActor } from '../../platform/permissions/actor.ts'
import { aHousehold, aMember, anIdNumber, ELSEWHERE, HERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { householdIndicators } from './index.ts'

interface Row {
  id: string
  name: string
  age: number | null
}

const OLD_ID = anIdNumber('1943-04-05', 'female')
const YOUNG_ID = anIdNumber('2009-12-31')

let app: TestApp
let director: Client
let township: Client

beforeAll(async () => {
  app = await startTestApp()
  director = await app.as('director')
  township = await app.as('township')
  const first = await aHousehold(director, {
    identity: { householdNo: '41172200001', householdPhone: '0396-6921234' },
    status: { poorAttribute: 'general_poor' },
    members: [
      aMember({ name: '王建国', relation: 'son', phone: '13900007777', health: ['chronic_illness'] }),
      aMember({ name: '王秀兰', idNo: OLD_ID, health: ['chronic_illness', 'disabled'] }),
    ],
  })
  await aHousehold(director, {
    identity: { householdNo: '41172200002', villageCode: HERE.otherVillage },
    status: { poorAttribute: 'allowance_poor' },
    members: [aMember({ name: '欧阳建国' }), aMember({ name: '李小', relation: 'grandson', idNo: YOUNG_ID })],
  })
  await aHousehold(director, {
    identity: { householdNo: '41172200003', villageCode: ELSEWHERE.village },
    status: { poorAttribute: 'general_poor' },
    members: [aMember({ name: '李梅李', labourSkill: 'skilled' })],
  })
  const left = first.members.find((member) => member.name === '王建国')
  const added = await director.post(`/households/${first.id}/members`, {
    values: aMember({ name: '王已走', relation: 'daughter', idNo: anIdNumber('1990-01-01', 'female') }),
  })
  expect([left?.hasLeft, added.status]).toEqual([false, 201])
  const gone = added.body.members.find((member: Row) => member.name === '王已走')
  const leave = await director.post(`/households/${first.id}/members/${gone.id}/leave`, {
    expectedVersion: gone.version,
    decreaseReason: 'death',
  })
  expect(leave.status, leave.raw.body).toBe(200)
})
afterAll(() => app.close())

const names = (body: { rows: Row[] }) => body.rows.map(({ name }) => name).join(' ')
const found = async (query: string, by = director) => names((await by.get(`/persons?${query}`)).body)

async function searched(text: string, by = director, more = ''): Promise<string> {
  const { body } = await by.post('/households/searches', { text })
  return found(`search=${body.id}${more}`, by)
}

describe('the list of persons', () => {
  test('shows each with age, place and card, numbers masked, and no birth date', async () => {
    const { body, raw } = await director.get('/persons?limit=1')
    expect(body).toMatchObject({ total: 5, search: null })
    const [row] = body.rows
    expect(row).toMatchObject({
      name: '王秀兰',
      relation: 'head',
      headName: '王秀兰',
      householdNo: '41172200001',
      townshipName: '黄埠镇',
      villageName: '黄埠社区居民委员会',
      sex: 'female',
      age: ageOn('1943-04-05', app.clock.today()),
      idNo: `4117**********${OLD_ID.slice(-4)}`,
      phone: null,
      poorAttribute: 'general_poor',
      health: ['chronic_illness', 'disabled'],
      decreaseReason: null,
      allowedActions: ['edit', 'unmask', 'print'],
    })
    expect((await director.get(`/households/${row.householdId}`)).body.identity.values.householdNo).toBe(
      row.householdNo,
    )
    expect(raw.body).not.toContain('1943')
    const son = (await director.get('/persons')).body.rows[1]
    expect([son.name, son.phone]).toEqual(['王建国', '139****7777'])
  })

  test.each([
    [`area=${HERE.township}`, '王秀兰 王建国 欧阳建国 李小'],
    [`area=${HERE.otherVillage}`, '欧阳建国 李小'],
    ['area=411722000000&category=general_poor', '王秀兰 王建国 李梅李'],
    ['category=general_poor&category=allowance_poor&relation=grandson', '李小'],
    ['relation=son&relation=grandson', '王建国 李小'],
    ['health=chronic_illness', '王秀兰 王建国'],
    ['health=disabled', '王秀兰'],
    ['labourSkill=skilled', '李梅李'],
    ['hasLeft=yes', '王已走'],
    ['hasLeft=any&category=general_poor', '王秀兰 王建国 王已走 李梅李'],
  ])('filtered by %s has %s', async (filter, expected) => {
    const { body } = await director.get(`/persons?${filter}`)
    expect([names(body), body.total]).toEqual([expected, expected.split(' ').length])
  })

  test('refuses filters it does not declare, by name too', async () => {
    for (const query of ['name=王秀兰', 'birthOn=1943-04-05', 'sort=name']) {
      const { status, body } = await director.get(`/persons?${query}`)
      expect([status, body.code], query).toEqual([400, expect.stringMatching(/^unknown_filter|malformed/)])
    }
    expect((await director.get('/persons?name=1')).body.code).toBe('unknown_filter')
  })

  test.each(['village', '-village', 'age', '-age'])(
    'sorted by %s is the same in pages of one as in one',
    async (sort) => {
      const whole = await found(`sort=${sort}`)
      let paged: string[] = []
      let after: string | null = ''
      while (after !== null) {
        const { body } = await director.get(`/persons?sort=${sort}&limit=1${after && `&after=${after}`}`)
        expect(body.total).toBe(5)
        paged = [...paged, names(body)]
        after = body.next
        // What was sorted by stands in the address: neither a birth date nor a name may.
        expect(Buffer.from(after ?? '', 'base64url').toString()).not.toMatch(
          /\d{4}-\d\d-\d\d|\p{Script=Han}/u,
        )
      }
      expect(paged.join(' ')).toBe(whole)
    },
  )

  test('sorted by age begins with the youngest, descending with the oldest', async () => {
    expect((await found('sort=age')).split(' ')[0]).toBe('李小')
    expect((await found('sort=-age')).split(' ')[0]).toBe('王秀兰')
  })

  test('ends at the reach of the post, and is closed to who may not view cards', async () => {
    const { body } = await township.get('/persons')
    expect([names(body), body.total]).toEqual(['王秀兰 王建国 欧阳建国 李小', 4])
    expect(await found(`area=${ELSEWHERE.village}`, township)).toBe('')
    expect((await (await app.as('liaison')).get('/persons')).status).toBe(403)
  })

  test('counts those of the figure', async () => {
    const counted = await app.db.asReader(
      processActor('test'),
      'figures.view',
      householdIndicators.countPersons,
    )
    expect((await director.get('/persons')).body.total).toBe(counted)
  })
})

describe('a search', () => {
  test.each([
    ['one character', '王', '王秀兰 王建国'],
    ['two characters', '建国', '王建国 欧阳建国'],
    ['three characters', '王建国', '王建国'],
    ['pairs that are there, in another order', '梅李梅', ''],
    ['three characters with a repeated pair', '李梅李', '李梅李'],
    ['a whole ID number', OLD_ID, '王秀兰'],
    ['the last four of an ID number', YOUNG_ID.slice(-4).toLowerCase(), '李小'],
    ['the last four of a phone', '7777', '王建国'],
    ['a whole phone number', '13900007777', '王建国'],
    ['the last four of the phone of the household', '1234', '王秀兰 王建国'],
    ['a household number', '41172200002', '欧阳建国 李小'],
  ])('by %s finds persons', async (_by, text, expected) => {
    expect(await searched(text)).toBe(expected)
  })

  test('finds who left when asked for them, and nobody out of reach', async () => {
    expect(await searched('王已走')).toBe('')
    expect(await searched('王已走', director, '&hasLeft=yes')).toBe('王已走')
    expect(await searched('李梅', township)).toBe('')
  })

  test('says what it stands for to the one who made it only', async () => {
    const { body } = await director.post('/households/searches', { text: '建国' })
    const page = (await director.get(`/persons?search=${body.id}&area=${HERE.village}`)).body
    expect([page.search, names(page)]).toEqual([{ text: '建国', kind: 'name' }, '王建国'])
    expect((await township.get(`/persons?search=${body.id}`)).status).toBe(404)
    expect((await township.get(`/persons/export?search=${body.id}`)).status).toBe(404)
  })
})

describe('the export of persons', () => {
  const linesOf = (body: string) =>
    body
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))

  test('has exactly the rows and columns shown, in their order, masked, and is audited', async () => {
    const columns = 'columns=name&columns=age&columns=idNo&columns=health&columns=relation'
    const { raw, status } = await director.get(`/persons/export?format=csv&sort=-age&${columns}`)
    expect([status, raw.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const [header, ...lines] = linesOf(raw.body)
    expect(header).toEqual(['姓名', '年龄', expect.stringContaining('证件号码'), '健康状况', '与户主关系'])
    expect(lines.map(([name]) => name).join(' ')).toBe(await found('sort=-age'))
    const age = String(ageOn('1943-04-05', app.clock.today()))
    expect(lines[0]).toEqual([
      '王秀兰',
      age,
      `4117**********${OLD_ID.slice(-4)}`,
      expect.stringMatching(/^.*慢性病.*、残疾$/),
      '户主',
    ])
    const { rows } = await app.db.pool.query(
      "SELECT after FROM audit_entries WHERE action = 'household.persons_exported' AND after ->> 'sort' = '-age'",
    )
    expect(rows).toEqual([{ after: expect.objectContaining({ format: 'csv', hasLeft: 'no' }) }])
  })

  test('has every column when none is asked for, and follows filters, search and reach', async () => {
    const { body } = await director.post('/households/searches', { text: '建国' })
    const { raw } = await director.get(`/persons/export?format=csv&search=${body.id}`)
    const [header, ...lines] = linesOf(raw.body)
    expect(header).toHaveLength(14)
    expect(lines.map(([name]) => name)).toEqual(['王建国', '欧阳建国'])
    const own = await township.get('/persons/export?format=csv&category=general_poor')
    expect(linesOf(own.raw.body).map(([name]) => name)).toEqual(['姓名', '王秀兰', '王建国'])
  })

  test('as a workbook is one', async () => {
    const { raw } = await township.get('/persons/export')
    expect(raw.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
})
