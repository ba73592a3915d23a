import { createCipheriv, createDecipheriv, createHash, hkdfSync, type KeyObject } from 'node:crypto'

/** What a frame carries: a piece of a table, the end of a table, the summary. */
export const FRAME = { piece: 1, tableEnd: 2, summary: 3 } as const
export type FrameKind = (typeof FRAME)[keyof typeof FRAME]

export const FRAME_HEAD_BYTES = 5
/** Pieces are a quarter of it; more is no frame of ours. */
export const FRAME_MOST_BYTES = 1024 * 1024
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A key for one file: AES-GCM must never see a nonce twice under one key, and here nonces simply count. */
const keyOfFile = (backupKey: KeyObject, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', backupKey, salt, 'tiejun backup file', KEY_BYTES))

/** What every frame is bound to besides its own bytes: its kind, its place and the manifest before it. */
function bindings(manifest: Buffer) {
  const digest = createHash('sha256').update(manifest).digest()
  let place = 0
  return (kind: number) => {
    const nonce = Buffer.alloc(NONCE_BYTES)
    nonce.writeUInt32BE(place, NONCE_BYTES - 4)
    place += 1
    return { nonce, associated: Buffer.concat([Buffer.of(kind), digest]) }
  }
}

/**
 * Seals the frames of one file in their order with AES-256-GCM: what is changed, moved, left out or taken from another
 * file does not open.
 * @param manifest the bytes of the manifest as they stand in the file
 */
export function frameSealer(backupKey: KeyObject, salt: Buffer, manifest: Buffer) {
  const key = keyOfFile(backupKey, salt)
  const bind = bindings(manifest)
  return (kind: FrameKind, body: Buffer): Buffer => {
    const { nonce, associated } = bind(kind)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated)
    const head = Buffer.alloc(FRAME_HEAD_BYTES)
    head[0] = kind
    head.writeUInt32BE(body.length + TAG_BYTES, 1)
    return Buffer.concat([head, cipher.update(body), cipher.final(), cipher.getAuthTag()])
  }
}

/** Opens what `frameSealer` sealed, in the same order; throws when it is not that. */
export function frameOpener(backupKey: KeyObject, salt: Buffer, manifest: Buffer) {
  const key = keyOfFile(backupKey, salt)
  const bind = bindings(manifest)
  return (kind: number, sealed: Buffer): Buffer => {
    const { nonce, associated } = bind(kind)
    const bodyEnd = sealed.length - TAG_BYTES
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(associated)
      .setAuthTag(sealed.subarray(bodyEnd))
    return Buffer.concat([decipher.update(sealed.subarray(0, bodyEnd)), decipher.final()])
  }
}
