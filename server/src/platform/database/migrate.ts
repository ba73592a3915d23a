import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
/** Held by whoever changes the schema, and shared by whoever needs it to stay as it is. */
export const MIGRATION_LOCK = 7_411_722

/** The roles of one county: the application (under row-level security) and read-only reports. */
export interface CountyRoles {
  app: string
  reports: string
}

/** Role names are derived from the schema, so that counties on one cluster cannot read each other. */
export function rolesOf(schema: string): CountyRoles {
  return { app: `tiejun_${schema}_app`, reports: `tiejun_${schema}_reports` }
}

async function ensureRoles(client: pg.PoolClient, schema: string): Promise<CountyRoles> {
  const roles = rolesOf(schema)
  for (const role of [roles.app, roles.reports]) {
    const quoted = pg.escapeIdentifier(role)
    await client.query(`DO $$ BEGIN CREATE ROLE ${quoted} NOLOGIN NOBYPASSRLS;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
    // A role that is not a member may not SET ROLE; the creator is not always a superuser. From version 16 on the creator
    // is a member who may give the role to others, but not SET it.
    await client.query(`DO $$ BEGIN IF NOT pg_has_role(current_user, '${role}',
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
      THEN GRANT ${quoted} TO current_user; END IF; EXCEPTION WHEN unique_violation THEN NULL; END $$`)
    await client.query(`GRANT USAGE ON SCHEMA ${pg.escapeIdentifier(schema)} TO ${quoted}`)
  }
  return roles
}

/** The migration files in order: name, text and hash. */
export async function listMigrations() {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(MIGRATIONS, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function prepare(client: pg.PoolClient, wantedSchema: string | undefined) {
  if (wantedSchema) await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(wantedSchema)}`)
  const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema')
  const schema = rows[0]?.schema
  if (!schema) throw new Error('the search path names no schema that exists')
  const roles = await ensureRoles(client, schema)
  await client.query(`CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
  await client.query(`COMMENT ON TABLE migrations IS '数据库变更：已执行的变更脚本'`)
  return roles
}

/**
 * Brings the county's schema to the newest migration; returns the names applied now.
 * Several processes may call it at once: one works, the others wait. Refuses when a landed migration was edited.
 * @param last the migration to stop after, for a schema as it was then
 */
export async function migrate(pool: pg.Pool, wantedSchema?: string, last?: string): Promise<string[]> {
  const client = await pool.connect()
  const applied: string[] = []
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const roles = await prepare(client, wantedSchema)
    const landed = await client.query<{ name: string; hash: string }>('SELECT name, hash FROM migrations')
    const hashes = new Map(landed.rows.map((row) => [row.name, row.hash]))
    for (const migration of await listMigrations()) {
      if (last !== undefined && migration.name > last) break
      const known = hashes.get(migration.name)
      if (known === migration.hash) continue
      if (known) throw new Error(`migration ${migration.name} was changed after it was applied`)
      await client.query('BEGIN')
      await client.query(
        migration.sql
          .replaceAll(/:app\b/g, pg.escapeIdentifier(roles.app))
          .replaceAll(/:reports\b/g, pg.escapeIdentifier(roles.reports)),
      )
      await client.query('INSERT INTO migrations (name, hash) VALUES ($1, $2)', [
        migration.name,
        migration.hash,
      ])
      await client.query('COMMIT')
      applied.push(migration.name)
    }
    return applied
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}

/** Whether the database has exactly the migrations this program was built with; rejects when it does not answer. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string; hash: string }>('SELECT name, hash FROM migrations')
  const hashes = new Map(rows.map((row) => [row.name, row.hash]))
  const wanted = await listMigrations()
  return wanted.every(({ name, hash }) => hashes.get(name) === hash)
}
