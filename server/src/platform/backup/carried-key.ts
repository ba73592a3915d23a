import { randomBytes, scrypt } from 'node:crypto'
import { vaultOf } from '../personal-data/vault.ts'
import type { SealedKey } from './backup-file.ts'

// OWASP's recommendation for scrypt (2023): N = 2^17, r = 8, p = 1; takes 128 MB and a third of a second.
const COST = 2 ** 17
const BLOCK_SIZE = 8
const KEY_BYTES = 32
const SALT_BYTES = 16

/** Short enough for a person to keep on paper, too long to be tried out. */
export const PASSPHRASE_LEAST_CHARACTERS = 12

const stretch = (passphrase: string, salt: Buffer, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: 256 * BLOCK_SIZE * cost }
    // The same text may be typed as composed or decomposed characters.
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

/** The master key sealed with a passphrase, to travel in a backup. */
export async function sealKey(master: Buffer, passphrase: string): Promise<SealedKey> {
  const salt = randomBytes(SALT_BYTES)
  const sealed = vaultOf(await stretch(passphrase, salt, COST)).encryptBytes(master)
  return { salt: salt.toString('base64'), cost: COST, sealed: sealed.toString('base64') }
}

/** The master key again; undefined when the passphrase is another one. */
export async function openKey(
  { salt, cost, sealed }: SealedKey,
  passphrase: string,
): Promise<Buffer | undefined> {
  const vault = vaultOf(await stretch(passphrase, Buffer.from(salt, 'base64'), cost))
  try {
    return vault.decryptBytes(Buffer.from(sealed, 'base64'))
  } catch {
    return undefined
  }
}
