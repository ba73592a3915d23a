import type pg from 'pg'
import type { Manifest, TableOfBackup } from './backup-file.ts'

/*
 * What a county consists of is read from the catalogue of its schema, so that a new migration needs no word here.
 * Tables that PostgreSQL itself would lose in a crash (UNLOGGED) are no part of it.
 */

/** Tables whose rows stay behind. A session restored from a file would open the county to an old cookie. */
const LEFT_BEHIND = ['sessions']
/** The manifest has what it says; a restored schema writes its own. */
const KEPT_BY_MIGRATE = ['migrations']

const OURS = `relnamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

/**
 * How COPY writes and reads values, whatever the server and the role have been configured to: text that every version
 * reads alike, rows in the order in which they lie. Row-level security off means an error, not fewer rows, for
 * somebody it applies to.
 */
const COPY_SETTINGS: Record<string, string> = {
  datestyle: "'ISO, YMD'",
  timezone: "'UTC'",
  intervalstyle: "'postgres'",
  extra_float_digits: '3',
  bytea_output: "'hex'",
  row_security: 'off',
  synchronize_seqscans: 'off',
}

/** Runs COPY commands with settings of their own; other queries of the transaction keep those of the connection. */
export async function withCopySettings<Result>(
  client: pg.ClientBase,
  copy: () => Promise<Result>,
): Promise<Result> {
  const set = (values: [string, string][]) =>
    client.query(values.map(([name, value]) => `SET LOCAL ${name} = ${value}`).join('; '))
  await set(Object.entries(COPY_SETTINGS))
  const result = await copy()
  await set(Object.keys(COPY_SETTINGS).map((name) => [name, 'DEFAULT']))
  return result
}

/** A county takes longer than a server may allow its ordinary queries. */
export async function waitAsLongAsItTakes(client: pg.ClientBase): Promise<void> {
  await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0`)
}

/** True when the schema is not there or has no table, view or sequence of ours in it. */
export async function isEmpty(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT FROM pg_class c WHERE ${OURS} AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') LIMIT 1`,
  )
  return rows.length === 0
}

/** The tables to be copied with the columns a row is given; computed columns are computed again. */
export async function listTables(client: pg.ClientBase): Promise<TableOfBackup[]> {
  const { rows } = await client.query<TableOfBackup>(
    `SELECT c.relname::text AS name, coalesce(split_part(obj_description(c.oid, 'pg_class'), '：', 1), '') AS label,
            ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  ORDER BY a.attnum) AS columns
     FROM pg_class c
     WHERE ${OURS} AND relkind = 'r' AND relpersistence = 'p' AND relname <> ALL ($1::text[])
     ORDER BY relname COLLATE "C"`,
    [[...LEFT_BEHIND, ...KEPT_BY_MIGRATE]],
  )
  return rows
}

/**
 * Where the sequences stand that have been used. They are no part of a snapshot and are read after it has been taken,
 * so they stand at or behind every number in it.
 */
export async function listSequences(client: pg.ClientBase): Promise<Manifest['sequences']> {
  const { rows } = await client.query<Manifest['sequences'][number]>(
    `SELECT sequencename::text AS name, last_value::text AS "lastValue" FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename COLLATE "C"`,
  )
  return rows
}

/** Statements that take something away before rows are loaded, and those that bring it back as it was. */
interface Aside {
  remove: string[]
  bring: string[]
}

/**
 * Foreign keys: rows come table by table, in no order that would satisfy them all, and only a superuser may put their
 * checks off. The owner may drop and add them; adding checks every row at once.
 */
export async function foreignKeysAside(client: pg.ClientBase): Promise<Aside> {
  const { rows } = await client.query<Aside>(
    `SELECT array_agg(format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname)) AS remove,
            array_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
                             pg_get_constraintdef(c.oid))) ||
            array_agg(format('COMMENT ON CONSTRAINT %I ON %s IS %L', c.conname, c.conrelid::regclass, d.description))
              FILTER (WHERE d.description IS NOT NULL) AS bring
     FROM pg_constraint c LEFT JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
     WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace AND c.conparentid = 0`,
  )
  return { remove: rows[0]?.remove ?? [], bring: rows[0]?.bring ?? [] }
}

/** Triggers of the schema: what they do was done when the rows were first written, and its results are in the file. */
export async function triggersAside(client: pg.ClientBase): Promise<Aside> {
  const { rows } = await client.query<Aside>(
    `SELECT array_agg(format('ALTER TABLE %s DISABLE TRIGGER %I', t.tgrelid::regclass, t.tgname)) AS remove,
            array_agg(format('ALTER TABLE %s ENABLE %s TRIGGER %I', t.tgrelid::regclass,
              CASE t.tgenabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' ELSE '' END, t.tgname)) AS bring
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE ${OURS} AND NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'D'`,
  )
  return { remove: rows[0]?.remove ?? [], bring: rows[0]?.bring ?? [] }
}
