import { createCipheriv, createHmac, hash, randomFillSync } from 'node:crypto'
import { type LookupPurpose, SEAL_VERSION, subkeyOf, vaultOf } from './vault.ts'

/**
 * The same seals and hashes as a vault makes, for hundreds of thousands of short texts. Making a cipher or HMAC object
 * of node:crypto costs 15–30 µs, the cryptography itself under 1 µs; so AES runs over the counter blocks of many texts
 * at once, and HMAC is composed of two plain SHA-256 calls. What one writes the other reads; a test compares them.
 * Values are handed out in hexadecimal, as COPY takes them.
 */
export interface BulkVault {
  /** As `vault.encrypt`, in hexadecimal. */
  sealHex(text: string): string
  /** As `vault.lookupHash`, in hexadecimal. */
  lookupHashHex(purpose: LookupPurpose, text: string): string
}

const BLOCK = 16
/** Texts of one refill, and the blocks of each: one for the tag, three for up to 48 bytes. */
const TEXTS = 512
const BLOCKS = 4
const LONGEST = (BLOCKS - 1) * BLOCK
const NONCE_BYTES = 12

export function bulkVaultOf(master: Buffer): BulkVault {
  const vault = vaultOf(master)
  const sealShort = shortSealer(subkeyOf(master, 'encrypt').export())
  const hashers = new Map<LookupPurpose, (text: string) => string>()
  return {
    sealHex: (text) =>
      Buffer.byteLength(text) > LONGEST ? vault.encrypt(text).toString('hex') : sealShort(text),
    lookupHashHex: (purpose, text) => {
      let hasher = hashers.get(purpose)
      if (!hasher) {
        hasher = hmacHex(subkeyOf(master, `lookup ${purpose}`).export())
        hashers.set(purpose, hasher)
      }
      return hasher(text)
    },
  }
}

const SHA_BLOCK = 64
const SHA_BYTES = 32

/** HMAC-SHA-256 (RFC 2104) with the padded keys written once. */
function hmacHex(key: Buffer): (text: string) => string {
  const inner = Buffer.alloc(SHA_BLOCK + 256, 0x36)
  const outer = Buffer.alloc(SHA_BLOCK + SHA_BYTES, 0x5c)
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  return (text) => {
    if (text.length > 64) return createHmac('sha256', key).update(text).digest('hex')
    const end = SHA_BLOCK + inner.write(text, SHA_BLOCK, 'utf8')
    hash('sha256', inner.subarray(0, end), 'buffer').copy(outer, SHA_BLOCK)
    return hash('sha256', outer, 'hex')
  }
}

/** AES-256-GCM (NIST SP 800-38D) of short texts: AES by OpenSSL in bulk, GHASH here. */
function shortSealer(key: Buffer): (text: string) => string {
  const aes = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const tagOf = ghash(aes.update(Buffer.alloc(BLOCK)))
  const nonces = Buffer.alloc(TEXTS * NONCE_BYTES)
  const counters = Buffer.alloc(TEXTS * BLOCKS * BLOCK)
  const sealed = Buffer.alloc(1 + NONCE_BYTES + BLOCK + LONGEST)
  sealed[0] = SEAL_VERSION
  const bodyAt = 1 + NONCE_BYTES + BLOCK
  let stream = Buffer.alloc(0)
  let next = TEXTS

  const refill = () => {
    randomFillSync(nonces)
    for (let text = 0; text < TEXTS; text += 1) {
      for (let block = 0; block < BLOCKS; block += 1) {
        const at = (text * BLOCKS + block) * BLOCK
        nonces.copy(counters, at, text * NONCE_BYTES, (text + 1) * NONCE_BYTES)
        counters.writeUInt32BE(block + 1, at + NONCE_BYTES)
      }
    }
    stream = aes.update(counters)
    next = 0
  }

  return (text) => {
    if (next === TEXTS) refill()
    const length = sealed.write(text, bodyAt, 'utf8')
    const streamAt = next * BLOCKS * BLOCK
    for (let at = 0; at < length; at += 1)
      sealed[bodyAt + at] = (sealed[bodyAt + at] ?? 0) ^ (stream[streamAt + BLOCK + at] ?? 0)
    nonces.copy(sealed, 1, next * NONCE_BYTES, (next + 1) * NONCE_BYTES)
    const tag = tagOf(sealed, bodyAt, length)
    for (let at = 0; at < BLOCK; at += 1)
      sealed[1 + NONCE_BYTES + at] = (tag[at] ?? 0) ^ (stream[streamAt + at] ?? 0)
    next += 1
    return sealed.toString('hex', 0, bodyAt + length)
  }
}

