import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aHousehold, aMember, aNewHousehold, anIdNumber, ELSEWHERE, HERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'

let app: TestApp
let director: Client
let township: Client
let village: Client

beforeAll(async () => {
  app = await startTestApp()
  director = await app.as('director')
  township = await app.as('township')
  village = await app.as('village')
})
afterAll(() => app.close())

describe('a new card', () => {
  test('takes sex, birth date and age from the ID number and counts its members', async () => {
    const idNo = anIdNumber('1961-03-12', 'female')
    const card = await aHousehold(township, {
      members: [aMember({ name: '李秀英', idNo }), aMember({ relation: 'son', name: '王磊' })],
    })
    expect(card.identity.values).toMatchObject({ headName: '李秀英', memberCount: 2, townshipName: '黄埠镇' })
    expect(card.members[0]).toMatchObject({ relation: 'head', sex: 'female', age: 57, birthOn: null })
    expect(card.members[0]?.idNo).toBe(`4117**********${idNo.slice(-4)}`)
  })

  test('a disability card also tells kind and grade', async () => {
    const idNo = `${anIdNumber('1970-05-06')}31`
    const card = await aHousehold(township, { members: [aMember({ idType: 'disability_card', idNo })] })
    expect(card.members[0]).toMatchObject({ disabilityType: 'speech', disabilityGrade: 'one', sex: 'male' })
  })

  test.each([
    ['no head', [aMember({ relation: 'son' })], 'members', 'no_head'],
    ['two heads', [aMember(), aMember()], 'members', 'several_heads'],
    [
      'a son who is a woman',
      [aMember(), aMember({ relation: 'son', idNo: anIdNumber('1991-01-01', 'female') })],
      'members.1.relation',
      'relation_contradicts_sex',
    ],
    [
      'a mistyped ID number',
      [aMember({ idNo: '411722197001019982' })],
      'members.0.idNo',
      'id_number_checksum',
    ],
    [
      'a stated sex the number denies',
      [aMember({ sex: 'female' })],
      'members.0.sex',
      'sex_differs_from_id_number',
    ],
    [
      'healthy and disabled',
      [aMember({ health: ['healthy', 'disabled'] })],
      'members.0.health',
      'healthy_excludes_others',
    ],
    [
      'an unknown relation',
      [aMember(), aMember({ relation: 'cousin' })],
      'members.1.relation',
      'unknown_value',
    ],
    ['no document, but a number', [aMember({ idType: 'none' })], 'members.0.idNo', 'id_number_unexpected'],
    ['a phone of nine digits', [aMember({ phone: '139123456' })], 'members.0.phone', 'phone_invalid'],
  ])('with %s is refused, naming the field', async (_case, members, path, code) => {
    const { status, body } = await township.post('/households', aNewHousehold({ members }))
    expect([status, body.code]).toEqual([422, 'invalid_fields'])
    expect(body.fields).toContainEqual(expect.objectContaining({ path, code }))
  })

  test('with the number of another card is refused', async () => {
    const card = await aHousehold(township)
    const again = aNewHousehold({ identity: { householdNo: card.identity.values.householdNo } })
    expect(await township.post('/households', again)).toMatchObject({
      status: 409,
      body: { code: 'already_exists' },
    })
  })

  test('in a village out of reach is refused', async () => {
    const elsewhere = aNewHousehold({ identity: { villageCode: ELSEWHERE.village } })
    const { status, body } = await township.post('/households', elsewhere)
    expect([status, body.fields]).toEqual([
      422,
      [{ path: 'identity.villageCode', code: 'village_out_of_reach' }],
    ])
  })

  test('with a person of another card is refused, naming that card only within reach', async () => {
    const idNo = anIdNumber('1948-08-08')
    const known = await aHousehold(director, {
      identity: { villageCode: ELSEWHERE.village },
      members: [aMember({ idNo })],
    })
    const second = aNewHousehold({ members: [aMember({ idNo })] })
    const told = await director.post('/households', second)
    const untold = await township.post('/households', second)
    expect(told.body.fields).toEqual([
      {
        path: 'members.0.idNo',
        code: 'id_number_in_other_household',
        params: { householdNo: known.identity.values.householdNo },
      },
    ])
    expect(untold.body.fields).toEqual([
      { path: 'members.0.idNo', code: 'id_number_in_other_household', params: {} },
    ])
  })
})

