import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Clock } from '../clock/clock.ts'
import type { Database, Tx } from '../database/database.ts'
import { processActor, SELF } from '../permissions/actor.ts'
import { blockHashOf, chainHashOf, checkHashing, entryHashOf, HASHED_TEXTS, START_HASH } from './chain.ts'

/** Entries of one block; small enough that hashing one never keeps other requests waiting noticeably. */
const BLOCK_ENTRIES = 2000
/** Entries hashed before other requests get their turn. */
const TURN_ENTRIES = 250
const EVERY_MS = 60_000
const LOCK = 7_411_723
const SEALING = processActor('seal')

interface Tail {
  number: number
  horizon: string
  hash: string
  chainHash: string
}

/** Where the chain ends; the start values when nothing is sealed yet. */
async function readTail(tx: Tx): Promise<Tail> {
  const { rows } = await sql<Tail>`
    SELECT b.number, b.horizon::text AS horizon, b.hash, s.chain_hash AS "chainHash"
    FROM audit_blocks b JOIN audit_seals s ON s.block_number = b.number AND s.position = b.entry_count
    ORDER BY b.number DESC LIMIT 1`.execute(tx)
  return rows[0] ?? { number: 0, horizon: '0', hash: START_HASH, chainHash: START_HASH }
}

interface Pending {
  sequence: number
  texts: (string | null)[]
}

/**
 * What one sealing covers. `horizon` is the oldest transaction still running when it began: an entry of it may
 * appear later with a lower number, and belongs to a later block. `ceiling` is the sealing transaction itself: one
 * with a higher id began after everything sealed now had its number.
 */
interface Round {
  from: string
  horizon: string
  ceiling: string
  /** The number up to which this round has sealed. */
  after: number
  /** The block that should be the last one; another number means that somebody else sealed meanwhile. */
  block: number
}

async function beginRound(tx: Tx, tail: Tail): Promise<Round> {
  // In a copy of the database on another server transactions count from the beginning again; then all are looked at.
  const { rows } = await sql<Pick<Round, 'from' | 'horizon' | 'ceiling'>>`
    SELECT pg_snapshot_xmin(s)::text AS horizon, pg_current_xact_id()::text AS ceiling,
           CASE WHEN pg_snapshot_xmin(s) >= ${tail.horizon}::xid8 THEN ${tail.horizon} ELSE '0' END AS "from"
    FROM pg_current_snapshot() AS s`.execute(tx)
  const bounds = rows[0] ?? { from: '0', horizon: '0', ceiling: '0' }
  return { ...bounds, after: 0, block: tail.number }
}

/** Entries of finished transactions that no block has. */
async function readPending(tx: Tx, { from, horizon, after }: Round): Promise<Pending[]> {
  const { rows } = await sql<Pending>`
    SELECT e.sequence, ${sql.raw(HASHED_TEXTS)} FROM audit_entries e
    WHERE e.transaction_id >= ${from}::xid8 AND e.transaction_id < ${horizon}::xid8 AND e.sequence > ${after}
      AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.entry_sequence = e.sequence)
    ORDER BY e.sequence LIMIT ${BLOCK_ENTRIES + 1}`.execute(tx)
  return rows
}

interface Sealed {
  sequences: number[]
  entryHashes: string[]
  chainHashes: string[]
}

async function hashAll(entries: readonly Pending[], previous: string): Promise<Sealed> {
  const sealed: Sealed = { sequences: [], entryHashes: [], chainHashes: [] }
  let chainHash = previous
  for (const [index, { sequence, texts }] of entries.entries()) {
    const entryHash = entryHashOf(texts)
    chainHash = chainHashOf(chainHash, sequence, entryHash)
    sealed.sequences.push(sequence)
    sealed.entryHashes.push(entryHash)
    sealed.chainHashes.push(chainHash)
    if (index % TURN_ENTRIES === TURN_ENTRIES - 1) await nextTurn()
  }
  return sealed
}

type Bounds = Pick<Round, 'horizon' | 'ceiling'>

