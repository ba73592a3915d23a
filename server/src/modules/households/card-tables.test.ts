import { ENTITY_TABLES, listColumnFields } from '@tiejun/contract/households/fields.ts'
import { incomeTotals, incomeYearTyped } from '@tiejun/contract/households/income-year.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { aHousehold, aMember } from '../../testing/builders.ts'
import { type Client, startTestApp, type TestApp } from '../../testing/test-app.ts'
import { incomeColumnsOf } from './income-columns.ts'

let app: TestApp
let township: Client

beforeAll(async () => {
  app = await startTestApp()
  township = await app.as('township')
})
afterAll(() => app.close())

const SEALED: Record<string, string> = { id_no: 'id_no_sealed', bank_account: 'bank_account_sealed' }

test.each(Object.entries(ENTITY_TABLES))('every field of %s has its column in %s', async (entity, table) => {
  const { rows } = await app.db.pool.query(
    'SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_generated = $2',
    [table, 'NEVER'],
  )
  const columns = new Set(rows.map((row) => row.column_name))
  for (const { column } of listColumnFields(entity as keyof typeof ENTITY_TABLES)) {
    expect(columns, `${table}.${column}`).toContain(SEALED[column] ?? column)
  }
})

test('the database adds up income as the contract does, also where parts are missing', async () => {
  const card = await aHousehold(township)
  const names = Object.keys(incomeYearTyped).filter((name) => name.endsWith('Fen'))
  for (const [place, yearMemberCount] of [1, 3, 7, null].entries()) {
    // Every other part is missing, another half each year; costs are large, so that one year is below zero.
    const parts = Object.fromEntries(
      names.map((name, at) => [name, (at + place) % 2 === 0 ? null : (at + 1) * 10_003 * (place + 1)]),
    )
    const year = 2014 + place
    const { status, body } = await township.put(`/households/${card.id}/income-years/${year}`, {
      expectedVersion: null,
      values: { ...parts, yearMemberCount, businessCostFen: place === 1 ? 9_999_999 : null },
    })
    expect(status, JSON.stringify(body.fields)).toBe(200)
    const shown = body.incomeYears.find((one: { year: number }) => one.year === year)
    expect(shown).toMatchObject(incomeTotals({ ...shown }))
    const { rows } = await app.db.pool.query('SELECT * FROM income_years WHERE id = $1', [shown.id])
    expect(incomeColumnsOf(rows[0])).toEqual(incomeTotals({ ...shown }))
  }
})

describe('what an import did', () => {
  test('stands in the history of the card and opens from the list', async () => {
    const card = await aHousehold(township, { members: [aMember()] })
    const importId = newId()
    const accountId = (await township.get('/session')).body.accountId
    const { pool } = app.db
    await pool.query(
      `INSERT INTO imports (id, account_id, created_by_name, file_name, size_bytes, sha256, status, created_at, committed_at)
       VALUES ($1, $2, '导入人', 'f.xlsx', 1, '\\x00', 'committed', now(), '2018-04-03T00:00:00Z')`,
      [importId, accountId],
    )
    await pool.query(
      `INSERT INTO import_changes (import_id, entity, record_id, household_id, before, after, version_before, version_after)
       VALUES ($1, 'household', $2, $2, '{"address": null, "household_phone": null}',
               '{"address": "村南", "household_phone": "13900001111"}', 1, 2)`,
      [importId, card.id],
    )
    const history = (await township.get(`/households/${card.id}/history?limit=1`)).body
    expect(history.total).toBe(2)
    expect(history.rows).toEqual([
      expect.objectContaining({
        action: 'imported',
        importId,
        actorName: '导入人',
        changes: [
          { field: 'household.address', rowLabel: null, before: null, after: '村南' },
          { field: 'household.householdPhone', rowLabel: null, before: null, after: '139****1111' },
        ],
      }),
    ])
    const next = (await township.get(`/households/${card.id}/history?limit=1&after=${history.next}`)).body
    expect([next.rows[0].action, next.next]).toEqual(['created', null])
    const listed = (await township.get(`/households?importId=${importId}`)).body
    expect([listed.total, listed.rows[0].id]).toEqual([1, card.id])
    expect((await township.get(`/households?importId=${newId()}`)).body.total).toBe(0)
  })
})

test('the history is paged without loss, latest first', async () => {
  const card = await aHousehold(township)
  for (const [place, address] of ['甲', '乙', '丙'].entries()) {
    await township.put(`/households/${card.id}/identity`, { expectedVersion: place + 1, values: { address } })
  }
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await township.get(`/households/${card.id}/history?limit=1${after}`)
    expect(body.total).toBe(4)
    seen.push(body.rows[0].changes[0].after)
    after = body.next && `&after=${body.next}`
  } while (after)
  expect(seen.slice(0, 3)).toEqual(['丙', '乙', '甲'])
  expect(seen).toHaveLength(4)
})
