import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** A new record id: UUIDv7, so that ids sort by the time they were made. Made here because PostgreSQL 15 cannot. */
export const newId = (): string => v7()

const POOL_BYTES = 10_240
const RANDOM_BYTES = 10

/**
 * Makes ids like `newId`, for hundreds of thousands at a time: random bytes are fetched a thousand ids ahead, which
 * costs a tenth. One maker for one piece of work.
 */
export function idMaker(now: () => number = Date.now): () => string {
  const pool = Buffer.alloc(POOL_BYTES)
  let at = POOL_BYTES
  let millisecond = -1
  let time = ''
  return () => {
    if (at === POOL_BYTES) {
      randomFillSync(pool)
      at = 0
    }
    const instant = now()
    if (instant !== millisecond) {
      millisecond = instant
      const digits = instant.toString(16).padStart(12, '0')
      time = `${digits.slice(0, 8)}-${digits.slice(8)}`
    }
    // RFC 9562, 5.7: version 7 in the high half of the seventh byte, variant 10 in the ninth.
    pool[at] = ((pool[at] ?? 0) & 0x0f) | 0x70
    pool[at + 2] = ((pool[at + 2] ?? 0) & 0x3f) | 0x80
    const random = pool.toString('hex', at, at + RANDOM_BYTES)
    at += RANDOM_BYTES
    return `${time}-${random.slice(0, 4)}-${random.slice(4, 8)}-${random.slice(8)}`
  }
}
