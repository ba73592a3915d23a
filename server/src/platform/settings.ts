import { isAbsolute, join, resolve } from 'node:path'
import { StartupError } from './startup-error.ts'

/** What the environment says about one installation. */
export interface Settings {
  /** TCP port of the HTTP server; from PORT, 8080 unless told. */
  port: number
  /** Address the HTTP server listens on; from HOST, 127.0.0.1 unless told. */
  host: string
  /** Absolute folder of everything that must be kept: database, attachments, key; from DATA_DIR, ./data unless told. */
  dataDir: string
  /** A PostgreSQL server (15 or later) to use instead of the embedded one; from DATABASE_URL. */
  databaseUrl: string | undefined
  /** Absolute path of the key that encrypts personal data at rest; from KEY_FILE, <dataDir>/secret.key unless told. */
  keyFile: string
  /** What an empty database is filled with besides the pack; from COUNTY, the demo county unless told. */
  county?: 'demo' | 'empty'
}

type Environment = Record<string, string | undefined>

/**
 * Reads the settings from the environment; relative paths count from `cwd`.
 * An empty variable counts as absent, because that is how compose files and unit files leave one out.
 * @throws StartupError naming the variable when a value cannot be used
 */
export function readSettings(env: Environment = process.env, cwd: string = process.cwd()): Settings {
  const dataDir = absolute(cwd, env['DATA_DIR'] || 'data')
  return {
    port: readPort(env['PORT']),
    host: env['HOST'] || '127.0.0.1',
    dataDir,
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    keyFile: env['KEY_FILE'] ? absolute(cwd, env['KEY_FILE']) : join(dataDir, 'secret.key'),
    county: readCounty(env['COUNTY']),
  }
}

function readCounty(text: string | undefined): 'demo' | 'empty' {
  if (!text || text === 'demo') return 'demo'
  if (text === 'empty') return 'empty'
  throw new StartupError(
    `COUNTY 的值“${text}”无效：演示县请填 demo（或不填），正式使用的空县请填 empty。`,
    `COUNTY must be demo or empty, not "${text}"`,
  )
}

function readPort(text: string | undefined): number {
  if (!text) return 8080
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 1 && port <= 65_535) return port
  throw new StartupError(
    `PORT 的值“${text}”无效：请填 1 到 65535 之间的整数。`,
    `PORT must be a whole number from 1 to 65535, not "${text}"`,
  )
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  // The value is not repeated in the message: it may carry a password.
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text
  throw new StartupError(
    'DATABASE_URL 的格式无效：应形如 postgresql://用户:密码@主机:5432/数据库，密码中的特殊字符须写成 %XX。',
    'DATABASE_URL must look like postgresql://user:password@host:5432/database, with special characters as %XX',
  )
}

function absolute(cwd: string, path: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path)
}
