import type { ChangeHead } from '@tiejun/contract/households/card-page.ts'
import type { z } from 'zod'
import type { Actor } from '../../platform/permissions/actor.ts'
import { newProblems } from './card-fields.rules.ts'
import { columnsOf } from './card-values.ts'
import { type CardChange, changeCard, type ChangeContext, refuse, refuseStale } from './change-card.ts'
import { updateRow } from './households.store.ts'
import { checkHousehold, hasLeft, type HouseholdMember } from './members.rules.ts'
import { MEMBER, standingMembers, type StandingMember } from './members.service.ts'
import type { HouseholdMeans } from './means.ts'
import type { PackFacts } from './pack-facts.ts'

type Relations = z.output<typeof ChangeHead>['relations']

const PATH = 'relations'
const isHead = ({ values }: HouseholdMember): boolean => values['relation'] === 'head'

/** The present members with their new relations; refuses a list that leaves somebody out or cannot be true. */
function withRelations(facts: PackFacts, present: StandingMember[], relations: Relations): HouseholdMember[] {
  const relationOf = new Map(relations.map(({ memberId, relation }) => [memberId, relation]))
  const isComplete =
    relationOf.size === present.length &&
    relations.length === present.length &&
    present.every(({ id }) => relationOf.has(id))
  if (!isComplete) refuse([{ path: PATH, code: 'relations_incomplete' }], '')
  if (relations.some(({ relation }) => !facts.hasValue('relation', relation)))
    refuse([{ path: PATH, code: 'unknown_value', params: { enumeration: 'relation' } }], '')
  const after = present.map(({ id, values }) => ({ id, values: { ...values, relation: relationOf.get(id) } }))
  const problems = newProblems(checkHousehold(present), checkHousehold(after))
  refuse(
    problems.map(({ code }) => ({ path: PATH, code })),
    '',
  )
  return after
}

async function changeHead(
  context: ChangeContext,
  { expectedVersion, relations }: z.output<typeof ChangeHead>,
): Promise<CardChange | undefined> {
  const { tx, household, vault, facts, now } = context
  const members = await standingMembers(context)
  await refuseStale(context, {
    expected: expectedVersion,
    standing: household.version,
    entity: 'member',
    section: 'members',
    values: Object.fromEntries(members.map(({ id, values }) => [id, values['relation']])),
    changedAt: household.changed_at,
  })
  const present = members.filter((one) => !hasLeft(one.values))
  const after = withRelations(facts, present, relations)
  const changed = after.filter(
    ({ values }, place) => values['relation'] !== present[place]?.values['relation'],
  )
  if (changed.length === 0) return undefined
  // The old head first: the database allows one head at a time.
  for (const { id, values } of changed.toSorted((a, b) => Number(isHead(a)) - Number(isHead(b)))) {
    await updateRow(tx, 'members', id, columnsOf(vault, { relation: values['relation'] }, MEMBER), now)
  }
  return {
    action: 'household.head_changed',
    rowLabel: String(after.find(isHead)?.values['name'] ?? ''),
    correctedFields: 0,
    before: { rows: relationRows(present, changed) },
    after: { rows: relationRows(after, changed) },
  }
}

/** Several members at once: by member, for the history. */
const relationRows = (members: HouseholdMember[], changed: HouseholdMember[]) =>
  members
    .filter(({ id }) => changed.some((one) => one.id === id))
    .map(({ id, values }) => ({
      rowId: id,
      rowLabel: String(values['name']),
      'member.relation': values['relation'],
    }))

/** Makes somebody else the head; everybody's relation is to the head and changes with it. */
export const headService = (means: HouseholdMeans) => ({
  changeHead: (actor: Actor, id: string, body: z.output<typeof ChangeHead>) =>
    changeCard(means, actor, id, body.reason, (context) => changeHead(context, body)),
})
