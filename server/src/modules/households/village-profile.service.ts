import type { ChangeVillageProfile, VillageProfilePage } from '@tiejun/contract/households/card-page.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import { recordAudit } from '../../platform/audit/record.ts'
import { type Moment, momentOf, readAsOf } from '../../platform/clock/moment.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { type Actor, mayDoIn } from '../../platform/permissions/actor.ts'
import { columnFieldsOf, columnsOf, valuesOf } from './card-values.ts'
import { audited, type Editing, editedValues } from './change-card.ts'
import { findLastChange } from './history.views.ts'
import { findVillage, insertRow } from './households.store.ts'
import type { HouseholdMeans } from './means.ts'

const PROFILE = columnFieldsOf('villageProfile', 'villageProfile')
const ACTIONS = ['village_profile.added', 'village_profile.changed']
const editing: Editing = { entity: 'villageProfile', fields: PROFILE, check: () => [] }

const findProfile = (tx: Tx, code: string) =>
  tx.selectFrom('village_profiles').selectAll().where('village_code', '=', code).executeTakeFirst()

async function countCards(tx: Tx, code: string) {
  const { rows } = await sql<{ households: number; persons: number }>`
    SELECT (SELECT count(*) FROM households WHERE village_code = ${code}) AS households,
      (SELECT count(*) FROM members WHERE village_code = ${code} AND decrease_reason IS NULL) AS persons`.execute(
    tx,
  )
  return { householdCount: rows[0]?.households ?? 0, personCount: rows[0]?.persons ?? 0 }
}

async function getPage(
  tx: Tx,
  { vault }: HouseholdMeans,
  actor: Actor,
  code: string,
  moment?: Moment,
): Promise<VillageProfilePage> {
  const village = await findVillage(tx, code)
  if (!village) throw new AppError('not_found')
  const profile = await findProfile(tx, code)
  return {
    villageCode: code,
    villageName: village.name,
    townshipName: village.township_name,
    version: profile?.version ?? null,
    // Typed by the table's columns; the response schema checks every value on the way out.
    values: valuesOf(vault, profile ?? {}, PROFILE) as VillageProfilePage['values'],
    ...(await countCards(tx, code)),
    allowedActions: !moment && mayDoIn(actor, 'households.edit', code) ? ['edit'] : [],
    ...readAsOf(moment),
  }
}

/** Divisions are open to all, so reach is asked here and not of the database. */
function refuseOutOfReach(actor: Actor, action: string, code: string): void {
  if (!mayDoIn(actor, action, code)) throw new AppError('not_found')
}

type Change = z.output<typeof ChangeVillageProfile>
type Standing = Awaited<ReturnType<typeof findProfile>>

async function refuseStale(
  tx: Tx,
  { vault, clock }: HouseholdMeans,
  code: string,
  standing: Standing,
): Promise<never> {
  const last = await findLastChange(tx, { type: 'village_profile', id: code, actions: ACTIONS })
  throw new AppError('changed_meanwhile', {
    currentVersion: standing?.version ?? 0,
    changedBy: last?.actor_name ?? null,
    changedAt: (standing?.changed_at ?? clock.now()).toISOString(),
    current: valuesOf(vault, standing ?? {}, PROFILE),
  })
}

async function change(
  tx: Tx,
  means: HouseholdMeans,
  actor: Actor,
  code: string,
  body: Change,
): Promise<void> {
  const village = await findVillage(tx, code)
  if (!village) throw new AppError('not_found')
  // Nothing to lock before the first entry: two clerks at once wait here for each other.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`village-profile ${code}`}, 0))`.execute(tx)
  const standing = await findProfile(tx, code)
  if ((standing?.version ?? null) !== body.expectedVersion) await refuseStale(tx, means, code, standing)
  const values = valuesOf(means.vault, standing ?? {}, PROFILE)
  const { next, changes } = editedValues(means.facts, editing, values, body.values)
  if (changes.names.length === 0) return
  await writeProfile(tx, means, code, standing !== undefined, columnsOf(means.vault, changes.after, PROFILE))
  await recordAudit(tx, means.clock, actor, {
    action: standing ? 'village_profile.changed' : 'village_profile.added',
    recordType: 'village_profile',
    recordId: code,
    recordLabel: village.name,
    areaCode: code,
    before: standing ? audited('villageProfile', changes.before, values) : null,
    after: audited('villageProfile', changes.after, next),
    reason: body.reason,
  })
}

async function writeProfile(
  tx: Tx,
  { clock }: HouseholdMeans,
  code: string,
  exists: boolean,
  columns: Record<string, unknown>,
): Promise<void> {
  const changed = { ...columns, changed_at: clock.now() }
  if (!exists) return insertRow(tx, 'village_profiles', { village_code: code, ...changed })
  const assignments = Object.entries(changed).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  await sql`UPDATE village_profiles SET ${sql.join(assignments)}, version = version + 1
    WHERE village_code = ${code}`.execute(tx)
}

/** What is entered about a village as such (村情). */
export const villageProfileService = (means: HouseholdMeans) => ({
  profile: async (actor: Actor, code: string, asOf?: string): Promise<VillageProfilePage> => {
    const moment = momentOf(asOf, means.clock)
    const read = async (tx: Tx): Promise<VillageProfilePage> => {
      refuseOutOfReach(actor, 'households.view', code)
      return getPage(tx, means, actor, code, moment)
    }
    return means.db.asReader(actor, 'households.view', read, moment)
  },
  changeProfile: (actor: Actor, code: string, body: Change): Promise<VillageProfilePage> =>
    means.db.asActor(actor, 'households.edit', async (tx) => {
      refuseOutOfReach(actor, 'households.edit', code)
      await change(tx, means, actor, code, body)
      return getPage(tx, means, actor, code)
    }),
})
