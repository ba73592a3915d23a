import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'
import { processActor, SELF } from '../permissions/actor.ts'
import { blockHashOf, chainHashOf, entryHashOf, HASHED_COLUMNS, HASHED_TEXTS } from './chain.ts'
import { recordAudit } from './record.ts'
import { sealPending } from './seal.ts'
import { verifyAudit } from './verify.ts'

let county: TestApp
let pool: pg.Pool
const CLERK = processActor('test')

beforeAll(async () => {
  county = await startTestApp()
  pool = county.db.pool
})
afterAll(() => county.close())
beforeEach(() => pool.query('TRUNCATE audit_entries, audit_seals, audit_blocks RESTART IDENTITY'))

const note = (label: string) => ({
  action: 'household.section_edited',
  recordType: 'household',
  recordLabel: label,
})
const write = (...labels: string[]) =>
  labels.reduce(
    (before, label) =>
      before.then(() =>
        county.db.asActor(CLERK, SELF, (tx) => recordAudit(tx, county.clock, CLERK, note(label))),
      ),
    Promise.resolve(),
  )
const seal = () => sealPending(county.db, county.clock)
/** Every entry written so far is older than any transaction still running; tests in other databases hold the horizon of all. */
async function horizonPassed(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ passed: boolean }>(
      `SELECT coalesce(max(transaction_id::text::bigint), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS passed
       FROM audit_entries`,
    )
    if (rows[0]?.passed) return
    await pause(20)
  }
}
/** Seals until that many more entries are sealed, in one block when nobody else's transaction is in the way. */
async function sealEntries(entries: number): Promise<void> {
  for (let sealed = 0; sealed < entries;) sealed += (await seal()).entries
}
const firstFault = async (expectHash?: string) => (await verifyAudit(pool, expectHash)).first

/** Three blocks: entries 1–4, 5–7, 8–10. */
async function sealTen(): Promise<void> {
  for (const labels of [
    ['1', '2', '3', '4'],
    ['5', '6', '7'],
    ['8', '9', '10'],
  ]) {
    await write(...labels)
    await horizonPassed()
    await sealEntries(labels.length)
  }
}

/** What somebody does who owns the tables: no row security, no missing grant stops them. */
const tamper = (sql: string, values: unknown[] = []) => pool.query(sql, values)

