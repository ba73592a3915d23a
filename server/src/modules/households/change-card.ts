import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import type { CardEntity, CardField, CardSection } from '@tiejun/contract/households/fields.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { actionsOfSection, type CardAuditAction } from './audit-actions.ts'
import { findLastChange } from './history.views.ts'
import { type CardProblem, checkFields, newProblems, normalised } from './card-fields.rules.ts'
import { masked, maskedValues, type Values } from './card-values.ts'
import { getCard } from './card.views.ts'
import { type Changes, changesOf, keyed, withoutMasked } from './changes.rules.ts'
import { withConstraintsNamed } from './constraint-errors.ts'
import {
  findHouseholdForUpdate,
  type HouseholdTouch,
  type LockedHousehold,
  touchHousehold,
} from './households.store.ts'
import { cardMeans, type HouseholdMeans } from './means.ts'
import type { PackFacts } from './pack-facts.ts'

/** A command on a card while it runs: the household is locked until it ends. */
export interface ChangeContext extends HouseholdMeans {
  tx: Tx
  actor: Actor
  household: LockedHousehold
  now: Date
  today: string
}

/** What a command did; nothing of it leaves in the clear. */
export interface CardChange extends HouseholdTouch {
  action: CardAuditAction
  /** The row of the section, and what people call it. */
  rowId?: string
  rowLabel?: string
  before: Record<string, unknown> | null
  after: Record<string, unknown>
}

/**
 * Carries out one command on a card: locks the household first, so that two people at once come one after the other,
 * lets `work` check and write, counts versions and corrections, writes the one audit entry, and answers with the card.
 * `work` giving undefined means nothing changed: no entry, no new version.
 */
export const changeCard = (
  means: HouseholdMeans,
  actor: Actor,
  id: string,
  reason: string | undefined,
  work: (context: ChangeContext) => Promise<CardChange | undefined>,
): Promise<HouseholdCard> =>
  withConstraintsNamed(() =>
    means.db.asActor(actor, 'households.edit', async (tx) => {
      const household = await findHouseholdForUpdate(tx, id)
      if (!household) throw new AppError('not_found')
      const now = means.clock.now()
      const change = await work({ ...means, tx, actor, household, now, today: means.clock.today() })
      if (change) {
        await touchHousehold(tx, id, change, now)
        await recordAudit(tx, means.clock, actor, auditNote(household, change, reason))
      }
      return getCard(tx, cardMeans(means, actor), id)
    }),
  )

const auditNote = (household: LockedHousehold, change: CardChange, reason: string | undefined) => ({
  action: change.action,
  recordType: 'household',
  recordId: household.id,
  recordLabel: household.household_no,
  areaCode: household.village_code,
  before: change.before,
  after: { ...change.after, rowId: change.rowId, rowLabel: change.rowLabel },
  reason,
})

/** What the editor saw and what stands now. */
export interface Seen {
  expected: number | null
  standing: number | null
  entity: CardEntity
  section: CardSection
  rowId?: string
  values: Values
  changedAt: Date
}

/** Refuses when somebody changed the section meanwhile, telling who, when and to what, so that the person decides. */
export async function refuseStale({ tx, household }: ChangeContext, seen: Seen): Promise<void> {
  if (seen.expected === seen.standing) return
  const last = await findLastChange(tx, {
    type: 'household',
    id: household.id,
    actions: actionsOfSection(seen.section),
    rowId: seen.rowId,
  })
  throw new AppError('changed_meanwhile', {
    currentVersion: seen.standing ?? 0,
    changedBy: last?.actor_name ?? null,
    changedAt: (last?.occurred_at ?? seen.changedAt).toISOString(),
    current: maskedValues(seen.entity, seen.values),
  })
}

export interface Editing {
  entity: CardEntity
  fields: readonly CardField[]
  /** Faults of the section as a whole. */
  check: (values: Values) => CardProblem[]
  /** What follows from other values; nothing unless told. */
  settle?: (values: Values) => Values
}

export const PLACE_IN_REQUEST = 'values.'

export function refuse(problems: readonly CardProblem[], place = PLACE_IN_REQUEST): void {
  if (problems.length === 0) return
  const fields = problems.map((problem) => ({ ...problem, path: `${place}${problem.path}` }))
  throw new AppError('invalid_fields', undefined, fields)
}

/** The section with the values asked for, and what that changes; refuses faults the change brings in. */
export function editedValues(
  facts: PackFacts,
  { entity, fields, check, settle = (values) => values }: Editing,
  standing: Values,
  asked: Values,
): { next: Values; changes: Changes } {
  const entered = withoutMasked(standing, asked, (name, value) => masked(entity, name, value))
  const next = settle({ ...standing, ...normalised(entered, facts) })
  const changes = changesOf(standing, next)
  const problemsOf = (values: Values) => [...checkFields(values, fields, facts), ...check(values)]
  if (changes.names.length > 0) refuse(newProblems(problemsOf(standing), problemsOf(next), changes.names))
  return { next, changes }
}

/** A new row's values; refuses every fault. */
export function enteredValues(
  facts: PackFacts,
  { fields, check, settle = (values) => values }: Editing,
  asked: Values,
  place = PLACE_IN_REQUEST,
): Values {
  const values = settle(normalised(asked, facts))
  refuse([...checkFields(values, fields, facts), ...check(values)], place)
  return values
}

/** Changed values as the audit keeps them: by entity.name, masked, without a birth date that an ID number tells. */
export function audited(entity: CardEntity, changed: Values, whole: Values): Record<string, unknown> {
  const shown = maskedValues(entity, { ...whole, ...changed })
  const names = Object.keys(changed).filter((name) => name !== 'birthOn' || shown['birthOn'] !== null)
  return keyed(entity, Object.fromEntries(names.map((name) => [name, shown[name] ?? null])))
}

/** The entered values of a new row, for the audit: empty ones left out. */
export function auditedEntry(entity: CardEntity, values: Values): Record<string, unknown> {
  const filled = Object.entries(values).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return audited(entity, Object.fromEntries(filled), values)
}
