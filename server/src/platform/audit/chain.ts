import { createHash, getHashes } from 'node:crypto'

/** The chain hash before the first entry, and the block hash before the first block. */
export const START_HASH = '0'.repeat(64)

/** SM3 (GB/T 32905-2016), hex. */
const sm3 = (parts: readonly (string | number | null)[]): string =>
  createHash('sm3').update(JSON.stringify(parts), 'utf8').digest('hex')

/** Throws when this Node was built without SM3; asked at start, not at the first seal. */
export function checkHashing(): void {
  if (!getHashes().includes('sm3')) throw new Error('this Node has no SM3; the audit cannot be sealed')
}

/**
 * Everything an audit entry says, as text that does not depend on settings of the session: the order of this list
 * is the order hashed, and a column of audit_entries that is missing here would not be protected (a test compares).
 */
export const HASHED_COLUMNS = {
  transaction_id: 'e.transaction_id::text',
  occurred_at: `to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  account_id: 'e.account_id::text',
  username: 'e.username',
  actor_name: 'e.actor_name',
  action: 'e.action',
  record_type: 'e.record_type',
  record_id: 'e.record_id',
  record_label: 'e.record_label',
  area_code: 'e.area_code',
  before: 'e.before::text',
  after: 'e.after::text',
  reason: 'e.reason',
  request_id: 'e.request_id',
} as const

/** Select list of the hashed texts, as one array per row. */
export const HASHED_TEXTS = `ARRAY[${Object.values(HASHED_COLUMNS).join(', ')}] AS texts`

/** What an entry says; its number is not part of it, so that a moved entry is recognised. */
export const entryHashOf = (texts: readonly (string | null)[]): string => sm3(texts)

/** Ties an entry and its number to everything before it. */
export const chainHashOf = (previous: string, sequence: number, entryHash: string): string =>
  sm3([previous, sequence, entryHash])

export interface SealedBlock {
  number: number
  horizon: string
  ceiling: string
  entryCount: number
  previousHash: string
  /** ISO, milliseconds. */
  sealedAt: string
}

/** What people note down outside the system: it stands for all entries up to the end of its block. */
export const blockHashOf = (block: SealedBlock, lastChainHash: string): string =>
  sm3([
    block.number,
    block.horizon,
    block.ceiling,
    block.entryCount,
    block.previousHash,
    block.sealedAt,
    lastChainHash,
  ])
