import { existsSync } from 'node:fs'
import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import {
  checkKnown,
  confirmRestored,
  findKey,
  openBackup,
  readBackup,
  readPassphrase,
  restoreBackup,
} from '../platform/backup/index.ts'
import { systemClock } from '../platform/clock/clock.ts'
import { locateData } from '../platform/database/embedded/index.ts'
import { holdData, type OpenDatabase, openHeld } from '../platform/database/open.ts'
import { openPool } from '../platform/database/pool.ts'
import { subkeyOf } from '../platform/personal-data/vault.ts'
import { readSettings, type Settings } from '../platform/settings.ts'
import { readFigures } from './backup.ts'
import { tellProgress, withStop } from './with-stop.ts'

interface Options {
  dryRun?: boolean
  json?: boolean
}

type Backup = Awaited<ReturnType<typeof openBackup>>
type Key = Awaited<ReturnType<typeof findKey>>
type Restored = Awaited<ReturnType<typeof restoreInto>>

/** The place for the time of the restore: nobody else may have it open. */
async function openPlace(settings: Settings): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return openHeld(settings)
  const lock = await holdData(settings)
  try {
    const opened = await openHeld(settings, tellProgress)
    return { database: opened.database, close: () => opened.close().finally(lock.release) }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Puts a key that came with the backup where the product looks for it. */
async function keepKey(keyFile: string, { master, isCarried }: Key): Promise<void> {
  if (!isCarried) return
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 })
  await writeFile(keyFile, `${master.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
}

async function restoreInto(settings: Settings, backup: Backup, key: Key, signal: AbortSignal) {
  const backupKey = subkeyOf(key.master, 'backup')
  tellProgress('正在检查整个备份文件')
  await readBackup(backup, backupKey, signal)
  const opened = await openPlace(settings)
  const pool = openPool(opened.database, 2)
  const { schema } = opened.database
  let keyWritten = false
  try {
    let confirmation: Awaited<ReturnType<typeof confirmRestored>> | undefined
    const request = { pool, schema, backup, backupKey, onProgress: tellProgress, signal }
    const loaded = await restoreBackup(request, async (client, done) => {
      tellProgress('正在核对审计链和指标')
      confirmation = await confirmRestored(client, backup, done, { clock: systemClock, readFigures })
      // Before the end of the transaction: a county without its key would be worse than a key without a county.
      await keepKey(settings.keyFile, key)
      keyWritten = key.isCarried
    })
    return { ...loaded, ...confirmation }
  } catch (error) {
    if (keyWritten) await rm(settings.keyFile, { force: true })
    throw error
  } finally {
    await pool.end()
    await opened.close()
  }
}

/** Checks that need no place, then those that need a key; only then is anything made. */
async function restore(file: string, options: Options, signal: AbortSignal): Promise<void> {
  const asked = readSettings()
  const backup = await openBackup(file)
  await checkKnown(backup.manifest)
  const isNew = !existsSync(asked.dataDir)
  const settings = await locateData(asked)
  try {
    const key = await findKey(backup, settings.keyFile, () => readPassphrase('请输入备份时设定的口令'))
    if (options.dryRun) {
      const contents = await readBackup(backup, subkeyOf(key.master, 'backup'), signal)
      printChecked(backup, contents.summary.rows, options.json === true)
    } else {
      printRestored(backup, await restoreInto(settings, backup, key, signal), options.json === true)
    }
  } finally {
    // The folder was made to see whether it can be; if nothing has come into it, it goes again.
    if (isNew) await rmdir(settings.dataDir).catch(() => undefined)
  }
}

function printChecked({ path, manifest, sha256 }: Backup, rows: number, asJson: boolean): void {
  const { takenAt, county, tables } = manifest
  if (asJson) {
    console.log(JSON.stringify({ file: path, takenAt, county, sha256, tables: tables.length, rows }, null, 2))
  } else
    console.log(
      `备份完好：${takenAt} 的 ${county?.name ?? '空县'}，${tables.length} 张表 ${rows} 行；没有恢复。`,
    )
}

function printRestored({ path, manifest, sha256 }: Backup, restored: Restored, asJson: boolean): void {
  const { tables, summary, upgraded, figuresEqual, figureChanges = [] } = restored
  const { takenAt, county } = manifest
  const { rows, audit } = summary
  if (asJson) {
    const result = {
      file: path,
      takenAt,
      county,
      sha256,
      upgraded,
      figuresEqual,
      figureChanges,
      tables,
      rows,
      audit,
    }
    console.log(JSON.stringify(result, null, 2))
    return
  }
  console.log(`已恢复 ${takenAt} 的备份：${tables.length} 张表 ${rows} 行，逐表核对一致。`)
  console.log(
    audit.isWhole
      ? `审计链完整，与备份时一致：${audit.entries} 条已封存，末块摘要 ${audit.lastHash ?? '尚无'}。`
      : `审计链与备份时一样有误（${audit.faults} 处）：请运行 verify 查明。`,
  )
  if (figuresEqual !== null && figuresEqual !== undefined)
    console.log(`指标 ${figuresEqual} 项与备份时一致。`)
  for (const { label, before, after } of figureChanges)
    console.log(`本版程序的算法不同：${label} 备份时 ${before ?? '无'}，现在 ${after ?? '无'}。`)
  console.log('现在可以用 npm start 启动；所有人须重新登录。')
}

/** `tiejun restore`: a backup into an empty place. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('把备份恢复到空的地方（空的 DATA_DIR，或 DATABASE_URL 中空的 schema）')
    .argument('<file>', '备份文件')
    .option('--dry-run', '只检查备份文件和密钥，不恢复')
    .option('--json', '输出 JSON')
    .action((file: string, options: Options) => withStop((signal) => restore(resolve(file), options, signal)))
}
