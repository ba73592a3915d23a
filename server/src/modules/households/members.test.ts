import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHousehold, aMember, anIdNumber, HERE } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'

let app: TestApp
let township: Client
let village: Client

beforeAll(async () => {
  app = await startTestApp()
  township = await app.as('township')
  village = await app.as('village')
})
afterAll(() => app.close())

describe('members', () => {
  test('join and leave; who left stays on the card and is not counted', async () => {
    const card = await aHousehold(township)
    const added = await township.post(`/households/${card.id}/members`, {
      values: aMember({ relation: 'son', name: '张小' }),
    })
    expect(added.status).toBe(201)
    const son = added.body.members[1]
    const left = await township.post(`/households/${card.id}/members/${son.id}/leave`, {
      expectedVersion: 1,
      decreaseReason: 'registration_out',
    })
    expect(left.body.identity.values.memberCount).toBe(1)
    expect(left.body.members[1]).toMatchObject({ hasLeft: true, decreaseReason: 'registration_out' })
    expect(left.body.correctedFieldCount).toBe(0)
  })

  test('two heads added at once: one is refused with the reason', async () => {
    const card = await aHousehold(township, { members: [aMember(), aMember({ relation: 'son' })] })
    const [head] = card.members
    await township.post(`/households/${card.id}/members/${head?.id}/leave`, {
      expectedVersion: 1,
      decreaseReason: 'death',
    })
    const add = (by: Client) =>
      by.post(`/households/${card.id}/members`, { values: aMember({ relation: 'head' }) })
    const answers = await Promise.all([add(township), add(village)])
    expect(answers.map(({ status }) => status)).toContain(422)
    expect(answers.filter(({ status }) => status === 500)).toEqual([])
  })

  test('the head only leaves after another became head', async () => {
    const card = await aHousehold(township, {
      members: [
        aMember({ name: '张老' }),
        aMember({ name: '张大', relation: 'son', idNo: anIdNumber('1985-02-03') }),
      ],
    })
    const [head, son] = card.members
    const leave = (expectedVersion: number) =>
      township.post(`/households/${card.id}/members/${head?.id}/leave`, {
        expectedVersion,
        decreaseReason: 'death',
      })
    expect((await leave(1)).body.fields).toEqual([{ path: 'values.relation', code: 'no_head' }])
    const changed = await township.put(`/households/${card.id}/head`, {
      expectedVersion: 1,
      relations: [
        { memberId: head?.id, relation: 'father' },
        { memberId: son?.id, relation: 'head' },
      ],
    })
    expect(changed.body.identity.values.headName).toBe('张大')
    expect((await leave(2)).status).toBe(200)
    const { rows } = (await township.get(`/households/${card.id}/history`)).body
    expect(rows[1].changes).toContainEqual({
      field: 'member.relation',
      rowLabel: '张大',
      before: 'son',
      after: 'head',
    })
  })

  test('a corrected ID number settles sex and birth date anew, and the history has it masked', async () => {
    const card = await aHousehold(township)
    const idNo = anIdNumber('1977-07-07', 'female')
    const { body } = await township.put(`/households/${card.id}/members/${card.members[0]?.id}`, {
      expectedVersion: 1,
      values: { idNo: idNo.replace('X', 'x') },
    })
    expect(body.members[0]).toMatchObject({ sex: 'female', age: 40, version: 2 })
    const text = JSON.stringify((await township.get(`/households/${card.id}/history`)).body)
    expect(text).toContain(`4117**********${idNo.slice(-4)}`)
    expect(text).not.toContain(idNo)
    expect(text).not.toContain('1977')
  })
})

describe('helpers and measures', () => {
  test('are added, changed and ended', async () => {
    const card = await aHousehold(township)
    const added = await township.post(`/households/${card.id}/helpers`, {
      values: { helperName: '刘伟', startedOn: '2016-05-01', phone: '13800001111' },
    })
    const [helper] = added.body.helpers
    expect(helper).toMatchObject({ isCurrent: true, phone: '13800001111' })
    const wrong = await township.post(`/households/${card.id}/helpers/${helper.id}/end`, {
      expectedVersion: 1,
      endedOn: '2016-04-01',
    })
    expect(wrong.body.fields).toMatchObject([{ code: 'ended_before_started' }])
    const ended = await township.post(`/households/${card.id}/helpers/${helper.id}/end`, {
      expectedVersion: 1,
      endedOn: '2018-03-31',
    })
    expect(ended.body.helpers[0]).toMatchObject({ isCurrent: false, endedOn: '2018-03-31' })

    const measure = await township.post(`/households/${card.id}/measures`, {
      values: { category: 'industry', content: '发放母羊两只', costFen: 120_000, providedOn: '2017-06-01' },
    })
    expect(measure.status).toBe(201)
    const [given] = measure.body.measures
    const changed = await township.put(`/households/${card.id}/measures/${given.id}`, {
      expectedVersion: given.version,
      values: { effect: '产羔三只' },
    })
    expect(changed.body.measures[0]).toMatchObject({ effect: '产羔三只', version: 2 })
  })

  test('a helper linked to a person lets that person see the card', async () => {
    const helper = await app.as('helper')
    const card = await aHousehold(township, { identity: { villageCode: HERE.otherVillage } })
    expect((await helper.get(`/households/${card.id}`)).status).toBe(404)
    const personId = (await app.db.pool.query("SELECT person_id FROM accounts WHERE username = 'helper'"))
      .rows[0].person_id
    await township.post(`/households/${card.id}/helpers`, { values: { helperName: '帮扶人', personId } })
    expect((await helper.get(`/households/${card.id}`)).body.allowedActions).toEqual(['print'])
    expect((await helper.get('/households')).body.rows.map((row: { id: string }) => row.id)).toEqual([
      card.id,
    ])
  })
})
