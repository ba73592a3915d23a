import pg from 'pg'
import { StartupError } from '../startup-error.ts'
import { type DatabaseSettings, databaseSettingsOf } from './pool.ts'

const OLDEST_VERSION = 15
const PATIENCE_MS = 8000

/**
 * The settings of the PostgreSQL server that DATABASE_URL names, after asking it whether it will do.
 * @throws StartupError when it cannot be reached, is older than 15, or does not keep its text in UTF-8
 */
export async function checkServer(databaseUrl: string): Promise<DatabaseSettings> {
  const settings = readUrl(databaseUrl)
  const client = new pg.Client({ ...settings.pool, connectionTimeoutMillis: PATIENCE_MS })
  // A connection that breaks after the query below has nobody else to tell.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number; encoding: string }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
    )
    checkVersion(rows[0]?.version ?? 0)
    checkEncoding(rows[0]?.encoding ?? '')
    return settings
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw unreachable(databaseUrl, error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function readUrl(databaseUrl: string): DatabaseSettings {
  try {
    return databaseSettingsOf(databaseUrl)
  } catch (error) {
    throw new StartupError(
      'DATABASE_URL 中的 schema 名称不可用：请用小写字母开头，只含小写字母、数字和下划线，最长 40 个字符。',
      'the schema in DATABASE_URL must be lower-case letters, digits and underscores, at most 40',
      { cause: error },
    )
  }
}

function checkVersion(version: number): void {
  const major = Math.floor(version / 10_000)
  if (major >= OLDEST_VERSION) return
  throw new StartupError(
    `DATABASE_URL 指向的 PostgreSQL 是 ${major} 版，需要 ${OLDEST_VERSION} 或更高版本：请升级，或去掉 DATABASE_URL 改用随附的数据库。`,
    `PostgreSQL ${major} is too old, ${OLDEST_VERSION} or later is needed`,
  )
}

function checkEncoding(encoding: string): void {
  if (encoding === 'UTF8') return
  throw new StartupError(
    `DATABASE_URL 指向的数据库的字符编码是 ${encoding}，应为 UTF8：请用 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 另建一个。`,
    `the database is in ${encoding}, it must be in UTF8`,
  )
}

function unreachable(databaseUrl: string, error: unknown): StartupError {
  const { hostname, port, pathname } = new URL(databaseUrl)
  const place = `${hostname || 'localhost'}:${port || 5432}${pathname}`
  return new StartupError(
    `无法连接 DATABASE_URL 指向的数据库 ${place}：请检查地址、用户名、密码以及数据库服务是否已启动。`,
    `cannot connect to the database: ${reasonOf(error)}`,
    { cause: error },
  )
}

/** node reports "no address worked" without a message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(String).join('; ')
  return error instanceof Error ? error.message : String(error)
}
