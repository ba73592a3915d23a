import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, type Platform } from '../app.ts'
import { DEMO_PASSWORD, demoAccounts } from '../modules/organisation/index.ts'
import { startSealing } from '../platform/audit/seal.ts'
import { systemClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { migrate } from '../platform/database/migrate.ts'
import { type DatabaseSettings, openPool } from '../platform/database/pool.ts'
import type { HttpSettings } from '../platform/http/server.ts'
import { readOrMakeKey, vaultOf } from '../platform/personal-data/vault.ts'
import type { Settings } from '../platform/settings.ts'
import { type NewAdministrator, prepareCounty } from './prepare-county.ts'
import type { RunningServer, Serve } from './start.ts'

const WEB = join(import.meta.dirname, '../../../web/dist')

const httpSettings = (): HttpSettings => ({
  logLevel: process.env['LOG_LEVEL'] || 'warn',
  requestsPerMinute: 1200,
  signInsPerMinute: 20,
  webDirectory: existsSync(WEB) ? WEB : undefined,
  uploadLimit: 512 * 1024 * 1024,
})

/** Everything a command needs that works on the county: migrated schema, key, pack and demo county in place. */
export async function openCounty(
  settings: Settings,
  database: DatabaseSettings,
  onProgress: (text: string) => void = () => undefined,
): Promise<{ platform: Platform; newAdministrators: NewAdministrator[]; close(): Promise<void> }> {
  const pool = openPool(database)
  onProgress('正在检查数据库结构')
  await migrate(pool, database.schema)
  const db = await openDatabase(pool, systemClock)
  const vault = vaultOf(await readOrMakeKey(settings.keyFile))
  const parts = { db, clock: systemClock, vault }
  const { demo, newAdministrators } = await prepareCounty(parts, settings.county ?? 'demo', onProgress)
  return { platform: { ...parts, demo }, newAdministrators, close: db.close }
}

const demoAccountLine = (): string => {
  const names = demoAccounts().map((account) => account.username)
  return `${names.join('、')}，密码均为 ${DEMO_PASSWORD}`
}

/** Serves the county over HTTP until closed. */
export const serve: Serve = async ({ settings, database, onProgress }): Promise<RunningServer> => {
  const { platform, newAdministrators, close } = await openCounty(settings, database, onProgress)
  const app = await createApp(platform, httpSettings())
  const sealing = startSealing(platform.db, platform.clock, (error) => {
    app.log.error(
      { errorName: error instanceof Error ? error.name : 'unknown' },
      'the audit could not be sealed',
    )
  })
  const url = await app.listen({ port: settings.port, host: settings.host })
  return {
    url,
    close: async () => {
      await app.close()
      await sealing.stop()
      await close()
    },
    summary: [
      ...(platform.demo ? [{ label: '演示账号', value: demoAccountLine() }] : []),
      ...newAdministrators.map(({ username, password }) => ({
        label: `新账号 ${username}`,
        value: `初始密码 ${password}（只显示这一次，首次登录须修改）`,
      })),
      { label: '数据目录', value: settings.databaseUrl ? '由 DATABASE_URL 指定的数据库' : settings.dataDir },
    ],
  }
}
