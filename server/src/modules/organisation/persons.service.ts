import type { ChangePerson, NewPerson, PersonDetail } from '@tiejun/contract/organisation/persons.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { dateProblems, maskedPhone } from './organisation.rules.ts'
import { countHeldPosts, findPersonForUpdate, isUnitInReach } from './organisation.store.ts'
import { readPerson } from './persons.views.ts'

const EDIT = 'organisation.edit'

const columnsOf = (person: NewPerson) => ({
  name: person.name,
  sex: person.sex,
  phone: person.phone,
  political_status: person.politicalStatus,
  home_unit_id: person.homeUnitId,
  staff_title: person.staffTitle,
})

type Columns = Record<keyof ReturnType<typeof columnsOf>, string | null> & { left_on?: string | null }

/** The fields that differ, as the audit keeps them: telephone numbers masked. */
function changesOf(before: Columns, after: Columns) {
  const shown = (columns: Columns) => ({
    ...columns,
    phone: columns.phone === null ? null : maskedPhone(columns.phone),
  })
  const names = (Object.keys(after) as (keyof Columns)[]).filter((name) => before[name] !== after[name])
  const pick = (columns: Columns) =>
    Object.fromEntries(names.map((name) => [name, shown(columns)[name] ?? null]))
  return { isChanged: names.length > 0, before: pick(before), after: pick(after) }
}

async function checkHomeUnit(tx: Tx, unitId: string): Promise<void> {
  if (await isUnitInReach(tx, unitId)) return
  throw new AppError('invalid_fields', undefined, [{ path: 'homeUnitId', code: 'unit_out_of_reach' }])
}

async function checkLeaving(tx: Tx, id: string, leftOn: string, today: string): Promise<void> {
  const problems = dateProblems('leftOn', leftOn, today)
  if (problems.length > 0) throw new AppError('invalid_fields', undefined, problems)
  const held = await countHeldPosts(tx, id)
  if (held === 0) return
  throw new AppError('invalid_fields', undefined, [{ path: 'leftOn', code: 'holds_posts', params: { held } }])
}

/** Writes what differs and answers with it; undefined when every value is as it was. */
async function changePerson(tx: Tx, id: string, wanted: ChangePerson, today: string) {
  const person = await findPersonForUpdate(tx, id)
  if (!person) throw new AppError('not_found')
  if (person.version !== wanted.version) throw new AppError('changed_meanwhile', { version: person.version })
  const { homeUnitId, leftOn } = wanted
  if (homeUnitId !== person.home_unit_id) await checkHomeUnit(tx, homeUnitId)
  if (leftOn !== null && leftOn !== person.left_on) await checkLeaving(tx, id, leftOn, today)
  const after = { ...columnsOf(wanted), left_on: leftOn }
  const changes = changesOf(person, after)
  if (!changes.isChanged) return undefined
  await tx
    .updateTable('persons')
    .set({ ...after, version: person.version + 1 })
    .where('id', '=', id)
    .execute()
  return { before: changes.before, after: changes.after }
}

/** Adds and changes the officials of the county; who holds which post is the business of postsService. */
export function personsService(db: Database, clock: Clock) {
  return {
    add: (actor: Actor, person: NewPerson): Promise<PersonDetail> =>
      db.asActor(actor, EDIT, async (tx) => {
        await checkHomeUnit(tx, person.homeUnitId)
        const id = newId()
        await tx
          .insertInto('persons')
          .values({ id, ...columnsOf(person), created_at: clock.now() })
          .execute()
        await recordAudit(tx, clock, actor, {
          action: 'person.added',
          recordType: 'person',
          recordId: id,
          recordLabel: person.name,
          after: { name: person.name, homeUnitId: person.homeUnitId, staffTitle: person.staffTitle },
        })
        return readPerson(tx, actor, id)
      }),

    /** Changes a person; nothing is written when every value is as it was. */
    change: (actor: Actor, id: string, wanted: ChangePerson): Promise<PersonDetail> =>
      db.asActor(actor, EDIT, async (tx) => {
        const changes = await changePerson(tx, id, wanted, clock.today())
        if (changes) {
          await recordAudit(tx, clock, actor, {
            action: 'person.changed',
            recordType: 'person',
            recordId: id,
            recordLabel: wanted.name,
            ...changes,
          })
        }
        return readPerson(tx, actor, id)
      }),
  }
}

export type PersonsService = ReturnType<typeof personsService>
