import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ERROR_STATUS } from '@tiejun/contract/platform/errors.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemoWorkbook } from '../modules/households/index.ts'
import { exampleOf } from '../platform/http/examples.ts'
import { countyPack } from '../platform/packs/index.ts'
import { makeAccount, TEST_PASSWORD } from './accounts.ts'
import { aHousehold, aMember, ELSEWHERE } from './builders.ts'
import { ENDPOINT_CASES, type EndpointCase, type Records } from './endpoint-cases.ts'
import { type DeclaredEndpoint, listDeclaredEndpoints } from './endpoints.ts'
import { type Answer, type Client, startTestApp, type TestApp } from './test-app.ts'

// Every request of the contract is asked by nobody, by the wrong people, out of reach and malformed.

const DECLARED = await listDeclaredEndpoints()
/** Routes that are no request of the contract: the description of the others, and those who watch. */
const OUTSIDE_CONTRACT = ['GET /api/openapi.json', 'GET /healthz', 'GET /readyz']

let county: TestApp
let records: Records
let township: Client
const clients = new Map<string, Client>()

const NO_RECORD = '019a0000-0000-7000-8000-000000000000'

async function uploadWorkbook(by: Client): Promise<string> {
  // Without it "is served" names what is missing, and nothing else fails for that reason.
  if (!county.app.registered.includes('POST /api/household-imports')) return NO_RECORD
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-ask-'))
  const file = join(folder, 'cards.xlsx')
  const choices = {
    layout: 'flat',
    households: 3,
    seed: 7,
    errorPercent: 0,
    today: '2018-03-31',
    years: [2017],
  } as const
  await writeDemoWorkbook(countyPack(), { ...choices, years: [2017] }, file)
  const form = new FormData()
  form.append('file', new Blob([await readFile(file)]), 'cards.xlsx')
  await rm(folder, { recursive: true })
  const multipart = new Response(form)
  const answer = await by.upload('/household-imports', {
    type: multipart.headers.get('content-type') ?? '',
    bytes: Buffer.from(await multipart.arrayBuffer()),
  })
  expect(answer.status, answer.raw.body).toBe(201)
  return answer.body.id
}

async function makeRecords(director: Client): Promise<Records> {
  const identity = { villageCode: ELSEWHERE.village, householdNo: '41172299999' }
  const card = await aHousehold(director, { identity, members: [aMember({ name: '欧阳远' })] })
  const add = (what: string, values: object) => director.post(`/households/${card.id}/${what}`, { values })
  await add('helpers', { helperName: '李援助' })
  await add('measures', { category: 'industry' })
  const whole = (await director.get(`/households/${card.id}`)).body
  const persons = (await director.get('/organisation/persons?postKind=industry_group_officer&limit=1')).body
    .rows
  const person = (await director.get(`/organisation/persons/${persons[0].id}`)).body
  const account = await makeAccount(county, { username: 'asked-about' })
  return {
    household: card.id,
    householdNo: identity.householdNo,
    member: whole.members[0].id,
    helper: whole.helpers[0].id,
    measure: whole.measures[0].id,
    village: ELSEWHERE.village,
    account,
    unit: person.person.homeUnitId,
    person: person.person.id,
    holding: person.holdings[0].id,
    post: person.holdings[0].postId,
    import: await uploadWorkbook(director),
  }
}

beforeAll(async () => {
  county = await startTestApp()
  await county.db.pool.query(`INSERT INTO post_kind_actions (post_kind, action)
    VALUES ('township_poverty_officer', 'organisation.edit'), ('township_poverty_officer', 'organisation.assign')`)
  for (const name of ['director', 'township', 'system-admin', 'security-admin', 'audit-admin']) {
    clients.set(name, await county.as(name))
  }
  await makeAccount(county, { username: 'without-post' })
  clients.set('without-post', await county.signIn('without-post', TEST_PASSWORD))
  township = clients.get('township')!
  records = await makeRecords(clients.get('director')!)
})
afterAll(() => county.close())

const caseOf = (key: string): EndpointCase => {
  const found = ENDPOINT_CASES[key]
  if (!found) throw new Error(`${key} has no line in server/src/testing/endpoint-cases.ts: add one`)
  return found
}

const fill = (path: string, params: Record<string, string>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? `no-value-for-${name}`)

function bodyOf({ key, definition }: DeclaredEndpoint): unknown {
  const { body } = definition
  if (body === undefined || body === 'file') return undefined
  return caseOf(key).body?.(records) ?? exampleOf(body, 'input')
}

