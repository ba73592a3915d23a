import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** First byte of everything sealed. */
export const SEAL_VERSION = 1
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Encryption at rest for ID numbers, bank accounts and second factors, and keyed hashes to look them up by. */
export interface Vault {
  /** AES-256-GCM: version byte, nonce, tag, cipher text. */
  encrypt(text: string): Buffer
  /** Throws when the bytes were altered or belong to another key. */
  decrypt(sealed: Buffer): string
  /** The same for whole files. */
  encryptBytes(bytes: Uint8Array): Buffer
  decryptBytes(sealed: Uint8Array): Buffer
  /** HMAC-SHA-256 under a key of its own for each purpose, so that equal texts of two purposes do not meet. */
  lookupHash(purpose: LookupPurpose, text: string): Buffer
  /** Tells whether a database was written with this key, without telling the key. */
  fingerprint: string
  /** The master key, for a worker thread of this process, which makes its own vault of it. Goes nowhere else. */
  masterForWorker(): Uint8Array
}

export type LookupPurpose = 'id_number' | 'id_number_tail' | 'phone_tail' | 'bank_account' | 'session'

/** A key of its own for each purpose: a key object, prepared once, where a plain buffer would be prepared for each number. */
export const subkeyOf = (master: Buffer, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `tiejun ${purpose}`, KEY_BYTES)))

function cipherWith(key: KeyObject) {
  return {
    encryptBytes: (bytes: Uint8Array): Buffer => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([Buffer.of(SEAL_VERSION), nonce, cipher.getAuthTag(), body])
    },
    decryptBytes: (sealed: Uint8Array): Buffer => {
      if (sealed[0] !== SEAL_VERSION) throw new Error('sealed by an unknown version')
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()])
    },
  }
}

/** The vault of a 32-byte master key. */
export function vaultOf(master: Buffer): Vault {
  if (master.length !== KEY_BYTES) throw new Error(`the key must have ${KEY_BYTES} bytes`)
  const cipher = cipherWith(subkeyOf(master, 'encrypt'))
  const hashKeys = new Map<LookupPurpose, KeyObject>()
  const hashKey = (purpose: LookupPurpose): KeyObject => {
    const known = hashKeys.get(purpose) ?? subkeyOf(master, `lookup ${purpose}`)
    hashKeys.set(purpose, known)
    return known
  }
  return {
    ...cipher,
    encrypt: (text) => cipher.encryptBytes(Buffer.from(text, 'utf8')),
    decrypt: (sealed) => cipher.decryptBytes(sealed).toString('utf8'),
    lookupHash: (purpose, text) => createHmac('sha256', hashKey(purpose)).update(text).digest(),
    fingerprint: createHmac('sha256', subkeyOf(master, 'fingerprint')).digest('hex').slice(0, 32),
    masterForWorker: () => Uint8Array.from(master),
  }
}

/** Reads the master key, or makes one (mode 0600) when the file does not exist yet. Losing it loses the sealed data. */
export async function readOrMakeKey(file: string): Promise<Buffer> {
  try {
    return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const key = randomBytes(KEY_BYTES)
  // 'wx': when two processes start at once, one makes the key and the other reads it.
  await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' }).catch(() => undefined)
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
}