describe('two people at once', () => {
  test('put one person on one card only', async () => {
    const [father, son] = ['1951-11-11', '1982-12-12'].map((birthOn) =>
      aMember({ idNo: anIdNumber(birthOn) }),
    )
    const byAge = () => aNewHousehold({ members: [{ ...father }, { ...son, relation: 'son' }] })
    const byYouth = () => aNewHousehold({ members: [{ ...son }, { ...father, relation: 'father' }] })
    const posts = [byAge(), byYouth(), byAge(), byYouth(), byAge()]
    const answers = await Promise.all(posts.map((body) => township.post('/households', body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422])
  })

  test('give one number to one household only', async () => {
    const again = aNewHousehold()
    const other = { ...aNewHousehold(), identity: again.identity }
    const answers = await Promise.all([
      township.post('/households', again),
      village.post('/households', other),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

test('the whole card is read with five queries', async () => {
  const card = await aHousehold(township, { livingConditions: { farmlandMu: 1 } })
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await township.get(`/households/${card.id}`)
  const texts = query.mock.calls.map(([first]) => JSON.stringify(first))
  query.mockRestore()
  const ofCard = texts.filter((text) =>
    /FROM \\?"?(households|members|income_years|helpers|measures)/.test(text),
  )
  expect(ofCard).toHaveLength(5)
})

describe('changing a section', () => {
  test('changes the fields given, counts versions and corrections, and says so in the history', async () => {
    const card = await aHousehold(township)
    const { status, body } = await township.put(`/households/${card.id}/identity`, {
      expectedVersion: 1,
      values: { address: '村东头三组', householdPhone: ' 139 1234 5678 ' },
      reason: '入户核实',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ version: 2, correctedFieldCount: 2, status: { version: 1 } })
    expect(body.identity).toMatchObject({
      version: 2,
      values: { address: '村东头三组', householdPhone: '139****5678' },
    })
    const history = await village.get(`/households/${card.id}/history`)
    expect(history.body.total).toBe(2)
    expect(history.body.rows[0]).toMatchObject({
      action: 'changed',
      section: 'identity',
      reason: '入户核实',
      changes: [
        { field: 'household.address', before: null, after: '村东头三组' },
        { field: 'household.householdPhone', before: null, after: '139****5678' },
      ],
    })
    expect(history.body.rows[1]).toMatchObject({ action: 'created' })
  })

  test('to the same values changes nothing and leaves no entry', async () => {
    const card = await aHousehold(township, {
      identity: { address: '村西头', householdPhone: '13912345678' },
    })
    const answer = await township.put(`/households/${card.id}/identity`, {
      expectedVersion: 1,
      values: { address: '村西头', householdPhone: '139****5678' },
    })
    expect(answer.body).toMatchObject({ version: 1, identity: { version: 1 }, correctedFieldCount: 0 })
    expect((await township.get(`/households/${card.id}/history`)).body.total).toBe(1)
  })

  test('that somebody else changed meanwhile shows who, when and what stands there now', async () => {
    const card = await aHousehold(township)
    await village.put(`/households/${card.id}/status`, {
      expectedVersion: 1,
      values: { plannedExitYear: 2019 },
    })
    const { status, body } = await township.put(`/households/${card.id}/status`, {
      expectedVersion: 1,
      values: { mainCause: 'disability' },
    })
    expect([status, body.code]).toEqual([409, 'changed_meanwhile'])
    const villageOfficer = (await village.get('/session')).body.displayName
    expect(body.detail).toMatchObject({
      currentVersion: 2,
      changedBy: villageOfficer,
      current: { plannedExitYear: 2019 },
    })
  })

  test('at once by two people succeeds for exactly one', async () => {
    const card = await aHousehold(township)
    const save = (by: Client, address: string) =>
      by.put(`/households/${card.id}/identity`, { expectedVersion: 1, values: { address } })
    const answers = await Promise.all([save(township, '甲'), save(village, '乙'), save(director, '丙')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  test.each([
    ['status', { povertyStatus: 'exited_with_support' }, 'exitYear', 'exit_year_missing'],
    ['status', { exitYear: 2016 }, 'exitYear', 'exit_year_unexpected'],
    ['status', { otherCauses: ['illness'] }, 'otherCauses', 'causes_repeat'],
    ['status', { isRelocated: true }, 'relocationWay', 'relocation_way_missing'],
    ['status', { mainCause: null }, 'mainCause', 'required'],
    ['identity', { bankAccount: '12345' }, 'bankAccount', 'bank_account_length'],
    [
      'living-conditions',
      { isDangerousHouse: true, dangerLevel: 'a' },
      'dangerLevel',
      'danger_level_differs',
    ],
    ['living-conditions', { farmlandMu: 2, irrigatedMu: 3 }, 'irrigatedMu', 'irrigated_exceeds_farmland'],
    ['income-years/2019', { wageOtherFen: 100 }, 'year', 'too_big'],
  ])('%s to %o is refused', async (section, values, path, code) => {
    const card = await aHousehold(township)
    const isNew = section === 'living-conditions' || section.startsWith('income')
    const { status, body } = await township.put(`/households/${card.id}/${section}`, {
      expectedVersion: isNew ? null : 1,
      values,
    })
    expect([status, body.fields?.map((one: { path: string; code: string }) => [one.path, one.code])]).toEqual(
      [422, [[`values.${path}`, code]]],
    )
  })

  test('moves the card with everything on it to another village', async () => {
    const card = await aHousehold(township, { livingConditions: { farmlandMu: 3.25 } })
    const { body } = await township.put(`/households/${card.id}/identity`, {
      expectedVersion: 1,
      values: { villageCode: HERE.otherVillage },
    })
    expect(body.identity.values.villageName).toBe('新庄村民委员会')
    expect(body.livingConditions.values.farmlandMu).toBe(3.25)
    expect((await village.get(`/households/${card.id}`)).status).toBe(404)
  })
})

describe('income of a year', () => {
  test('is added up and stands beside the poverty line of that year', async () => {
    const card = await aHousehold(township)
    const { status, body } = await township.put(`/households/${card.id}/income-years/2017`, {
      expectedVersion: null,
      values: { wageOtherFen: 600_000, businessFen: 300_000, businessCostFen: 100_001, yearMemberCount: 2 },
    })
    expect(status).toBe(200)
    expect(body.incomeYears).toMatchObject([
      {
        year: 2017,
        netFen: 799_999,
        netPerCapitaFen: 400_000,
        povertyLineFen: 320_800,
        againstLine: 'above',
        version: 1,
      },
    ])
    const below = await township.put(`/households/${card.id}/income-years/2017`, {
      expectedVersion: 1,
      values: { wageOtherFen: 0 },
    })
    expect(below.body.incomeYears).toMatchObject([{ againstLine: 'below', version: 2 }])
  })

  test('entered by two people at once is one year', async () => {
    const card = await aHousehold(township)
    const enter = (by: Client) =>
      by.put(`/households/${card.id}/income-years/2016`, { expectedVersion: null, values: { dibaoFen: 1 } })
    const answers = await Promise.all([enter(township), enter(village)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('masked values', () => {
  test('come in the clear for a reason that the history keeps', async () => {
    const idNo = anIdNumber('1966-06-06')
    const card = await aHousehold(township, {
      identity: { bankAccount: '6228 4800 1234 5678 90', householdPhone: '13912345678' },
      members: [aMember({ idNo, phone: '13700001234' })],
    })
    expect(card.identity.values.bankAccount).toMatch(/^\*+\d{4}$/)
    const { body } = await township.post(`/households/${card.id}/unmask`, {
      fields: ['idNo', 'bankAccount'],
      reason: '核对一卡通',
    })
    expect(body).toEqual({
      bankAccount: '622848001234567890',
      members: [{ id: card.members[0]?.id, idNo, birthOn: '1966-06-06' }],
    })
    const [entry] = (await township.get(`/households/${card.id}/history`)).body.rows
    expect(entry).toMatchObject({ action: 'unmasked', reason: '核对一卡通', changes: [] })
    expect(
      (await village.post(`/households/${card.id}/unmask`, { fields: ['idNo'], reason: '看看' })).status,
    ).toBe(403)
  })

  test('lie in the database sealed', async () => {
    const idNo = anIdNumber('1958-09-09')
    const card = await aHousehold(township, { members: [aMember({ idNo })] })
    const { rows } = await app.db.pool.query(
      'SELECT m::text AS text FROM members m WHERE household_id = $1',
      [card.id],
    )
    expect(rows[0].text).not.toContain(idNo)
  })
})

describe('the village profile', () => {
  test('is entered, changed and kept from stale editors', async () => {
    const path = `/villages/${HERE.village}/profile`
    const first = await village.put(path, { expectedVersion: null, values: { isPoorVillage: true } })
    expect(first.body).toMatchObject({
      version: 1,
      values: { isPoorVillage: true },
      allowedActions: ['edit'],
    })
    expect((await village.put(path, { expectedVersion: null, values: { exitYear: 2016 } })).status).toBe(409)
    expect((await township.get(path)).body.version).toBe(1)
    expect((await village.get(`/villages/${HERE.otherVillage}/profile`)).status).toBe(404)
  })
})