describe('sealing', () => {
  test('an untouched audit is whole; unsealed entries are told apart', async () => {
    await sealTen()
    await write('11')
    const report = await verifyAudit(pool)
    expect(report).toMatchObject({
      isWhole: true,
      entries: 10,
      blocks: 3,
      unsealed: 1,
      first: null,
      faults: 0,
    })
  })

  test('an empty audit is whole, and sealing nothing makes no block', async () => {
    expect(await seal()).toEqual({ blocks: 0, entries: 0 })
    expect(await verifyAudit(pool)).toMatchObject({ isWhole: true, entries: 0, blocks: 0, lastHash: null })
  })

  test('hashes every column of an entry but its number, which the chain hashes', async () => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = 'audit_entries'::regclass AND attnum > 0 AND NOT attisdropped`,
    )
    const expected = rows.map(({ name }) => name).filter((name) => name !== 'sequence')
    expect(Object.keys(HASHED_COLUMNS).toSorted()).toEqual(expected.toSorted())
  })

  test('leaves a running transaction to a later block, although its number is lower', async () => {
    const slow = await pool.connect()
    await slow.query('BEGIN')
    await slow.query(
      `INSERT INTO audit_entries (occurred_at, action, record_type, record_label)
       VALUES ('2018-04-02T09:00:00+08:00', 'import.committed', 'import', 'slow')`,
    )
    await write('quick')
    expect(await seal(), 'nothing younger than the running transaction may be sealed').toEqual({
      blocks: 0,
      entries: 0,
    })
    await slow.query('COMMIT')
    slow.release()
    await sealEntries(2)
    expect(await verifyAudit(pool)).toMatchObject({ isWhole: true, entries: 2, unsealed: 0 })
  })

  test('seals what was written after a slow transaction began but before it wrote, and the slow one later', async () => {
    const old = await pool.connect()
    await old.query('BEGIN')
    await old.query('SELECT pg_current_xact_id()')
    const slow = await pool.connect()
    await slow.query('BEGIN')
    await slow.query(
      `INSERT INTO audit_entries (occurred_at, action, record_type, record_label) VALUES (now(), 'a', 'b', 'slow')`,
    )
    await old.query(
      `INSERT INTO audit_entries (occurred_at, action, record_type, record_label) VALUES (now(), 'a', 'b', 'old')`,
    )
    await old.query('COMMIT')
    old.release()
    await sealEntries(1)
    const { rows } = await pool.query('SELECT entry_sequence FROM audit_seals')
    expect(rows, 'the entry of the older transaction').toEqual([{ entry_sequence: 2 }])
    expect(await verifyAudit(pool)).toMatchObject({ isWhole: true, entries: 1 })
    await slow.query('COMMIT')
    slow.release()
    await sealEntries(1)
    expect(await verifyAudit(pool), 'entry 1, sealed after entry 2').toMatchObject({
      isWhole: true,
      entries: 2,
      unsealed: 0,
    })
  })

  test('two processes that seal at once make one chain', async () => {
    await write('1', '2', '3')
    let sealed = 0
    while (sealed < 3) {
      const totals = await Promise.all([seal(), seal(), seal()])
      sealed += totals.reduce((sum, { entries }) => sum + entries, 0)
    }
    expect(await verifyAudit(pool)).toMatchObject({ isWhole: true, entries: 3, unsealed: 0 })
  })

  test('more entries than one block holds become several', async () => {
    await tamper(
      `INSERT INTO audit_entries (occurred_at, action, record_type, record_label, after)
       SELECT now(), 'household.section_edited', 'household', number::text, jsonb_build_object('net', number)
       FROM generate_series(1, 5000) AS number`,
    )
    await horizonPassed()
    await sealEntries(5000)
    expect(await verifyAudit(pool)).toMatchObject({ isWhole: true, entries: 5000, blocks: 3 })
  })
})

describe('tampering is found and the first bad entry named', () => {
  beforeEach(sealTen)

  for (const column of ['action', 'record_label', 'reason', 'username'] as const) {
    test(`altered ${column}`, async () => {
      await tamper(`UPDATE audit_entries SET ${column} = 'forged' WHERE sequence = 6`)
      expect(await firstFault()).toEqual({ kind: 'altered', sequence: 6, block: 2 })
    })
  }

  test('altered time, by a microsecond', async () => {
    await tamper(
      "UPDATE audit_entries SET occurred_at = occurred_at + interval '1 microsecond' WHERE sequence = 3",
    )
    expect(await firstFault()).toMatchObject({ kind: 'altered', sequence: 3 })
  })

  test('altered together with its seal', async () => {
    await tamper("UPDATE audit_entries SET record_label = 'forged' WHERE sequence = 6")
    const { rows } = await pool.query(`SELECT ${HASHED_TEXTS} FROM audit_entries e WHERE sequence = 6`)
    await tamper('UPDATE audit_seals SET entry_hash = $1 WHERE entry_sequence = 6', [
      entryHashOf(rows[0].texts),
    ])
    expect(await firstFault()).toMatchObject({ kind: 'seal_altered', sequence: 6 })
  })

  test('altered, its seal and all block hashes computed anew', async () => {
    await tamper("UPDATE audit_entries SET record_label = 'forged' WHERE sequence = 6")
    const { rows } = await pool.query(`SELECT ${HASHED_TEXTS} FROM audit_entries e WHERE sequence = 6`)
    await tamper('UPDATE audit_seals SET entry_hash = $1 WHERE entry_sequence = 6', [
      entryHashOf(rows[0].texts),
    ])
    await rewriteBlocks()
    expect(await firstFault()).toMatchObject({ kind: 'seal_altered', sequence: 6 })
  })

  test('the whole chain computed anew to its end passes only without the hash noted before', async () => {
    const { lastHash: noted } = await verifyAudit(pool)
    await tamper("UPDATE audit_entries SET record_label = 'forged' WHERE sequence = 6")
    await rewriteChain()
    await rewriteBlocks()
    expect(await firstFault()).toBeNull()
    expect(await firstFault(noted!)).toMatchObject({ kind: 'unexpected_hash' })
  })

  test('a hash noted at an earlier block still proves that block after more were sealed', async () => {
    const { lastHash: noted } = await verifyAudit(pool)
    await write('11')
    await sealEntries(1)
    expect(await firstFault(noted!)).toBeNull()
    expect(await firstFault('00')).toMatchObject({ kind: 'unexpected_hash' })
  })

  test('removed', async () => {
    await tamper('DELETE FROM audit_entries WHERE sequence = 2')
    expect(await firstFault()).toEqual({ kind: 'removed', sequence: 2, block: 1 })
  })

  test('removed with its seal', async () => {
    await tamper('DELETE FROM audit_entries WHERE sequence = 6')
    await tamper('DELETE FROM audit_seals WHERE entry_sequence = 6')
    expect(await firstFault()).toEqual({ kind: 'removed', sequence: 6, block: 2 })
  })

  test('the last of a block removed with its seal', async () => {
    await tamper('DELETE FROM audit_entries WHERE sequence = 10')
    await tamper('DELETE FROM audit_seals WHERE entry_sequence = 10')
    expect(await firstFault()).toMatchObject({ kind: 'removed', sequence: 9, isAfter: true })
  })

  test('a seal removed: the entry is one that nobody sealed', async () => {
    await tamper('DELETE FROM audit_seals WHERE entry_sequence = 6')
    expect(await firstFault()).toMatchObject({ sequence: 6 })
  })

  test('inserted between, found before it is sealed and after', async () => {
    await pool.query('TRUNCATE audit_entries, audit_seals, audit_blocks RESTART IDENTITY')
    await write('1', '2')
    await pool.query("SELECT nextval(pg_get_serial_sequence('audit_entries', 'sequence'))")
    await write('4', '5')
    await sealEntries(4)
    await tamper(
      `INSERT INTO audit_entries (sequence, occurred_at, action, record_type, record_label)
       OVERRIDING SYSTEM VALUE VALUES (3, now(), 'household.section_edited', 'household', 'forged')`,
    )
    expect(await firstFault()).toEqual({ kind: 'inserted', sequence: 3, block: null })
    await sealEntries(1)
    expect(await firstFault(), 'sealed by the job meanwhile').toEqual({
      kind: 'inserted',
      sequence: 3,
      block: null,
    })
  })

  test('inserted under an old transaction', async () => {
    await tamper(
      `INSERT INTO audit_entries (sequence, transaction_id, occurred_at, action, record_type)
       OVERRIDING SYSTEM VALUE VALUES (99, '3', now(), 'household.section_edited', 'household')`,
    )
    expect(await firstFault()).toEqual({ kind: 'inserted', sequence: 99, block: null })
  })

  test('swapped', async () => {
    await swap(3, 9)
    expect(await firstFault()).toEqual({ kind: 'reordered', sequence: 3, block: 1, sealedAs: 9 })
  })

  test('an entry hash of a seal altered', async () => {
    await tamper("UPDATE audit_seals SET entry_hash = repeat('0', 64) WHERE entry_sequence = 5")
    expect(await firstFault()).toMatchObject({ kind: 'altered', sequence: 5 })
  })

  test('a chain hash altered', async () => {
    await tamper("UPDATE audit_seals SET chain_hash = repeat('0', 64) WHERE entry_sequence = 5")
    expect(await firstFault()).toMatchObject({ kind: 'seal_altered', sequence: 5 })
  })

  test('a block altered', async () => {
    await tamper("UPDATE audit_blocks SET sealed_at = sealed_at - interval '1 day' WHERE number = 2")
    expect(await firstFault()).toMatchObject({ kind: 'block_altered', block: 2 })
  })

  test('a block removed with its entries and seals', async () => {
    await tamper('DELETE FROM audit_seals WHERE block_number = 2')
    await tamper('DELETE FROM audit_blocks WHERE number = 2')
    await tamper('DELETE FROM audit_entries WHERE sequence BETWEEN 5 AND 7')
    expect(await firstFault()).toMatchObject({ kind: 'block_removed', sequence: 4, isAfter: true, block: 2 })
  })

  test('the lowest number is named when several are bad', async () => {
    await tamper("UPDATE audit_entries SET reason = 'forged' WHERE sequence IN (9, 4, 7)")
    expect(await verifyAudit(pool)).toMatchObject({ faults: 3, first: { kind: 'altered', sequence: 4 } })
  })
})

describe('the application', () => {
  for (const table of ['audit_entries', 'audit_blocks', 'audit_seals']) {
    for (const statement of [
      `UPDATE ${table} SET ${table === 'audit_entries' ? 'reason' : table === 'audit_blocks' ? 'hash' : 'chain_hash'} = ''`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]) {
      test(`may not ${statement}`, async () => {
        const client = await pool.connect()
        try {
          await client.query(`SET ROLE ${county.db.roles.app}`)
          await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
        } finally {
          await client.query('RESET ROLE')
          client.release()
        }
      })
    }
  }
})

async function swap(one: number, other: number): Promise<void> {
  const columns = Object.keys(HASHED_COLUMNS).join(', ')
  await tamper(
    `UPDATE audit_entries target SET (${columns}) = (SELECT ${columns} FROM audit_entries source
       WHERE source.sequence = CASE target.sequence WHEN $1 THEN $2::bigint ELSE $1 END)
     WHERE target.sequence IN ($1, $2)`,
    [one, other],
  )
}

/** Computes entry and chain hashes anew from what the entries say now. */
async function rewriteChain(): Promise<void> {
  const { rows } = await pool.query(
    `SELECT e.sequence, ${HASHED_TEXTS} FROM audit_seals s JOIN audit_entries e ON e.sequence = s.entry_sequence
     ORDER BY s.block_number, s.position`,
  )
  let chain = '0'.repeat(64)
  for (const { sequence, texts } of rows) {
    const entryHash = entryHashOf(texts)
    chain = chainHashOf(chain, sequence, entryHash)
    await tamper('UPDATE audit_seals SET entry_hash = $1, chain_hash = $2 WHERE entry_sequence = $3', [
      entryHash,
      chain,
      sequence,
    ])
  }
}

/** Computes all block hashes anew from the seals as they are. */
async function rewriteBlocks(): Promise<void> {
  const { rows } = await pool.query(
    `SELECT b.number, b.horizon::text AS horizon, b.ceiling::text AS ceiling, b.entry_count, b.sealed_at, s.chain_hash
     FROM audit_blocks b JOIN audit_seals s ON s.block_number = b.number AND s.position = b.entry_count ORDER BY 1`,
  )
  let previousHash = '0'.repeat(64)
  for (const row of rows) {
    const { number, horizon, ceiling, entry_count: entryCount } = row
    const hash = blockHashOf(
      { number, horizon, ceiling, entryCount, previousHash, sealedAt: row.sealed_at.toISOString() },
      row.chain_hash,
    )
    await tamper('UPDATE audit_blocks SET previous_hash = $1, hash = $2 WHERE number = $3', [
      previousHash,
      hash,
      number,
    ])
    previousHash = hash
  }
}