function ask(declared: DeclaredEndpoint, by: Client, params?: Record<string, string>): Promise<Answer> {
  const { definition, key } = declared
  const { params: given, query = '' } = caseOf(key)
  const path = fill(definition.path, params ?? given?.(records) ?? {})
  return by.request(definition.method, path + query, bodyOf(declared))
}

/** Who must be refused: an account without posts, and the administrators the request is not for. */
function wrongPeople({ administrator }: DeclaredEndpoint['definition']): string[] {
  const administrators = ['system', 'security', 'audit'].filter((one) => one !== administrator)
  return [...administrators.map((one) => `${one}-admin`), administrator ? 'director' : 'without-post']
}

/** A test of what not every request has. */
function testWhen(applies: boolean, name: string, run: () => Promise<void>): void {
  if (applies) test(name, run)
}

describe('the list of requests', () => {
  test('names every route the server has', () => {
    const declared = DECLARED.map(({ definition }) => `${definition.method} /api${definition.path}`)
    const strangers = county.app.registered.filter(
      (route) => !route.startsWith('HEAD ') && !declared.includes(route) && !OUTSIDE_CONTRACT.includes(route),
    )
    expect(strangers).toEqual([])
  })

  test('has a line for every request of the contract, and none for others', () => {
    expect(Object.keys(ENDPOINT_CASES).toSorted()).toEqual(DECLARED.map(({ key }) => key).toSorted())
  })
})

describe.each(DECLARED)('$key', (declared) => {
  const { key, definition } = declared

  test('is served', () => {
    expect(county.app.registered).toContain(`${definition.method} /api${definition.path}`)
  })

  testWhen(!definition.isPublic, 'refuses nobody', async () => {
    expect(await ask(declared, county.nobody)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } })
  })

  testWhen(
    definition.action !== undefined || definition.administrator !== undefined,
    'refuses the wrong people',
    async () => {
      for (const name of wrongPeople(definition)) {
        const answer = await ask(declared, clients.get(name)!)
        expect(answer, name).toMatchObject({ status: 403, body: { code: 'forbidden' } })
      }
    },
  )

  testWhen(definition.action !== undefined, 'keeps to the reach', async () => {
    const { outside } = caseOf(key)
    if (outside === undefined)
      throw new Error(`${key}: say in endpoint-cases.ts what somebody out of reach gets`)
    const answer = await ask(declared, township)
    if (typeof outside === 'number') {
      expect(answer.status, answer.raw.body).toBe(outside)
      expect(ERROR_STATUS).toHaveProperty(answer.body.code)
    } else if ('hides' in outside) {
      expect(answer.status, answer.raw.body).toBe(200)
      expect(answer.raw.body).not.toContain(records[outside.hides])
      const shown = await ask(declared, clients.get('director')!)
      expect(shown.raw.body, 'the director sees it').toContain(records[outside.hides])
    } else {
      expect(outside.open).not.toBe('')
      expect([401, 403, 404], answer.raw.body).not.toContain(answer.status)
    }
  })

  testWhen(definition.params !== undefined, 'refuses malformed or unknown parameters', async () => {
    const names = [...definition.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    const asker = rightPerson(definition)
    for (const name of names) {
      const params = { ...caseOf(key).params?.(records), [name]: 'no such thing' }
      expect([400, 404], name).toContain((await ask(declared, asker, params)).status)
    }
  })

  testWhen(definition.query !== undefined, 'refuses unknown filters', async () => {
    const path = fill(definition.path, caseOf(key).params?.(records) ?? {})
    const answer = await rightPerson(definition).request(definition.method, `${path}?colour=red`)
    expect(answer.body).toMatchObject({ code: 'unknown_filter', detail: { names: ['colour'] } })
  })

  testWhen(definition.body !== undefined, 'refuses a malformed body', async () => {
    const path = fill(definition.path, caseOf(key).params?.(records) ?? {})
    for (const body of ['not an object', [1, 2]]) {
      const answer = await rightPerson(definition).request(definition.method, path, body)
      expect([400, 415, 422], answer.raw.body).toContain(answer.status)
    }
  })
})

/** Somebody whom the request is for. */
function rightPerson({ administrator }: DeclaredEndpoint['definition']): Client {
  return clients.get(administrator ? `${administrator}-admin` : 'director')!
}
