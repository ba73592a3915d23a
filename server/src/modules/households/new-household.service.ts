import type { HouseholdCard, NewHousehold } from '@tiejun/contract/households/card-page.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { columnFieldsOf, columnsOf, type Values } from './card-values.ts'
import { getCard } from './card.views.ts'
import { auditedEntry, type Editing, enteredValues, refuse } from './change-card.ts'
import { withConstraintsNamed } from './constraint-errors.ts'
import { insertRow } from './households.store.ts'
import { cardMeans, type HouseholdMeans } from './means.ts'
import { checkHousehold, checkStated } from './members.rules.ts'
import { MEMBER, memberEditing, refuseTaken } from './members.service.ts'
import { personNumberOf } from './sealing.ts'
import { checkLivingConditions, checkStatus } from './sections.rules.ts'
import { refuseVillage } from './sections.service.ts'

const IDENTITY = columnFieldsOf('household', 'identity')
const STATUS = columnFieldsOf('household', 'status')
const LIVING = columnFieldsOf('livingConditions', 'livingConditions')

interface Entered {
  identity: Values
  status: Values
  living: Values | undefined
  members: { id: string; values: Values }[]
}

/** Every part checked as entered; faults name their place in the request. */
function checkedEntry({ facts, clock }: HouseholdMeans, body: NewHousehold): Entered {
  const today = clock.today()
  const identity: Editing = { entity: 'household', fields: IDENTITY, check: () => [] }
  const status: Editing = {
    entity: 'household',
    fields: STATUS,
    check: (values) => checkStatus(values, today),
  }
  const living: Editing = {
    entity: 'livingConditions',
    fields: LIVING,
    check: (values) => checkLivingConditions(values, today),
  }
  const members = body.members.map((asked, place) => {
    const values = enteredValues(facts, memberEditing(today), asked, `members.${place}.`)
    refuse(checkStated(asked, values, today), `members.${place}.`)
    return { id: newId(), values }
  })
  const placeOf = (id: string) => members.findIndex((one) => one.id === id)
  const together = checkHousehold(members).map(({ path, code }) => ({
    path: path === '' ? 'members' : `members.${placeOf(path)}.relation`,
    code,
  }))
  refuse(together, '')
  return {
    identity: enteredValues(facts, identity, body.identity, 'identity.'),
    status: enteredValues(facts, status, body.status, 'status.'),
    living: body.livingConditions && enteredValues(facts, living, body.livingConditions, 'livingConditions.'),
    members,
  }
}

/** In the order of their hashes: two commands with the same persons wait for each other instead of locking up. */
async function refuseTakenPersons(
  tx: Tx,
  { vault }: HouseholdMeans,
  householdId: string,
  members: Entered['members'],
): Promise<void> {
  const hashOf = ({ values }: Entered['members'][number]) =>
    vault.lookupHash('id_number', personNumberOf(String(values['idNo'] ?? ''))).toString('hex')
  const inOrder = members.map((member, place) => ({ member, place, hash: hashOf(member) }))
  for (const { member, place } of inOrder.toSorted((a, b) => (a.hash < b.hash ? -1 : 1))) {
    await refuseTaken({ tx, vault }, householdId, members, member, `members.${place}.`)
  }
}

async function insertHousehold(
  tx: Tx,
  { vault, clock }: HouseholdMeans,
  id: string,
  entered: Entered,
): Promise<void> {
  const now = clock.now()
  const place = { village_code: entered.identity['villageCode'], changed_at: now }
  await insertRow(tx, 'households', {
    id,
    created_at: now,
    changed_at: now,
    ...columnsOf(vault, entered.identity, IDENTITY),
    ...columnsOf(vault, entered.status, STATUS),
  })
  if (entered.living) {
    const columns = columnsOf(vault, entered.living, LIVING)
    await insertRow(tx, 'living_conditions', { household_id: id, ...place, ...columns })
  }
  for (const { id: memberId, values } of entered.members) {
    const columns = columnsOf(vault, values, MEMBER)
    await insertRow(tx, 'members', { id: memberId, household_id: id, ...place, ...columns })
  }
}

/** Puts a household on the register. */
export const newHouseholdService = (means: HouseholdMeans) => ({
  create: (actor: Actor, body: NewHousehold): Promise<HouseholdCard> =>
    withConstraintsNamed(() =>
      means.db.asActor(actor, 'households.edit', async (tx) => {
        await refuseVillage({ tx, actor }, body.identity.villageCode, 'identity.')
        const entered = checkedEntry(means, body)
        const id = newId()
        await refuseTakenPersons(tx, means, id, entered.members)
        await insertHousehold(tx, means, id, entered)
        const { identity, status, living, members } = entered
        await recordAudit(tx, means.clock, actor, {
          action: 'household.created',
          recordType: 'household',
          recordId: id,
          recordLabel: String(identity['householdNo']),
          areaCode: String(identity['villageCode']),
          after: {
            ...auditedEntry('household', { ...identity, ...status }),
            ...(living && auditedEntry('livingConditions', living)),
            rows: members.map((member) => ({
              rowId: member.id,
              rowLabel: String(member.values['name']),
              ...auditedEntry('member', member.values),
            })),
          },
          reason: body.reason,
        })
        return getCard(tx, cardMeans(means, actor), id)
      }),
    ),
})
