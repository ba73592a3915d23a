import { createHash, randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { createZstdCompress } from 'node:zlib'
import type pg from 'pg'
import product from '../../../../package.json' with { type: 'json' }
import { verifyAudit } from '../audit/verify.ts'
import type { Clock } from '../clock/clock.ts'
import { listMigrations, MIGRATION_LOCK } from '../database/migrate.ts'
import { subkeyOf, vaultOf } from '../personal-data/vault.ts'
import { countyPack } from '../packs/index.ts'
import { BackupError } from './backup-error.ts'
import {
  type CopiedTable,
  DIGEST_BYTES,
  FORMAT_VERSION,
  type FigureValue,
  type Manifest,
  SIGNATURE,
  type Summary,
  type TableOfBackup,
} from './backup-file.ts'
import { sealKey } from './carried-key.ts'
import { listSequences, listTables, waitAsLongAsItTakes, withCopySettings } from './catalog.ts'
import { copyOut, inOrder } from './copy-out.ts'
import { type NewFile, openNewFile } from './new-file.ts'
import { FRAME, type FrameKind, frameSealer } from './sealed-frames.ts'
import { poolInside } from './transaction-pool.ts'

const PIECE_BYTES = 256 * 1024
const SALT_BYTES = 32

export interface BackupRequest {
  pool: pg.Pool
  /** Where the file is to appear; it must not exist. */
  file: string
  /** The master key of the county. */
  master: Buffer
  /** The file carries the master key, sealed with this passphrase. */
  passphrase?: string
  clock: Clock
  /** 成效数字 of the database behind a pool. */
  readFigures: (pool: pg.Pool) => Promise<FigureValue[]>
  /** Told in Chinese how far it is. */
  onProgress: (text: string) => void
  signal: AbortSignal
}

/** What was written. */
export interface WrittenBackup {
  manifest: Manifest
  tables: CopiedTable[]
  summary: Summary
  bytes: number
  /** Of the whole file up to its last 32 bytes, which are it. */
  sha256: string
}

/**
 * Writes a backup of the county as it stands at one instant, while others go on working.
 * @param beforeKeeping done when the file is complete, before it stands under its name
 * @throws BackupError when it cannot be done; nothing is left behind then
 */
export async function writeBackup(
  request: BackupRequest,
  beforeKeeping: (written: WrittenBackup) => Promise<void>,
): Promise<WrittenBackup> {
  const file = await openNewFile(request.file)
  try {
    const written = await inSnapshot(request, (client) => writeAll(client, request, file))
    request.signal.throwIfAborted()
    await beforeKeeping(written)
    await file.keep()
    return written
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** One read-only snapshot, during which nobody changes the schema. */
async function inSnapshot<Result>(
  { pool }: BackupRequest,
  read: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let isSound = false
  try {
    await client.query('SELECT pg_advisory_lock_shared($1)', [MIGRATION_LOCK])
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await waitAsLongAsItTakes(client)
    const result = await read(client)
    await client.query('ROLLBACK')
    await client.query('SELECT pg_advisory_unlock_shared($1)', [MIGRATION_LOCK])
    isSound = true
    return result
  } finally {
    // A COPY broken off half-way leaves the connection full of rows nobody reads.
    if (!isSound) client.connection.stream.destroy()
    client.release(!isSound)
  }
}

async function writeAll(
  client: pg.PoolClient,
  request: BackupRequest,
  file: NewFile,
): Promise<WrittenBackup> {
  const { onProgress, signal } = request
  const isCurrent = await checkMigrations(client)
  await checkKey(client, request.master)
  onProgress('正在核验审计链')
  const audit = await verifyAudit(poolInside(client))
  const figures = isCurrent ? await request.readFigures(poolInside(client)) : null
  const manifest = await describe(client, request)
  const output = outputOf(file, manifest, request.master)
  await output.begin()
  const tables = await withCopySettings(client, () =>
    inOrder(manifest.tables, (table) => {
      onProgress(`正在备份 ${table.label}（${table.name}）`)
      return writeTable(client, table, output, signal)
    }),
  )
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const { isWhole, entries, blocks, unsealed, lastHash, faults } = audit
  const summary: Summary = { rows, audit: { isWhole, entries, blocks, unsealed, lastHash, faults }, figures }
  await output.frame(FRAME.summary, asJson(summary))
  return { manifest, tables, summary, ...(await output.end()) }
}

/** Whether the schema is this program's; an older one can be copied but not be asked for figures. */
async function checkMigrations(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ name: string; hash: string }>('SELECT name, hash FROM migrations')
  const known = new Map((await listMigrations()).map(({ name, hash }) => [name, hash]))
  if (rows.every(({ name, hash }) => known.get(name) === hash)) return rows.length === known.size
  throw new BackupError(
    '数据库由更新版本的程序写成，本程序不能备份它：请用正在运行的那一版程序备份。',
    'the database was written by a newer version; make the backup with that',
  )
}

async function checkKey(client: pg.ClientBase, master: Buffer): Promise<void> {
  const { rows } = await client.query<{ value: string }>(
    `SELECT value FROM county_settings WHERE name = 'key_fingerprint'`,
  )
  if (rows[0] === undefined || rows[0].value === vaultOf(master).fingerprint) return
  throw new BackupError(
    '密钥与数据不符，没有备份：请把 KEY_FILE 指向本县正在使用的密钥文件。',
    'the key is not the one this database was sealed with; set KEY_FILE',
  )
}

async function describe(client: pg.ClientBase, request: BackupRequest): Promise<Manifest> {
  const { master, passphrase, clock } = request
  const server = await client.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int AS version`,
  )
  const pack = await client.query<{ value: string }>(`SELECT value FROM county_settings WHERE name = 'pack'`)
  const migrations = await client.query<{ name: string; hash: string }>(
    'SELECT name, hash FROM migrations ORDER BY name',
  )
  return {
    takenAt: clock.now().toISOString(),
    productVersion: product.version,
    serverVersion: server.rows[0]?.version ?? 0,
    county: countyOf(pack.rows[0]?.value),
    migrations: migrations.rows,
    key: {
      fingerprint: vaultOf(master).fingerprint,
      salt: randomBytes(SALT_BYTES).toString('base64'),
      carried: passphrase === undefined ? null : await sealKey(master, passphrase),
    },
    tables: await listTables(client),
    sequences: await listSequences(client),
  }
}

function countyOf(pack: string | undefined): Manifest['county'] {
  if (pack === undefined) return null
  const { info, areas } = countyPack()
  const name = areas.find(({ code }) => code === info.countyCode)?.name ?? ''
  return { pack, code: info.countyCode, name }
}

async function writeTable(
  client: pg.PoolClient,
  table: TableOfBackup,
  output: Output,
  signal: AbortSignal,
): Promise<CopiedTable> {
  const pieces = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      output.frame(FRAME.piece, piece).then(() => done(), done)
    },
  })
  const end = await copyOut(client, table, signal, createZstdCompress({ chunkSize: PIECE_BYTES }), pieces)
  await output.frame(FRAME.tableEnd, asJson(end))
  return { name: table.name, label: table.label, ...end }
}

const asJson = (value: object): Buffer => Buffer.from(JSON.stringify(value), 'utf8')

/** Puts the parts of a backup into the file and hashes them on the way. */
function outputOf(file: NewFile, manifest: Manifest, master: Buffer) {
  const text = asJson(manifest)
  const seal = frameSealer(subkeyOf(master, 'backup'), Buffer.from(manifest.key.salt, 'base64'), text)
  const hash = createHash('sha256')
  let bytes = 0
  const put = async (part: Buffer) => {
    hash.update(part)
    bytes += part.length
    await file.write(part)
  }
  return {
    begin: async () => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(text.length)
      await put(Buffer.concat([SIGNATURE, Buffer.of(FORMAT_VERSION, 255 - FORMAT_VERSION), length, text]))
    },
    frame: (kind: FrameKind, body: Buffer) => put(seal(kind, body)),
    end: async () => {
      const digest = hash.digest()
      await file.write(digest)
      return { bytes: bytes + DIGEST_BYTES, sha256: digest.toString('hex') }
    },
  }
}
type Output = ReturnType<typeof outputOf>
