import pg from 'pg'

const INT8 = 20
const NUMERIC = 1700
const DATE = 1082

// Counts and fen fit a double exactly; areas have two decimals. Dates stay 'YYYY-MM-DD', free of time zones.
pg.types.setTypeParser(INT8, Number)
pg.types.setTypeParser(NUMERIC, Number)
pg.types.setTypeParser(DATE, (text) => text)

/** How to reach the database: a connection string or pg settings, and the schema of the county if not the default. */
export interface DatabaseSettings {
  pool: pg.PoolConfig
  schema?: string
}

const SCHEMA_NAME = /^[a-z][a-z0-9_]{0,39}$/

/** Splits `?schema=NAME` off a DATABASE_URL; one county is one schema. */
export function databaseSettingsOf(databaseUrl: string): DatabaseSettings {
  const url = new URL(databaseUrl)
  const schema = url.searchParams.get('schema') ?? undefined
  url.searchParams.delete('schema')
  if (schema !== undefined && !SCHEMA_NAME.test(schema)) throw new Error(`schema name not usable: ${schema}`)
  return { pool: { connectionString: url.toString() }, schema }
}

/** A pool of connections whose search path is the county's schema. */
export function openPool(settings: DatabaseSettings, max = 12): pg.Pool {
  const searchPath = settings.schema ? `-c search_path=${settings.schema}` : ''
  const pool = new pg.Pool({
    max,
    ...settings.pool,
    options: `${searchPath} -c timezone=Asia/Shanghai -c jit=off`.trim(),
    application_name: 'tiejun',
  })
  // A connection lost while idle is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}
