import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** argon2id with the parameters of OWASP's password storage advice (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })

export const isPassword = (hashed: string, password: string): Promise<boolean> => verify(hashed, password)

// Without 0 O 1 l I: it is read out or copied from paper once.
const LOWER = 'abcdefghijkmnpqrstuvwxyz'
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const DIGITS = '23456789'
const PATTERN = [UPPER, LOWER, LOWER, LOWER, DIGITS, DIGITS, UPPER, LOWER, LOWER, LOWER, DIGITS, DIGITS]

/** A password for first sign-in: about 50 bits, of three kinds of characters; it must be changed at once. */
export const newOneTimePassword = (): string =>
  PATTERN.map((alphabet) => alphabet[randomInt(alphabet.length)]).join('')
