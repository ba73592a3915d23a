import type { AddMember, ChangeMember, LeaveHousehold } from '@tiejun/contract/households/card-page.ts'
import type { z } from 'zod'
import { AppError } from '../../platform/http/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'
import { columnFieldsOf, columnsOf, type Values, valuesOf } from './card-values.ts'
import { type CardProblem, newProblems } from './card-fields.rules.ts'
import {
  audited,
  auditedEntry,
  type CardChange,
  changeCard,
  type ChangeContext,
  type Editing,
  editedValues,
  enteredValues,
  PLACE_IN_REQUEST,
  refuse,
  refuseStale,
} from './change-card.ts'
import { findElsewhere, insertRow, listMembers, updateRow } from './households.store.ts'
import {
  checkHousehold,
  checkMember,
  checkStated,
  hasLeft,
  type HouseholdMember,
  repeatedDocuments,
  settledMember,
} from './members.rules.ts'
import type { HouseholdMeans } from './means.ts'
import { personNumberOf } from './sealing.ts'

export const MEMBER = columnFieldsOf('member', 'members')

export interface StandingMember extends HouseholdMember {
  version: number
  changedAt: Date
}

/** Everybody on the card with versions, in the clear. */
export async function standingMembers({ tx, household, vault }: ChangeContext): Promise<StandingMember[]> {
  const rows = await listMembers(tx, household.id)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    changedAt: row.changed_at,
    values: valuesOf(vault, row, MEMBER),
  }))
}

function memberIn(members: StandingMember[], id: string): StandingMember {
  const member = members.find((one) => one.id === id)
  if (!member) throw new AppError('not_found')
  return member
}

export const memberEditing = (today: string): Editing => ({
  entity: 'member',
  fields: MEMBER,
  settle: (values) => settledMember(values, today),
  check: (values) => checkMember(values, today),
})

/** Refuses what the change would make untrue of the members together. */
function refuseTogether(before: HouseholdMember[], after: HouseholdMember[]): void {
  const problems = newProblems(checkHousehold(before), checkHousehold(after))
  refuse(problems.map(({ code }): CardProblem => ({ path: 'relation', code })))
}

/** One person stands on one card: refuses a number that a present member here or elsewhere has. */
export async function refuseTaken(
  { tx, vault }: Pick<ChangeContext, 'tx'> & { vault: Vault },
  householdId: string,
  members: HouseholdMember[],
  member: HouseholdMember,
  place = PLACE_IN_REQUEST,
): Promise<void> {
  const { idNo } = member.values
  if (typeof idNo !== 'string' || hasLeft(member.values)) return
  const others = members.filter((one) => one.id !== member.id)
  if (repeatedDocuments([...others, member], personNumberOf).includes(member.id))
    refuse([{ path: 'idNo', code: 'id_number_repeated' }], place)
  const elsewhere = await findElsewhere(tx, vault.lookupHash('id_number', personNumberOf(idNo)), householdId)
  if (!elsewhere) return
  const params = elsewhere.householdNo ? { householdNo: elsewhere.householdNo } : {}
  refuse([{ path: 'idNo', code: 'id_number_in_other_household', params }], place)
}

async function addMember(
  context: ChangeContext,
  { values: asked }: z.output<typeof AddMember>,
): Promise<CardChange> {
  const { tx, household, vault, facts, today, now } = context
  const members = await standingMembers(context)
  const values = enteredValues(facts, memberEditing(today), asked)
  refuse(checkStated(asked, values, today))
  const id = newId()
  const after = [...members, { id, values }]
  refuseTogether(members, after)
  await refuseTaken(context, household.id, after, { id, values })
  await insertRow(tx, 'members', {
    id,
    household_id: household.id,
    village_code: household.village_code,
    changed_at: now,
    ...columnsOf(vault, values, MEMBER),
  })
  return {
    action: 'household.member_added',
    rowId: id,
    rowLabel: String(values['name']),
    correctedFields: 0,
    before: null,
    after: auditedEntry('member', values),
  }
}

interface MemberChange {
  expectedVersion: number
  values: Values
}

async function changeMember(
  context: ChangeContext,
  id: string,
  { expectedVersion, values: asked }: MemberChange,
  action: 'household.member_changed' | 'household.member_left',
): Promise<CardChange | undefined> {
  const { tx, household, vault, facts, today, now } = context
  const members = await standingMembers(context)
  const member = memberIn(members, id)
  await refuseStale(context, {
    expected: expectedVersion,
    standing: member.version,
    entity: 'member',
    section: 'members',
    rowId: id,
    values: member.values,
    changedAt: member.changedAt,
  })
  const { next, changes } = editedValues(facts, memberEditing(today), member.values, asked)
  refuse(checkStated(asked, next, today))
  if (changes.names.length === 0) return undefined
  const after = members.map((one) => (one.id === id ? { id, values: next } : one))
  refuseTogether(members, after)
  const isReturning = hasLeft(member.values) && !hasLeft(next)
  if (isReturning || changes.names.includes('idNo')) {
    await refuseTaken(context, household.id, after, { id, values: next })
  }
  await updateRow(tx, 'members', id, columnsOf(vault, changes.after, MEMBER), now)
  return {
    action,
    rowId: id,
    rowLabel: String(next['name']),
    // Leaving is an event of its own, not the correction of what was entered.
    correctedFields: action === 'household.member_left' ? 0 : changes.names.length,
    before: audited('member', changes.before, member.values),
    after: audited('member', changes.after, next),
  }
}

function leave(context: ChangeContext, id: string, body: z.output<typeof LeaveHousehold>) {
  const values = { decreaseReason: body.decreaseReason }
  return changeMember(context, id, { ...body, values }, 'household.member_left')
}

/** Who belongs to the household, and who left it. */
export const membersService = (means: HouseholdMeans) => ({
  addMember: (actor: Actor, id: string, body: z.output<typeof AddMember>) =>
    changeCard(means, actor, id, body.reason, (context) => addMember(context, body)),
  changeMember: (actor: Actor, id: string, rowId: string, body: z.output<typeof ChangeMember>) =>
    changeCard(means, actor, id, body.reason, (context) =>
      changeMember(context, rowId, body, 'household.member_changed'),
    ),
  leaveHousehold: (actor: Actor, id: string, rowId: string, body: z.output<typeof LeaveHousehold>) =>
    changeCard(means, actor, id, body.reason, (context) => leave(context, rowId, body)),
})
