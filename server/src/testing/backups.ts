import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { readFigures } from '../commands/backup.ts'
import {
  checkKnown,
  confirmRestored,
  type FigureValue,
  findKey,
  openBackup,
  readBackup,
  restoreBackup,
  writeBackup,
} from '../platform/backup/index.ts'
import type { Clock } from '../platform/clock/clock.ts'
import { type DatabaseSettings, openPool } from '../platform/database/pool.ts'
import { subkeyOf } from '../platform/personal-data/vault.ts'

/** The key of the test counties. */
export const TEST_KEY = Buffer.alloc(32, 7)

interface Source {
  pool: pg.Pool
  clock: Clock
  file: string
  onProgress?: (text: string) => void
  signal?: AbortSignal
  passphrase?: string
  master?: Buffer
  /** What the figures are to have been; otherwise they are counted. */
  figures?: FigureValue[]
}

/** A folder for the files of a test; the caller removes it. */
export async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-backup-test-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Backs a county up as the command does, without its entry in the audit. */
export const backUp = ({
  master = TEST_KEY,
  onProgress = () => undefined,
  signal = new AbortController().signal,
  figures,
  ...source
}: Source) => {
  const read = async (snapshot: pg.Pool) => figures ?? readFigures(snapshot, source.clock)
  return writeBackup({ ...source, master, onProgress, signal, readFigures: read }, async () => undefined)
}

interface RestoreChoices {
  keyFile: string
  passphrase?: string
  signal?: AbortSignal
  /** Done to the loaded rows before the last checks. */
  beforeChecks?: (client: pg.PoolClient) => Promise<unknown>
  beforeCommit?: () => Promise<void>
}

/** Restores a file as the command does, every check in the same order. */
export async function restoreFrom(
  file: string,
  place: DatabaseSettings,
  clock: Clock,
  choices: RestoreChoices,
) {
  const { keyFile, passphrase, signal = new AbortController().signal } = choices
  const backup = await openBackup(file)
  await checkKnown(backup.manifest)
  const key = await findKey(backup, keyFile, async () => passphrase ?? '')
  const backupKey = subkeyOf(key.master, 'backup')
  await readBackup(backup, backupKey, signal)
  const pool = openPool(place, 2)
  try {
    const request = { pool, schema: place.schema, backup, backupKey, onProgress: () => undefined, signal }
    return await restoreBackup(request, async (client, loaded) => {
      await choices.beforeChecks?.(client)
      await confirmRestored(client, backup, loaded, { clock, readFigures })
      await choices.beforeCommit?.()
    })
  } finally {
    await pool.end()
  }
}

/** The same file with other bytes, and a digest that fits them again: what somebody does who knows the format. */
export function withDigest(bytes: Buffer): Buffer {
  const body = bytes.subarray(0, -32)
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

/** Where the parts of a backup begin. */
export function partsOf(bytes: Buffer) {
  const manifestLength = bytes.readUInt32BE(13)
  const manifestAt = 17
  const frames: { at: number; kind: number; length: number }[] = []
  for (let at = manifestAt + manifestLength; at < bytes.length - 32;) {
    const length = 5 + bytes.readUInt32BE(at + 1)
    frames.push({ at, kind: bytes.readUInt8(at), length })
    at += length
  }
  return { manifestAt, manifestLength, frames, digestAt: bytes.length - 32 }
}
