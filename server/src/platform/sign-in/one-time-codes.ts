import { Secret, TOTP } from 'otpauth'

const TOTP_SECONDS = 30
const SECRET_BYTES = 20
const ISSUER = '铁军'

/** A new secret in base32, of the 160 bits RFC 4226 recommends. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** The codes of a secret, six digits every 30 seconds. */
export const totpOf = (username: string, base32: string): TOTP =>
  new TOTP({ issuer: ISSUER, label: username, secret: Secret.fromBase32(base32), period: TOTP_SECONDS })

/** The time step a code belongs to; null when it is wrong, or of a step already used (RFC 6238, 5.2). */
export function acceptedStep(totp: TOTP, code: string, now: Date, lastStep: number | null): number | null {
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / TOTP_SECONDS) + delta
  return lastStep !== null && step <= lastStep ? null : step
}
