import type pg from 'pg'
import { blockHashOf, chainHashOf, entryHashOf, HASHED_TEXTS, START_HASH } from './chain.ts'

const ROWS_AT_ONCE = 5000

export type FaultKind =
  | 'altered'
  | 'removed'
  | 'inserted'
  | 'reordered'
  | 'seal_altered'
  | 'block_altered'
  | 'block_removed'
  | 'unexpected_hash'

/** One place where the audit is not what was sealed. */
export interface AuditFault {
  kind: FaultKind
  /** Number of the entry; null when no entry can be named at all. */
  sequence: number | null
  /** True when the number itself is lost: the fault lies after the entry `sequence`. */
  isAfter?: boolean
  /** For `reordered`: the number under which this entry was sealed. */
  sealedAs?: number
  /** Number of the block, when it is in one. */
  block: number | null
}

export interface AuditReport {
  isWhole: boolean
  entries: number
  blocks: number
  unsealed: number
  /** Hash of the last block, to be noted outside the system. */
  lastHash: string | null
  /** The fault with the lowest entry number. */
  first: AuditFault | null
  faults: number
}

interface SealRow {
  block_number: number
  position: number
  entry_sequence: number
  entry_hash: string
  chain_hash: string
  is_there: boolean
  texts: (string | null)[]
}

interface BlockRow {
  number: number
  horizon: string
  ceiling: string
  entry_count: number
  previous_hash: string
  hash: string
  sealed_at: Date
}

/** A sealed block as the walk found it. */
interface WalkedBlock {
  entries: number
  lastChainHash: string
  lastSequence: number
  /** Highest entry number sealed so far. */
  highest: number
}

interface Walk {
  faults: AuditFault[]
  blocks: Map<number, WalkedBlock>
  entries: number
  /** Entries that came to be sealed after one with a higher number: block, number and transaction. */
  late: { block: number; sequence: number; transaction: bigint }[]
}

interface Link {
  block: number
  position: number
  chainHash: string
  sequence: number
  highest: number
}

/** Compares one sealed entry with what stands there now; undefined when it is as it was sealed. */
function faultOf(row: SealRow, last: Link): AuditFault | undefined {
  const at = { sequence: row.entry_sequence, block: row.block_number }
  if (row.position !== (row.block_number === last.block ? last.position + 1 : 1)) {
    // Entry and seal are both gone; the number is known when only one fits.
    const isOne = row.entry_sequence - last.sequence === 2
    return isOne
      ? { ...at, kind: 'removed', sequence: last.sequence + 1 }
      : { ...at, kind: 'removed', sequence: last.sequence, isAfter: true }
  }
  if (!row.is_there) return { ...at, kind: 'removed' }
  if (entryHashOf(row.texts) !== row.entry_hash) return { ...at, kind: 'altered' }
  const isLinked = chainHashOf(last.chainHash, row.entry_sequence, row.entry_hash) === row.chain_hash
  return isLinked ? undefined : { ...at, kind: 'seal_altered' }
}

async function readSeals(client: pg.ClientBase, { block, position }: Link): Promise<SealRow[]> {
  const { rows } = await client.query<SealRow>(
    `SELECT s.block_number, s.position, s.entry_sequence, s.entry_hash, s.chain_hash,
            e.sequence IS NOT NULL AS is_there, ${HASHED_TEXTS}
     FROM audit_seals s LEFT JOIN audit_entries e ON e.sequence = s.entry_sequence
     WHERE (s.block_number, s.position) > ($1, $2)
     ORDER BY s.block_number, s.position LIMIT ${ROWS_AT_ONCE}`,
    [block, position],
  )
  return rows
}

function step(walk: Walk, row: SealRow, last: Link): Link {
  const fault = faultOf(row, last)
  if (fault) walk.faults.push(fault)
  if (row.is_there && row.entry_sequence < last.highest) {
    const transaction = BigInt(row.texts[0] ?? '0')
    walk.late.push({ block: row.block_number, sequence: row.entry_sequence, transaction })
  }
  const highest = Math.max(last.highest, row.entry_sequence)
  walk.entries += 1
  walk.blocks.set(row.block_number, {
    entries: row.position,
    lastChainHash: row.chain_hash,
    lastSequence: row.entry_sequence,
    highest,
  })
  const { block_number: block, position, chain_hash: chainHash, entry_sequence: sequence } = row
  return { block, position, chainHash, sequence, highest }
}

/** Follows the chain from its first entry to its last. */
async function walkSeals(client: pg.ClientBase): Promise<Walk> {
  const walk: Walk = { faults: [], blocks: new Map(), entries: 0, late: [] }
  let last: Link = { block: 0, position: 0, chainHash: START_HASH, sequence: 0, highest: 0 }
  for (;;) {
    const rows = await readSeals(client, last)
    for (const row of rows) last = step(walk, row, last)
    if (rows.length < ROWS_AT_ONCE) return walk
  }
}