/** What leaves the 128-bit register in a shift by four bits comes back so (x^128 + x^7 + x^2 + x + 1). */
const REDUCTION = Array.from({ length: 16 }, (_, dropped) => {
  let high = 0
  for (let bit = 0; bit < 4; bit += 1) if ((dropped >> bit) & 1) high ^= 0xe1000000 >>> (3 - bit)
  return high
})

/** GHASH under the hash key, with a table of the sixteen multiples of it (Shoup's method). */
function ghash(hashKey: Buffer): (bytes: Buffer, from: number, length: number) => Buffer {
  const multiples = multiplesOf(hashKey)
  const z = new Int32Array(4)
  const block = Buffer.alloc(BLOCK)
  const multiply = () => {
    z.fill(0)
    for (let at = BLOCK - 1; at >= 0; at -= 1) {
      const byte = block[at] ?? 0
      addShifted(z, multiples, byte & 15, at < BLOCK - 1)
      addShifted(z, multiples, byte >> 4, true)
    }
    for (let word = 0; word < 4; word += 1) block.writeInt32BE(z[word] ?? 0, word * 4)
  }
  return (bytes, from, length) => {
    block.fill(0)
    for (let at = 0; at < length; at += 1) {
      const place = at % BLOCK
      block[place] = (block[place] ?? 0) ^ (bytes[from + at] ?? 0)
      if (place === BLOCK - 1 || at === length - 1) multiply()
    }
    // Lengths in bits: no associated data, then the text.
    block.writeUInt32BE((block.readUInt32BE(12) ^ (length * 8)) >>> 0, 12)
    multiply()
    return block
  }
}

/** z = (z · x^4) + n·H; the first nibble needs no shift, z being zero. */
function addShifted(z: Int32Array, multiples: Int32Array, nibble: number, shifts: boolean): void {
  const [a = 0, b = 0, c = 0, d = 0] = z
  const at = nibble * 4
  if (!shifts) {
    for (let word = 0; word < 4; word += 1) z[word] = multiples[at + word] ?? 0
    return
  }
  z[0] = (a >>> 4) ^ (REDUCTION[d & 15] ?? 0) ^ (multiples[at] ?? 0)
  z[1] = (b >>> 4) ^ (a << 28) ^ (multiples[at + 1] ?? 0)
  z[2] = (c >>> 4) ^ (b << 28) ^ (multiples[at + 2] ?? 0)
  z[3] = (d >>> 4) ^ (c << 28) ^ (multiples[at + 3] ?? 0)
}

/** n·H for every four-bit n, whose highest bit is the lowest power of x. */
function multiplesOf(hashKey: Buffer): Int32Array {
  const table = new Int32Array(64)
  let power = Array.from({ length: 4 }, (_, word) => hashKey.readInt32BE(word * 4))
  for (let bit = 8; bit >= 1; bit >>= 1) {
    table.set(power, bit * 4)
    const [a = 0, b = 0, c = 0, d = 0] = power
    power = [
      (a >>> 1) ^ (d & 1 ? 0xe1000000 : 0),
      (b >>> 1) | (a << 31),
      (c >>> 1) | (b << 31),
      (d >>> 1) | (c << 31),
    ]
  }
  for (let nibble = 1; nibble < 16; nibble += 1) {
    if ((nibble & (nibble - 1)) === 0) continue
    const lowest = nibble & -nibble
    for (let word = 0; word < 4; word += 1)
      table[nibble * 4 + word] = (table[(nibble ^ lowest) * 4 + word] ?? 0) ^ (table[lowest * 4 + word] ?? 0)
  }
  return table
}
