import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHousehold } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { sealPending } from './seal.ts'

let county: TestApp
let auditor: Client
let director: Client
let household: string

interface Row {
  sequence: number
  action: string
  recordId: string
  blockNumber: number | null
}

beforeAll(async () => {
  county = await startTestApp()
  auditor = await county.as('audit-admin')
  director = await county.as('director')
  household = (await aHousehold(director)).id
  for (const [index, address] of ['东头', '西头', '南头'].entries()) {
    county.clock.moveTo(`2018-04-0${index + 3}T00:30:00+08:00`)
    director = await county.as('director')
    const change = { expectedVersion: index + 1, values: { naturalVillage: address } }
    expect((await director.put(`/households/${household}/identity`, change)).status).toBe(200)
  }
  auditor = await county.as('audit-admin')
})
afterAll(() => county.close())

const list = async (query: string): Promise<Row[]> => {
  const { status, body } = await auditor.get(`/audit?${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.total).toBeGreaterThanOrEqual(body.rows.length)
  return body.rows
}

describe('the audit administrator', () => {
  test('sees who did what when on which record, before and after', async () => {
    const [entry] = await list(`recordId=${household}&limit=1`)
    expect(entry).toMatchObject({
      username: 'director',
      recordType: 'household',
      before: { 'household.naturalVillage': '西头' },
      after: { 'household.naturalVillage': '南头' },
      occurredAt: '2018-04-04T16:30:00.000Z',
    })
  })

  test('finds by day of the county, by name, by action and by record', async () => {
    expect(
      await list(`recordId=${household}&from=2018-04-04&until=2018-04-04`),
      'half past midnight',
    ).toHaveLength(1)
    expect(await list(`recordId=${household}&from=2018-04-03`)).toHaveLength(3)
    expect(await list('username=nobody-here')).toEqual([])
    expect(await list(`recordType=household&username=director&recordId=${household}`)).toHaveLength(4)
    expect((await auditor.get('/audit?colour=red')).body.code).toBe('unknown_filter')
  })

  test('pages through all entries once, newest first', async () => {
    const whole = (await auditor.get('/audit?limit=200')).body
    const seen: number[] = []
    let after = ''
    do {
      const { body } = await auditor.get(`/audit?limit=2${after}`)
      seen.push(...body.rows.map((row: Row) => row.sequence))
      after = body.next === null ? '' : `&after=${body.next}`
    } while (after !== '')
    expect(seen).toEqual(whole.rows.map((row: Row) => row.sequence))
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
    expect(whole.total).toBe(seen.length)
  })

  test('exports what the list shows, and the export is audited', async () => {
    const csv = await auditor.get(`/audit/export?format=csv&recordId=${household}`)
    expect(csv.status).toBe(200)
    expect(csv.raw.headers['content-disposition']).toContain('audit.csv')
    const lines = csv.raw.body.trimEnd().split('\r\n')
    expect(lines[0]).toContain('序号,时间,姓名')
    expect(lines).toHaveLength(1 + (await list(`recordId=${household}`)).length)
    const xlsx = await auditor.get('/audit/export')
    expect(xlsx.raw.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const [entry] = await list('action=audit.exported')
    expect(entry).toMatchObject({ username: 'audit-admin', after: { format: 'xlsx' } })
  })

  test('sees how far it is sealed', async () => {
    const before = (await auditor.get('/audit/seal')).body
    expect(before.unsealedEntries).toBeGreaterThan(0)
    while ((await auditor.get('/audit/seal')).body.unsealedEntries > 0)
      await sealPending(county.db, county.clock)
    const after = (await auditor.get('/audit/seal')).body
    expect(after).toMatchObject({ sealedEntries: before.sealedEntries + before.unsealedEntries })
    expect(after.lastHash).toMatch(/^[\da-f]{64}$/)
    expect((await list(`recordId=${household}`))[0]?.blockNumber).toBe(after.blocks)
  })
})

test('what an official does is audited once, with the request id of the answer', async () => {
  const { id } = await aHousehold(director)
  const change = { expectedVersion: 1, values: { naturalVillage: '北头' } }
  const answer = await director.put(`/households/${id}/identity`, change)
  const { rows } = await county.db.pool.query('SELECT action FROM audit_entries WHERE request_id = $1', [
    answer.raw.headers['x-request-id'],
  ])
  expect(rows).toEqual([{ action: 'household.identity_changed' }])
})
