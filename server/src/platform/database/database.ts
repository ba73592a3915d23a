import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { type Actor, reachOf, type Reach } from '../permissions/actor.ts'
import type { Clock } from '../clock/clock.ts'
import type { Moment } from '../clock/moment.ts'
import { AppError } from '../http/errors.ts'
import { rolesOf } from './migrate.ts'
import type { DB } from './tables.generated.ts'

/** An open transaction in the application role, with the actor's reach set. */
export type Tx = Transaction<DB>

export interface Database {
  /**
   * Carries out one command: one transaction in the application role, reach set to what `action` allows.
   * Throws `forbidden` when the actor's posts do not give the action; anything thrown rolls everything back.
   */
  asActor<Result>(actor: Actor, action: string, command: (tx: Tx) => Promise<Result>): Promise<Result>
  /**
   * The same for reading only: a read-only transaction in the reports role, one snapshot for all its queries.
   * With `asOf` every query on the registry gives what was known at that instant, with the rights and reach of today;
   * throws `as_of_out_of_range` for an instant to come or before the first record.
   */
  asReader<Result>(
    actor: Actor,
    action: string,
    read: (tx: Tx) => Promise<Result>,
    asOf?: Moment,
  ): Promise<Result>
  /** The pool, for what Kysely cannot do (COPY, LISTEN); set the actor with `beginAsActor` first. */
  pool: pg.Pool
  roles: { app: string; reports: string }
  close(): Promise<void>
}

const FIRST_CODE = '000000000000'
const LAST_CODE = '999999999999'

interface ReachSettings {
  from: string
  to: string
  areas: string
}

/** The bounding range serves the index; the exact multirange is only set when there is more than one range. */
function areaSettings(reach: Reach): ReachSettings {
  if (reach.areas.length === 0 && !reach.own) return { from: '', to: '', areas: '{}' }
  const from = reach.areas.map((range) => range.from).reduce((a, b) => (a < b ? a : b), LAST_CODE)
  const to = reach.areas.map((range) => range.to).reduce((a, b) => (a > b ? a : b), FIRST_CODE)
  const areas = reach.areas.map((range) => `[${range.from},${range.to}]`).join(',')
  // The households one helps may lie anywhere, so they widen the bounding range.
  if (reach.own) return { from: FIRST_CODE, to: LAST_CODE, areas: `{${areas}}` }
  return { from, to, areas: reach.areas.length === 1 ? '' : `{${areas}}` }
}

/** The settings of a transaction, as name and value; empty strings stand for "none". */
export function settingsOf(actor: Actor, reach: Reach, role: string, clock: Clock): [string, string][] {
  const area = areaSettings(reach)
  return [
    ['role', role],
    ['app.area_from', area.from],
    ['app.area_to', area.to],
    ['app.areas', area.areas],
    ['app.own', reach.own ? 'on' : 'off'],
    ['app.all_units', reach.units === 'all' ? 'on' : 'off'],
    ['app.units', reach.units === 'all' || reach.units.length === 0 ? '' : `{${reach.units.join(',')}}`],
    ['app.person', actor.personId ?? ''],
    ['app.account', actor.accountId ?? ''],
    ['app.administrator', actor.administrator ?? 'none'],
    ['app.today', clock.today()],
    ['app.now', clock.now().toISOString()],
  ]
}

async function enter(tx: Tx, settings: [string, string][]): Promise<void> {
  const calls = settings.map(([name, value]) => sql`set_config(${name}, ${value}, true)`)
  await sql`SELECT ${sql.join(calls)}`.execute(tx)
}

/** The first record of the county's registry: nothing is known of the time before; null while there is none. */
export async function findHistoryStart(tx: Tx, calls: RawBuilder<unknown>[] = []): Promise<Date | null> {
  const { rows } = await sql<{ began_at: Date | null }>`
    SELECT ${sql.join([...calls, sql`(SELECT min(began_at) FROM history_beginnings) AS began_at`])}`.execute(
    tx,
  )
  return rows[0]?.began_at ?? null
}

/** Turns a transaction to the past: the views as of an instant come before the tables of the same names. */
async function enterPast(tx: Tx, clock: Clock, { at }: Moment): Promise<void> {
  const calls = [
    sql`set_config('search_path', as_of_path(), true)`,
    sql`set_config('app.as_of', ${at.toISOString()}, true)`,
    // The views cannot be looked into by a join, and the planner takes them for nearly empty: it would compare every
    // row of one with every row of the other.
    sql`set_config('enable_nestloop', 'off', true)`,
  ]
  const earliest = await findHistoryStart(tx, calls)
  const latest = clock.now()
  if (earliest !== null && earliest <= at && at <= latest) return
  throw new AppError('as_of_out_of_range', {
    earliest: earliest?.toISOString() ?? null,
    latest: latest.toISOString(),
  })
}

/** Opens a transaction for an actor on a plain pg client; for COPY. The caller commits or rolls back. */
export async function beginAsActor(
  client: pg.ClientBase,
  actor: Actor,
  action: string,
  role: string,
  clock: Clock,
): Promise<void> {
  const settings = settingsOf(actor, reachOf(actor, action), role, clock)
  await client.query('BEGIN')
  const calls = settings.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`)
  await client.query(`SELECT ${calls.join(', ')}`, settings.flat())
}

/** The database of one county, on an open pool; asks once which schema the search path leads to. */
export async function openDatabase(pool: pg.Pool, clock: Clock): Promise<Database> {
  const { rows } = await pool.query<{ schema: string }>('SELECT current_schema() AS schema')
  const roles = rolesOf(rows[0]?.schema ?? 'public')
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    pool,
    roles,
    asActor: async (actor, action, command) => {
      const settings = settingsOf(actor, reachOf(actor, action), roles.app, clock)
      return kysely.transaction().execute(async (tx) => {
        await enter(tx, settings)
        return command(tx)
      })
    },
    asReader: async (actor, action, read, asOf) => {
      const settings = settingsOf(actor, reachOf(actor, action), roles.reports, clock)
      return kysely
        .transaction()
        .setAccessMode('read only')
        .setIsolationLevel('repeatable read')
        .execute(async (tx) => {
          await enter(tx, settings)
          if (asOf) await enterPast(tx, clock, asOf)
          return read(tx)
        })
    },
    close: () => kysely.destroy(),
  }
}