function checkBlocks(blocks: readonly BlockRow[], walk: Walk): AuditFault[] {
  const faults: AuditFault[] = []
  let previous = { number: 0, hash: START_HASH, sequence: 0 }
  for (const row of blocks) {
    const { number, horizon, ceiling, entry_count: entryCount, previous_hash: previousHash, hash } = row
    const found = walk.blocks.get(number)
    const block = {
      number,
      horizon,
      ceiling,
      entryCount,
      previousHash,
      sealedAt: row.sealed_at.toISOString(),
    }
    const at = { sequence: found?.lastSequence ?? previous.sequence, isAfter: true, block: number }
    if (number !== previous.number + 1) {
      faults.push({ ...at, kind: 'block_removed', sequence: previous.sequence, block: previous.number + 1 })
    } else if (found?.entries !== entryCount) faults.push({ ...at, kind: 'removed' })
    else if (previousHash !== previous.hash || blockHashOf(block, found.lastChainHash) !== hash) {
      faults.push({ ...at, kind: 'block_altered', isAfter: undefined })
    }
    previous = { number, hash, sequence: at.sequence }
  }
  return faults
}

/**
 * Entries that cannot have been written when their number says. A number below one already sealed is only possible
 * for a transaction that had begun by then; and nothing older than the horizon was left unsealed.
 */
async function findInserted(client: pg.ClientBase, blocks: readonly BlockRow[], walk: Walk) {
  const { rows } = await client.query<{ sequence: number; transaction: string }>(
    `SELECT e.sequence, e.transaction_id::text AS transaction FROM audit_entries e
     WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.entry_sequence = e.sequence) ORDER BY e.sequence`,
  )
  const horizon = BigInt(blocks.at(-1)?.horizon ?? '0')
  const unsealed = rows.map((row) => ({
    block: Infinity,
    sequence: row.sequence,
    transaction: BigInt(row.transaction),
  }))
  const isImpossible = ({ block, sequence, transaction }: Walk['late'][number]): boolean =>
    blocks.some((one) => {
      const highest = walk.blocks.get(one.number)?.highest ?? 0
      return one.number < block && highest > sequence && transaction >= BigInt(one.ceiling)
    })
  const forged = unsealed.filter((entry) => entry.transaction < horizon || isImpossible(entry))
  const inserted = [...walk.late.filter(isImpossible), ...forged].map(({ sequence }): AuditFault => ({
    kind: 'inserted',
    sequence,
    block: null,
  }))
  return { inserted, unsealed: unsealed.length - forged.length }
}

/** Whether what stands at an altered entry was sealed as another one: then the two changed places. */
async function findOrigin(client: pg.ClientBase, fault: AuditFault): Promise<AuditFault> {
  if (fault.kind !== 'altered' || fault.sequence === null) return fault
  const entry = await client.query<{ texts: (string | null)[] }>(
    `SELECT ${HASHED_TEXTS} FROM audit_entries e WHERE e.sequence = $1`,
    [fault.sequence],
  )
  const texts = entry.rows[0]?.texts
  if (!texts) return fault
  const origin = await client.query<{ entry_sequence: number }>(
    'SELECT entry_sequence FROM audit_seals WHERE entry_hash = $1 AND entry_sequence <> $2 ORDER BY 1 LIMIT 1',
    [entryHashOf(texts), fault.sequence],
  )
  const sealedAs = origin.rows[0]?.entry_sequence
  return sealedAs === undefined ? fault : { ...fault, kind: 'reordered', sealedAs }
}

async function examine(client: pg.ClientBase, expectHash: string | undefined): Promise<AuditReport> {
  const walk = await walkSeals(client)
  const { rows: blocks } = await client.query<BlockRow>(
    `SELECT number, horizon::text AS horizon, ceiling::text AS ceiling, entry_count, previous_hash, hash, sealed_at
     FROM audit_blocks ORDER BY number`,
  )
  const { inserted, unsealed } = await findInserted(client, blocks, walk)
  const faults = [...walk.faults, ...checkBlocks(blocks, walk), ...inserted]
  if (expectHash !== undefined && !blocks.some(({ hash }) => hash === expectHash.toLowerCase())) {
    faults.push({ kind: 'unexpected_hash', sequence: null, block: null })
  }
  const placeOf = ({ sequence, isAfter }: AuditFault) => (sequence ?? Infinity) + (isAfter ? 0.5 : 0)
  const [first] = faults.toSorted((a, b) => placeOf(a) - placeOf(b))
  return {
    isWhole: first === undefined,
    entries: walk.entries,
    blocks: blocks.length,
    unsealed,
    lastHash: blocks.at(-1)?.hash ?? null,
    first: first ? await findOrigin(client, first) : null,
    faults: faults.length,
  }
}

/**
 * Compares the audit with its seals and names the first entry that was altered, removed, inserted or moved.
 * Reads as the owner of the tables and with row security off, so that no policy can hide a row.
 * @param expectHash a block hash noted earlier outside the system; without it a chain rewritten to its end passes
 */
export async function verifyAudit(pool: pg.Pool, expectHash?: string): Promise<AuditReport> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query('SET LOCAL row_security = off')
    return await examine(client, expectHash)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}
