import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import type { DatabaseSettings } from '../platform/database/pool.ts'
import { execute, onDatabase } from './global-setup.ts'

/** A migrated database for one test file. */
export interface TestDatabase {
  settings: DatabaseSettings
  /** Removes it, also from under connections left open. */
  drop(): Promise<void>
}

/**
 * Clones a template of the run: an empty county, or the demo county without households. A fifth of a second; every migration again would
 * take longer with each of them.
 */
export async function createTestDatabase(county: 'empty' | 'demo' = 'empty'): Promise<TestDatabase> {
  const { server, ...templates } = inject('testServer')
  const template = county === 'empty' ? templates.template : templates.countyTemplate
  const name = `tiejun_test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return {
    settings: { pool: onDatabase(server, name) },
    drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}