async function writeBlock(tx: Tx, tail: Tail, bounds: Bounds, sealed: Sealed, now: Date): Promise<void> {
  const { horizon, ceiling } = bounds
  const entryCount = sealed.sequences.length
  const previousHash = tail.hash
  const block = {
    number: tail.number + 1,
    horizon,
    ceiling,
    entryCount,
    previousHash,
    sealedAt: now.toISOString(),
  }
  const hash = blockHashOf(block, sealed.chainHashes.at(-1) ?? tail.chainHash)
  await sql`
    INSERT INTO audit_blocks (number, horizon, ceiling, entry_count, previous_hash, hash, sealed_at)
    VALUES (${block.number}, ${horizon}::xid8, ${ceiling}::xid8, ${entryCount}, ${tail.hash}, ${hash}, ${now})`.execute(
    tx,
  )
  await sql`
    INSERT INTO audit_seals (entry_sequence, block_number, position, entry_hash, chain_hash)
    SELECT sequence, ${block.number}, position, entry_hash, chain_hash
    FROM unnest(${sealed.sequences}::bigint[], ${sealed.entryHashes}::text[], ${sealed.chainHashes}::text[])
      WITH ORDINALITY AS sealed (sequence, entry_hash, chain_hash, position)`.execute(tx)
}

interface Step {
  entries: number
  /** Where to go on; absent when everything of the round is sealed. */
  next?: Round
}

/** Seals one block; nothing when there is nothing to seal or another process is sealing. */
async function sealBlock(tx: Tx, clock: Clock, going: Round | undefined): Promise<Step> {
  const lock = await sql<{ taken: boolean }>`
    SELECT pg_try_advisory_xact_lock(${LOCK}, hashtext(current_schema())) AS taken`.execute(tx)
  if (!lock.rows[0]?.taken) return { entries: 0 }
  const tail = await readTail(tx)
  const round = going?.block === tail.number ? going : await beginRound(tx, tail)
  const pending = await readPending(tx, round)
  if (pending.length === 0) return { entries: 0 }
  const entries = pending.slice(0, BLOCK_ENTRIES)
  const isMore = pending.length > BLOCK_ENTRIES
  const sealed = await hashAll(entries, tail.chainHash)
  // While more of them wait, the block may not claim that everything before the horizon is sealed.
  const horizon = isMore ? round.from : round.horizon
  await writeBlock(tx, tail, { horizon, ceiling: round.ceiling }, sealed, clock.now())
  const next = isMore
    ? { ...round, after: sealed.sequences.at(-1) ?? round.after, block: tail.number + 1 }
    : undefined
  return { entries: entries.length, next }
}

/** Above every transaction id. */
const NO_HORIZON = '18446744073709551615'

/**
 * Seals, in the caller's transaction, what a restored database brought along unsealed, and the caller's own entries.
 * The server it comes from counted its transactions by itself, so the job here could not tell which of them have ended:
 * all have. The last block then says in this server's count where the chain goes on.
 */
export async function sealRestored(tx: Tx, clock: Clock): Promise<void> {
  const { horizon, ceiling } = await beginRound(tx, await readTail(tx))
  for (;;) {
    const tail = await readTail(tx)
    const all: Round = { from: '0', horizon: NO_HORIZON, ceiling, after: 0, block: tail.number }
    const entries = (await readPending(tx, all)).slice(0, BLOCK_ENTRIES)
    if (entries.length === 0) return
    await writeBlock(tx, tail, { horizon, ceiling }, await hashAll(entries, tail.chainHash), clock.now())
  }
}

/** Seals everything that can be sealed now; returns how many blocks and entries that were. */
export async function sealPending(db: Database, clock: Clock): Promise<{ blocks: number; entries: number }> {
  const total = { blocks: 0, entries: 0 }
  let round: Round | undefined
  do {
    const from = round
    const { entries, next } = await db.asActor(SEALING, SELF, (tx) => sealBlock(tx, clock, from))
    if (entries > 0) total.blocks += 1
    total.entries += entries
    round = next
  } while (round)
  return total
}

/**
 * Seals every minute until stopped, and once more then.
 * @param onError told about a seal that failed; the next minute tries again
 */
export function startSealing(
  db: Database,
  clock: Clock,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  checkHashing()
  let running: Promise<unknown> = Promise.resolve()
  const seal = () => sealPending(db, clock).catch(onError)
  const timer = setInterval(() => {
    running = running.then(seal)
  }, EVERY_MS)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
      await seal()
    },
  }
}
