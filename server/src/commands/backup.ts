import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import type pg from 'pg'
import { cockpitService } from '../modules/cockpit/index.ts'
import { recordAudit } from '../platform/audit/record.ts'
import {
  BackupError,
  type FigureValue,
  readKey,
  readNewPassphrase,
  writeBackup,
} from '../platform/backup/index.ts'
import { type Clock, systemClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { locateData } from '../platform/database/embedded/index.ts'
import { openBeside } from '../platform/database/open.ts'
import { openPool } from '../platform/database/pool.ts'
import { countyPack } from '../platform/packs/index.ts'
import { processActor, SELF } from '../platform/permissions/actor.ts'
import { readSettings } from '../platform/settings.ts'
import { tellProgress, withStop } from './with-stop.ts'

const BACKUP = processActor('backup')

interface Options {
  withKey?: boolean
  json?: boolean
}

type Written = Awaited<ReturnType<typeof writeBackup>>

/** 成效数字 of the whole county, as the command `figures` counts them. */
export async function readFigures(pool: pg.Pool, clock: Clock): Promise<FigureValue[]> {
  const service = cockpitService(await openDatabase(pool, clock), clock, countyPack())
  const { figures } = await service.figures(BACKUP)
  return figures.map(({ id, label, value }) => ({ id, label, value }))
}

/** Personal data of the whole county has left the system: the audit says so before the file has its name. */
async function auditBackup(pool: pg.Pool, file: string, written: Written): Promise<void> {
  const db = await openDatabase(pool, systemClock)
  const { county, takenAt, key } = written.manifest
  await db.asActor(BACKUP, SELF, (tx) =>
    recordAudit(tx, systemClock, BACKUP, {
      action: 'county.backed_up',
      recordType: 'county',
      recordId: county?.code,
      recordLabel: county?.name,
      after: {
        file: basename(file),
        takenAt,
        sha256: written.sha256,
        rows: written.summary.rows,
        withKey: key.carried !== null,
      },
    }),
  )
}

async function ownKey(keyFile: string): Promise<Buffer> {
  const master = await readKey(keyFile)
  if (master !== undefined) return master
  throw new BackupError(
    `没有密钥文件 ${keyFile}，没有备份：请用 KEY_FILE 指向本县正在使用的密钥文件。`,
    'the key of this county is not there; set KEY_FILE',
  )
}

async function backup(file: string, options: Options, signal: AbortSignal): Promise<void> {
  const passphrase = options.withKey ? await readNewPassphrase() : undefined
  const settings = await locateData(readSettings())
  const master = await ownKey(settings.keyFile)
  const opened = await openBeside(settings)
  const pool = openPool(opened.database, 2)
  try {
    const request = {
      pool,
      file,
      master,
      passphrase,
      clock: systemClock,
      readFigures: (snapshot: pg.Pool) => readFigures(snapshot, systemClock),
      onProgress: tellProgress,
      signal,
    }
    const written = await writeBackup(request, (done) => auditBackup(pool, file, done))
    print(file, written, options.json === true)
  } finally {
    await pool.end()
    await opened.close()
  }
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

function print(file: string, { manifest, tables, summary, bytes, sha256 }: Written, asJson: boolean): void {
  const { takenAt, county, migrations, key } = manifest
  const withKey = key.carried !== null
  if (asJson) {
    const migration = migrations.at(-1)?.name ?? null
    const result = { file, bytes, sha256, takenAt, county, migration, withKey, tables, ...summary }
    console.log(JSON.stringify(result, null, 2))
    return
  }
  console.log(`已备份 ${tables.length} 张表 ${summary.rows} 行到 ${file}（${megabytes(bytes)} MB）。`)
  console.log(`校验值（SHA-256）：${sha256}`)
  if (!summary.audit.isWhole)
    console.log(`注意：审计链有误（${summary.audit.faults} 处），已照原样备份；请运行 verify 查明。`)
  console.log(
    withKey
      ? '密钥已用口令加密放在备份里：恢复时要输入口令，请把口令另外妥善保管，忘记后无法找回。'
      : '备份里没有密钥：请把密钥文件 secret.key 另外存放一份（不要与备份放在一起），没有它备份无法恢复。',
  )
}

/** `tiejun backup`: the whole county in one file, while the product is running. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('备份全县数据到一个文件（加密）；系统运行时也可以备份')
    .argument('<file>', '备份文件，不能已经存在')
    .option('--with-key', '把密钥用口令加密后一并放入备份（从终端或标准输入读取口令）')
    .option('--json', '输出 JSON')
    .action((file: string, options: Options) => withStop((signal) => backup(resolve(file), options, signal)))
}
