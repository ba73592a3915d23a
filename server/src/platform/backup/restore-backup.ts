import type { KeyObject } from 'node:crypto'
import { Writable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { MIGRATION_LOCK, listMigrations, migrate } from '../database/migrate.ts'
import { BackupError } from './backup-error.ts'
import type { CopiedTable, FigureValue, Manifest, TableOfBackup } from './backup-file.ts'
import {
  foreignKeysAside,
  isEmpty,
  listTables,
  triggersAside,
  waitAsLongAsItTakes,
  withCopySettings,
} from './catalog.ts'
import { copiedPart, copyOut, inOrder } from './copy-out.ts'
import { type BackupContents, type OpenedBackup, readBackup } from './read-backup.ts'
import { poolInside } from './transaction-pool.ts'

export interface RestoreRequest {
  pool: pg.Pool
  /** The schema asked for when it is not the default one; it need not exist. */
  schema: string | undefined
  backup: OpenedBackup
  backupKey: KeyObject
  /** Told in Chinese how far it is. */
  onProgress: (text: string) => void
  signal: AbortSignal
}

/** What was restored, before the transaction ends. */
export interface LoadedBackup extends BackupContents {
  /** Migrations newer than the backup, applied after it was loaded. */
  upgraded: string[]
}

/**
 * Puts a backup into an empty place and compares every row with it, all in one transaction: it is restored as a whole or not
 * at all.
 * @param beforeCommit the last checks; what it throws undoes everything
 * @throws BackupError when the place is not empty or the contents differ
 */
export async function restoreBackup(
  request: RestoreRequest,
  beforeCommit: (client: pg.PoolClient, loaded: LoadedBackup) => Promise<void>,
): Promise<LoadedBackup> {
  const client = await request.pool.connect()
  let isSound = false
  try {
    // A server that starts now waits here, and finds the county restored.
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query('BEGIN')
    await waitAsLongAsItTakes(client)
    const loaded = await loadAll(client, request)
    await beforeCommit(client, loaded)
    request.signal.throwIfAborted()
    await client.query('COMMIT')
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK])
    isSound = true
    return loaded
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release(!isSound)
  }
}

/** @throws BackupError when the schema the backup was made with is not one this program knows */
export async function checkKnown({ migrations }: Manifest): Promise<void> {
  const known = await listMigrations()
  const isKnown = migrations.every(
    ({ name, hash }, index) => known[index]?.name === name && known[index].hash === hash,
  )
  if (isKnown) return
  throw new BackupError(
    `备份来自另一版程序（数据库变更 ${migrations.at(-1)?.name ?? ''}），本程序没有这些变更：请先升级到备份时的版本或更新的版本，再恢复。`,
    'the backup was made by a newer version of the program; upgrade first',
  )
}

async function loadAll(client: pg.PoolClient, request: RestoreRequest): Promise<LoadedBackup> {
  const { backup, schema, onProgress } = request
  const { manifest } = backup
  if (!(await isEmpty(client))) throw occupied()
  onProgress('正在建立数据库结构')
  await migrate(poolInside(client), schema, manifest.migrations.at(-1)?.name)
  await compareTables(client, manifest.tables)
  const asides = [await foreignKeysAside(client), await triggersAside(client)]
  const run = (statements: readonly string[]) => inOrder(statements, (sql) => client.query(sql))
  await run(asides.flatMap(({ remove }) => remove))
  const contents = await withCopySettings(client, () => loadRows(client, request))
  onProgress('正在恢复表间关系')
  await run(asides.flatMap(({ bring }) => bring))
  await setSequences(client, manifest.sequences)
  const upgraded = await migrate(poolInside(client), schema)
  if (upgraded.length > 0) onProgress(`已升级数据库结构：${upgraded.join('、')}`)
  const names = (await listTables(client)).map(({ name }) => client.escapeIdentifier(name))
  await client.query(`ANALYZE ${names.join(', ')}`)
  return { ...contents, upgraded }
}

const occupied = (): BackupError =>
  new BackupError(
    '这里已有数据，没有恢复任何内容：备份只能恢复到空的地方，请用 DATA_DIR 另指一个空目录（或用 DATABASE_URL 另指一个空的 schema）。',
    'there is data already; restore into an empty DATA_DIR or an empty schema',
  )

/** The migrations must give what the backup describes; otherwise somebody changed that database by hand. */
async function compareTables(client: pg.ClientBase, wanted: readonly TableOfBackup[]): Promise<void> {
  const shapeOf = ({ name, columns }: TableOfBackup) => `${name} (${columns.toSorted().join(', ')})`
  const there = new Set((await listTables(client)).map(shapeOf))
  const missing = wanted.filter((table) => !there.has(shapeOf(table)))
  if (missing.length === 0) return
  throw new BackupError(
    `备份中的表与程序的不一致（${missing.map(({ name }) => name).join('、')}），没有恢复任何内容：备份时的数据库被人改动过结构，请联系维护人员。`,
    'tables of the backup do not have the columns the migrations give them',
  )
}

async function loadRows(client: pg.PoolClient, request: RestoreRequest): Promise<BackupContents> {
  const { backup, backupKey, signal, onProgress } = request
  const { tables } = backup.manifest
  // A migration may have put rows there, which are in the backup as well.
  const names = tables.map(({ name }) => client.escapeIdentifier(name))
  await client.query(`TRUNCATE ${names.join(', ')}`)
  const contents = await readBackup(backup, backupKey, signal, (table) => {
    onProgress(`正在恢复 ${table.label}（${table.name}）`)
    // FREEZE: nobody sees these tables before the transaction ends, and nothing need be written again after it.
    return client.query(copyFrom(`COPY ${copiedPart(client, table)} FROM STDIN WITH (FREEZE)`))
  })
  onProgress('正在逐表核对恢复的内容')
  const written = new Map(contents.tables.map((table) => [table.name, table]))
  await inOrder(tables, (table) => compareRows(client, table, written.get(table.name), signal))
  return contents
}

/** Reads a table back: rows loaded into a new table lie in the order in which they came. */
async function compareRows(
  client: pg.PoolClient,
  table: TableOfBackup,
  written: CopiedTable | undefined,
  signal: AbortSignal,
): Promise<void> {
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() })
  const { rows, sha256 } = await copyOut(client, table, signal, nowhere)
  if (rows === written?.rows && sha256 === written.sha256) return
  throw new BackupError(
    `恢复的${table.label}（${table.name}）与备份不一致，已全部撤回：请换一台机器或数据库服务器再试。`,
    `table ${table.name} does not read back as it was loaded`,
  )
}

async function setSequences(client: pg.ClientBase, sequences: Manifest['sequences']): Promise<void> {
  for (const { name, lastValue } of sequences) {
    await client.query(
      `SELECT setval(oid, $2::bigint) FROM pg_class
       WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace AND relname = $1`,
      [name, lastValue],
    )
  }
}

/** A figure that is not what it was when the backup was made. */
export interface FigureChange {
  label: string
  before: number | null
  after: number | null
}

/** Figures both sides know that differ; a newer program may count more of them. */
export function changedFigures(
  before: readonly FigureValue[],
  after: readonly FigureValue[],
): FigureChange[] {
  const now = new Map(after.map((figure) => [figure.id, figure.value]))
  return before.flatMap(({ id, label, value }) => {
    const found = now.get(id)
    return found === undefined || found === value ? [] : [{ label, before: value, after: found }]
  })
}
