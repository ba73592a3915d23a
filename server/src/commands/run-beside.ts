import type pg from 'pg'
import { locateData } from '../platform/database/embedded/index.ts'
import { openBeside } from '../platform/database/open.ts'
import { openPool } from '../platform/database/pool.ts'
import { readSettings } from '../platform/settings.ts'
import { StartupError } from '../platform/startup-error.ts'

/** PostgreSQL's code for a table that is not there. */
const UNDEFINED_TABLE = '42P01'

function explain(error: unknown): string {
  if (error instanceof StartupError) return error.message
  if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) {
    return '数据库里还没有本系统的表：请先用 npm start 启动一次。'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * Runs a command on the database of this installation, beside a running server or with the database started for it.
 * What keeps it from running is one sentence on standard error and exit code 2, apart from the command's own code.
 */
export async function runBeside(command: (pool: pg.Pool) => Promise<void>): Promise<void> {
  try {
    const opened = await openBeside(await locateData(readSettings()))
    const pool = openPool(opened.database, 2)
    try {
      await command(pool)
    } finally {
      await pool.end()
      await opened.close()
    }
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 2
  }
}
