import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person, PersonDetail } from '@tiejun/contract/organisation/persons.ts'
import type { OrganisationChart, UnitDetail, UnitSummary } from '@tiejun/contract/organisation/units.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'

const TODAY = '2018-04-02'
const NOWHERE = '01900000-0000-7000-8000-000000000000'

let app: TestApp
let director: Client
let units: UnitSummary[]
beforeAll(async () => {
  app = await startTestApp()
  director = await app.as('director')
  const chart: OrganisationChart = (await director.get('/organisation/chart')).body
  units = chart.units
})
afterAll(() => app.close())

const unitOf = (code: string) => units.find((unit) => unit.code === code)!
const detailOf = async (code: string): Promise<UnitDetail> =>
  (await director.get(`/organisation/units/${unitOf(code).id}`)).body
const postOf = async (unit: string, kind: string) =>
  (await detailOf(unit)).posts.find((post) => post.postKind === kind)!
const auditOf = async (recordId: string): Promise<string[]> => {
  const { rows } = await app.db.pool.query(
    'SELECT action FROM audit_entries WHERE record_id = $1 ORDER BY sequence',
    [recordId],
  )
  return rows.map((row) => row.action)
}

let drawn = 0
async function aPerson(homeUnit = 'D15', person: object = {}): Promise<Person> {
  drawn += 1
  const body = { name: `新人${drawn}`, homeUnitId: unitOf(homeUnit).id, ...person }
  const answer = await director.post('/organisation/persons', body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.person
}
const give = (client: Client, person: Person, postId: string, heldFrom = TODAY) =>
  client.post(`/organisation/persons/${person.id}/posts`, { postId, heldFrom, basis: '抽调令1号' })

test('the chart shows the leading group, the office and its six groups with their heads', () => {
  expect(units.filter((unit) => unit.kind === 'working_group')).toHaveLength(6)
  expect(units.filter((unit) => unit.kind === 'department')).toHaveLength(52)
  expect(units.filter((unit) => unit.kind === 'township')).toHaveLength(26)
  expect(units.filter((unit) => unit.kind === 'village')).toHaveLength(0)
  for (const unit of units.filter((one) => one.kind === 'working_group')) {
    expect(unit.parentId).toBe(unitOf('office').id)
    expect(unit.leads, unit.name).toHaveLength(1)
    expect(unit.holders).toBeGreaterThanOrEqual(10)
  }
  expect(unitOf('leading_group').leads[0]?.postTitle).toBe('领导小组组长')
})

test('a unit tells who holds which post since when, and who did before', async () => {
  const detail = await detailOf('infrastructure_group')
  const head = detail.posts.find((post) => post.postKind === 'infrastructure_group_head')
  expect(head?.holders[0]?.heldFrom).toMatch(/^2016-05-/)
  expect(head?.allowedActions).toEqual([])
  expect(detail.past.map((holding) => holding.endReason)).toContain('调整到产业发展组')
})

test('a person is added, given a post, moved to another group and relieved, each step once in the audit', async () => {
  const person = await aPerson()
  const industry = await postOf('industry_group', 'industry_group_officer')
  const publicity = await postOf('publicity_group', 'publicity_group_officer')

  const given: PersonDetail = (await give(director, person, industry.id, '2017-01-03')).body
  expect(given.holdings).toMatchObject([
    { postTitle: '产业发展组干事', heldFrom: '2017-01-03', heldUntil: null, allowedActions: ['end', 'move'] },
  ])
  const held = given.holdings[0]!

  const move = { postId: publicity.id, on: '2018-03-01', basis: '人员调整通知' }
  const moved: PersonDetail = (await director.post(`/organisation/holdings/${held.id}/move`, move)).body
  expect(moved.holdings).toMatchObject([
    { postTitle: '文秘宣传组干事', heldFrom: '2018-03-01', heldUntil: null, basis: '人员调整通知' },
    { postTitle: '产业发展组干事', heldFrom: '2017-01-03', heldUntil: '2018-03-01', allowedActions: [] },
  ])

  const present = moved.holdings[0]!
  const end = { on: TODAY, reason: '回原单位' }
  const ended: PersonDetail = (await director.post(`/organisation/holdings/${present.id}/end`, end)).body
  expect(ended.person.posts).toEqual([])
  expect(ended.holdings[0]).toMatchObject({ heldUntil: TODAY, endReason: '回原单位' })
  expect(await auditOf(person.id)).toEqual(['person.added', 'post.given', 'post.moved', 'post.ended'])
})

test('an ended holding is not ended or moved again', async () => {
  const person = await aPerson()
  const post = await postOf('industry_group', 'industry_group_officer')
  const { holdings } = (await give(director, person, post.id)).body
  const path = `/organisation/holdings/${holdings[0].id}`
  await director.post(`${path}/end`, { on: TODAY, reason: '回原单位' })
  const again = await director.post(`${path}/end`, { on: TODAY, reason: '回原单位' })
  expect([again.status, again.body.detail.reason]).toEqual([409, 'ended'])
  const moved = await director.post(`${path}/move`, { postId: post.id, on: TODAY, basis: '通知' })
  expect(moved.status).toBe(409)
})

test('what is ended today stops allowing at once', async () => {
  const coordinator = await app.as('liaison')
  const { body } = await coordinator.get('/session')
  expect(body.actions).toContain('organisation.view')
  const { rows } = await app.db.pool.query(`SELECT person_id FROM accounts WHERE username = 'liaison'`)
  const detail: PersonDetail = (await director.get(`/organisation/persons/${rows[0].person_id}`)).body
  await director.post(`/organisation/holdings/${detail.holdings[0]!.id}/end`, { on: TODAY, reason: '换人' })
  expect((await coordinator.get('/organisation/chart')).status).toBe(403)
})

test('a full post, a post held twice and a person who has left are refused', async () => {
  const head = await postOf('industry_group', 'industry_group_head')
  const officer = await postOf('industry_group', 'industry_group_officer')
  const person = await aPerson()
  const full = await give(director, person, head.id)
  expect([full.status, full.body.code, full.body.detail.reason]).toEqual([
    409,
    'action_not_allowed',
    'post_full',
  ])
  await give(director, person, officer.id)
  const twice = await give(director, person, officer.id)
  expect([twice.status, twice.body.code]).toEqual([409, 'already_exists'])

  const gone = await aPerson()
  const leave = { name: gone.name, homeUnitId: gone.homeUnitId, leftOn: TODAY, version: gone.version }
  expect((await director.put(`/organisation/persons/${gone.id}`, leave)).status).toBe(200)
  const late = await give(director, gone, officer.id)
  expect([late.status, late.body.detail.reason]).toEqual([409, 'person_has_left'])
})

test('a post begins today or before, and ends after it began', async () => {
  const person = await aPerson()
  const post = await postOf('industry_group', 'industry_group_officer')
  const tomorrow = await give(director, person, post.id, '2018-04-03')
  expect([tomorrow.status, tomorrow.body.fields]).toMatchObject([
    422,
    [{ path: 'heldFrom', code: 'date_in_future' }],
  ])
  const { holdings } = (await give(director, person, post.id)).body
  const early = await director.post(`/organisation/holdings/${holdings[0].id}/end`, {
    on: '2018-04-01',
    reason: '录错',
  })
  expect([early.status, early.body.fields]).toMatchObject([422, [{ path: 'on', code: 'before_first_day' }]])
})

test('two clerks give the same single post at once: one wins, the other is told it is full', async () => {
  const secretary = await postOf('411722101000', 'township_party_secretary')
  const held = secretary.holders[0]!
  await director.post(`/organisation/holdings/${held.id}/end`, { on: TODAY, reason: '调离' })
  const [one, other] = [await aPerson(), await aPerson()]
  const coordinator = await app.as('coordinator')
  const answers = await Promise.all([
    give(director, one, secretary.id),
    give(coordinator, other, secretary.id),
  ])
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
  expect((await postOf('411722101000', 'township_party_secretary')).holders).toHaveLength(1)
})

test('two clerks move the same person at once: one wins, and only one new post is held', async () => {
  const person = await aPerson()
  const from = await postOf('industry_group', 'industry_group_officer')
  const targets = await Promise.all([
    postOf('publicity_group', 'publicity_group_officer'),
    postOf('appraisal_group', 'appraisal_group_officer'),
  ])
  const { holdings } = (await give(director, person, from.id)).body
  const answers = await Promise.all(
    targets.map((to) =>
      director.post(`/organisation/holdings/${holdings[0].id}/move`, {
        postId: to.id,
        on: TODAY,
        basis: '通知',
      }),
    ),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  const detail: PersonDetail = (await director.get(`/organisation/persons/${person.id}`)).body
  expect(detail.person.posts).toHaveLength(1)
})

test('a person is changed against the version that was seen', async () => {
  const person = await aPerson('D15', { phone: '17000009999', staffTitle: '科员' })
  const wanted = { name: person.name, homeUnitId: person.homeUnitId, staffTitle: '股长', version: 1 }
  const path = `/organisation/persons/${person.id}`
  const changed = await director.put(path, { ...wanted, phone: '17000008888' })
  expect(changed.body.person).toMatchObject({ staffTitle: '股长', version: 2, phone: '17000008888' })
  const stale = await director.put(path, wanted)
  expect([stale.status, stale.body.code]).toEqual([409, 'changed_meanwhile'])
  const { rows } = await app.db.pool.query(
    `SELECT before, after FROM audit_entries WHERE record_id = $1 AND action = 'person.changed'`,
    [person.id],
  )
  expect(rows).toEqual([
    {
      before: { phone: '170****9999', staff_title: '科员' },
      after: { phone: '170****8888', staff_title: '股长' },
    },
  ])
})

test('who still holds a post cannot leave', async () => {
  const person = await aPerson()
  await give(director, person, (await postOf('industry_group', 'industry_group_officer')).id)
  const leave = { name: person.name, homeUnitId: person.homeUnitId, leftOn: TODAY, version: 1 }
  const answer = await director.put(`/organisation/persons/${person.id}`, leave)
  expect([answer.status, answer.body.fields]).toMatchObject([422, [{ path: 'leftOn', code: 'holds_posts' }]])
})

test('the list is filtered by home unit, unit, post and name, counted exactly, and read page by page', async () => {
  const reader = await app.as('leader')
  const ofGroup = await reader.get(`/organisation/persons?unit=${unitOf('supervision_group').id}`)
  expect(ofGroup.body.total).toBe(10)
  const heads = await reader.get(
    '/organisation/persons?postKind=supervision_group_head&postKind=industry_group_head',
  )
  expect(heads.body.total).toBe(2)
  const { name, homeUnitId } = heads.body.rows[0]
  const named = await reader.get(`/organisation/persons?name=${encodeURIComponent(name.slice(0, 2))}`)
  expect(named.body.rows.map((row: Person) => row.name)).toContain(name)
  const home = await reader.get(`/organisation/persons?homeUnit=${homeUnitId}`)
  expect(home.body.rows.every((row: Person) => row.homeUnitId === homeUnitId)).toBe(true)
  expect((await reader.get('/organisation/persons?name=%25')).body.total).toBe(0)

  for (const sort of ['name', '-heldFrom', 'homeUnit', '-homeUnit']) {
    const all: Person[] = (await reader.get(`/organisation/persons?limit=200&sort=${sort}`)).body.rows
    const pages: Person[] = []
    let next: string | null = ''
    while (next !== null) {
      const after: string = next ? `&after=${next}` : ''
      const page = await reader.get(`/organisation/persons?limit=60&sort=${sort}${after}`)
      pages.push(...page.body.rows)
      next = page.body.next
    }
    expect(
      pages.map((row) => row.id),
      sort,
    ).toEqual(all.map((row) => row.id))
  }
})

test('telephone numbers are masked for who may not edit the person', async () => {
  const path = `/organisation/persons?unit=${unitOf('supervision_group').id}`
  const masked = await (await app.as('leader')).get(path)
  expect(masked.body.rows[0].phone).toMatch(/^170\*{4}\d{4}$/)
  expect((await director.get(path)).body.rows[0].phone).toMatch(/^1700000\d{4}$/)
})

test('the export has the rows of the list and cannot start a formula', async () => {
  await aPerson('D52', { name: '=1+1', staffTitle: '@职务' })
  const query = `homeUnit=${unitOf('D52').id}`
  const { total } = (await director.get(`/organisation/persons?${query}`)).body
  const csv = await director.get(`/organisation/persons/export?${query}&format=csv`)
  expect(csv.raw.headers['content-disposition']).toContain('.csv')
  const lines = String(csv.body).replace(/\r\n$/, '').split('\r\n')
  expect(lines[0]).toBe('\uFEFF姓名,性别,所在单位,职务,岗位,任职起,电话')
  expect(lines).toHaveLength(1 + total)
  expect(csv.body).toContain("'=1+1")
  const xlsx = await director.get('/organisation/persons/export')
  expect(xlsx.raw.rawPayload.subarray(0, 2).toString()).toBe('PK')
  const masked = await (await app.as('leader')).get(`/organisation/persons/export?${query}&format=csv`)
  expect(masked.body).toContain('170****')
})

test('the choices name every unit once, villages with their township, and the kinds of posts', async () => {
  const { body } = await director.get('/organisation/choices')
  expect(body.units).toHaveLength(1 + 1 + 6 + 52 + 26 + 460)
  const same = body.units.filter((unit: { name: string }) => unit.name === '陈庄村民委员会')
  expect(new Set(same.map((unit: { parentName: string }) => unit.parentName)).size).toBe(2)
  const helper = body.postKinds.find((kind: { code: string }) => kind.code === 'household_helper')
  expect(helper.unitKinds).toEqual(['department', 'township', 'village', 'working_group'])
})

test('a township that may edit and assign does so for its own units and people only', async () => {
  await app.db.pool.query(`INSERT INTO post_kind_actions (post_kind, action)
    VALUES ('township_poverty_officer', 'organisation.edit'), ('township_poverty_officer', 'organisation.assign')`)
  const township = await app.as('township')
  const own = unitOf('411722101000')
  const mine = await township.post('/organisation/persons', { name: '本镇人', homeUnitId: own.id })
  expect(mine.status).toBe(201)
  const foreign = await township.post('/organisation/persons', {
    name: '外单位',
    homeUnitId: unitOf('D15').id,
  })
  expect([foreign.status, foreign.body.fields]).toMatchObject([
    422,
    [{ path: 'homeUnitId', code: 'unit_out_of_reach' }],
  ])

  const helper = await postOf('411722101000', 'household_helper')
  expect((await give(township, mine.body.person, helper.id)).status).toBe(201)
  const officer = await postOf('industry_group', 'industry_group_officer')
  expect((await give(township, mine.body.person, officer.id)).status).toBe(404)

  const other = await aPerson('D15')
  const change = { name: '改名', homeUnitId: other.homeUnitId, version: 1 }
  expect((await township.put(`/organisation/persons/${other.id}`, change)).status).toBe(404)
  const { holdings } = (await give(director, other, officer.id)).body
  const path = `/organisation/holdings/${holdings[0].id}`
  expect((await township.post(`${path}/end`, { on: TODAY, reason: '越权' })).status).toBe(404)
  expect((await township.post(`${path}/move`, { postId: helper.id, on: TODAY, basis: '越权' })).status).toBe(
    404,
  )
  const seen: PersonDetail = (await township.get(`/organisation/persons/${other.id}`)).body
  expect(seen.person.allowedActions).toEqual(['give_post'])
  expect(seen.holdings[0]?.allowedActions).toEqual([])
})

const EVERY: [string, 'GET' | 'POST' | 'PUT', string, object?][] = [
  ['chart', 'GET', '/organisation/chart'],
  ['choices', 'GET', '/organisation/choices'],
  ['unit', 'GET', `/organisation/units/${NOWHERE}`],
  ['persons', 'GET', '/organisation/persons'],
  ['export', 'GET', '/organisation/persons/export'],
  ['person', 'GET', `/organisation/persons/${NOWHERE}`],
  ['add', 'POST', '/organisation/persons', { name: '某人', homeUnitId: NOWHERE }],
  ['change', 'PUT', `/organisation/persons/${NOWHERE}`, { name: '某人', homeUnitId: NOWHERE, version: 1 }],
  [
    'give',
    'POST',
    `/organisation/persons/${NOWHERE}/posts`,
    { postId: NOWHERE, heldFrom: TODAY, basis: '通知' },
  ],
  ['end', 'POST', `/organisation/holdings/${NOWHERE}/end`, { on: TODAY, reason: '免去' }],
  ['move', 'POST', `/organisation/holdings/${NOWHERE}/move`, { postId: NOWHERE, on: TODAY, basis: '通知' }],
]

for (const [name, method, path, body] of EVERY) {
  test(`${name}: refused to nobody signed in, to a wrong post, to administrators`, async () => {
    expect((await app.nobody.request(method, path, body)).status).toBe(401)
    const helper = await app.as('helper')
    expect((await helper.request(method, path, body)).status).toBe(403)
    const administrator = await app.as('system-admin')
    expect((await administrator.request(method, path, body)).status).toBe(403)
  })
  if (!path.includes(NOWHERE)) continue
  test(`${name}: what does not exist is not found, a malformed id is refused`, async () => {
    expect((await director.request(method, path, body)).status).toBe(404)
    const malformed = await director.request(method, path.replace(NOWHERE, 'x'), body)
    expect(malformed.status).toBe(400)
  })
}

for (const [what, path, body, field] of [
  ['a name of one character', '/organisation/persons', { name: '某', homeUnitId: NOWHERE }, 'name'],
  [
    'a telephone number of nine digits',
    '/organisation/persons',
    { name: '某人', homeUnitId: NOWHERE, phone: '123456789' },
    'phone',
  ],
  [
    'a field nobody knows',
    '/organisation/persons',
    { name: '某人', homeUnitId: NOWHERE, administrator: 'system' },
    '',
  ],
  [
    'a day that does not exist',
    `/organisation/holdings/${NOWHERE}/end`,
    { on: '2018-02-30', reason: '免去' },
    'on',
  ],
  ['no basis', `/organisation/persons/${NOWHERE}/posts`, { postId: NOWHERE, heldFrom: TODAY }, 'basis'],
] as const) {
  test(`${what} is refused, naming the field`, async () => {
    const answer = await director.post(path, body)
    expect([answer.status, answer.body.fields.map((one: { path: string }) => one.path)]).toEqual([
      400,
      [field],
    ])
  })
}

test('an unknown filter is refused', async () => {
  const answer = await director.get('/organisation/persons?idNumber=1')
  expect([answer.status, answer.body.code]).toEqual([400, 'unknown_filter'])
})
