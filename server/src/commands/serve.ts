import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, type Platform } from '../app.ts'
import { systemClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { migrate } from '../platform/database/migrate.ts'
import { type DatabaseSettings, openPool } from '../platform/database/pool.ts'
import type { HttpSettings } from '../platform/http/server.ts'
import { readOrMakeKey, vaultOf } from '../platform/personal-data/vault.ts'
import type { Settings } from '../platform/settings.ts'
import { prepareCounty } from './prepare-county.ts'
import type { RunningServer, Serve } from './start.ts'

const WEB = join(import.meta.dirname, '../../../web/dist')

const httpSettings = (): HttpSettings => ({
  logLevel: process.env['LOG_LEVEL'] || 'warn',
  requestsPerMinute: 1200,
  webDirectory: existsSync(WEB) ? WEB : undefined,
  uploadLimit: 512 * 1024 * 1024,
})

/** Everything a command needs that works on the county: migrated schema, key, pack and demo county in place. */
export async function openCounty(
  settings: Settings,
  database: DatabaseSettings,
  onProgress: (text: string) => void = () => undefined,
): Promise<{ platform: Platform; close(): Promise<void> }> {
  const pool = openPool(database)
  onProgress('正在检查数据库结构')
  await migrate(pool, database.schema)
  const db = await openDatabase(pool, systemClock)
  const vault = vaultOf(await readOrMakeKey(settings.keyFile))
  const { demo } = await prepareCounty({ db, clock: systemClock, vault }, onProgress)
  return { platform: { db, clock: systemClock, vault, demo }, close: db.close }
}

/** Serves the county over HTTP until closed. */
export const serve: Serve = async ({ settings, database, onProgress }): Promise<RunningServer> => {
  const { platform, close } = await openCounty(settings, database, onProgress)
  const app = await createApp(platform, httpSettings())
  const url = await app.listen({ port: settings.port, host: settings.host })
  return {
    url,
    close: async () => {
      await app.close()
      await close()
    },
    summary: [
      ...(platform.demo ? [{ label: '演示账号', value: '见 README（密码 Tiejun@2018）' }] : []),
      { label: '数据目录', value: settings.databaseUrl ? '由 DATABASE_URL 指定的数据库' : settings.dataDir },
    ],
  }
}
