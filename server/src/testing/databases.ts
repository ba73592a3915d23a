import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import type { DatabaseSettings } from '../platform/database/pool.ts'
import { execute, onDatabase } from './global-setup.ts'

/** A migrated, empty database for one test file. */
export interface TestDatabase {
  settings: DatabaseSettings
  /** Removes it, also from under connections left open. */
  drop(): Promise<void>
}

/** Clones the run's template, a fifth of a second; every migration again would take longer with each of them. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { server, template } = inject('testServer')
  const name = `tiejun_test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return {
    settings: { pool: onDatabase(server, name) },
    drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}
