import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { newId } from '../../../platform/ids.ts'
import { hashPassword } from '../../../platform/sign-in/passwords.ts'
import { DEMO_PASSWORD, demoAccounts } from './accounts.ts'
import { nameDrawer, seededDraw } from './names.ts'
import { type DemoPlaces, planPeople, type PlannedPerson } from './plan.ts'

const SEED = 2018
/** 黄埠镇, where the accounts `township`, `village` and `helper` are at home. */
const HOME_TOWNSHIP = '411722101000'
const STAFFED_TOWNSHIPS = 8
const STAFFED_VILLAGES = 5

interface Person extends PlannedPerson {
  id: string
  name: string
  sex: 'male' | 'female'
  phone: string
}

function placesOf(pack: Pack): DemoPlaces {
  const townships = pack.areas.filter((area) => area.level === 'township').map((area) => area.code)
  const others = townships.filter((code) => code !== HOME_TOWNSHIP)
  const villages = pack.areas.filter((area) => area.level === 'village' && area.parent_code === HOME_TOWNSHIP)
  return {
    townships,
    staffed: [HOME_TOWNSHIP, ...others].slice(0, STAFFED_TOWNSHIPS),
    villages: villages.slice(0, STAFFED_VILLAGES).map((area) => area.code),
  }
}

function drawPeople(pack: Pack): Person[] {
  const draw = seededDraw(SEED)
  const drawName = nameDrawer(draw)
  return planPeople(placesOf(pack)).map((planned, index) => {
    const sex = draw() < 0.68 ? 'male' : 'female'
    // A number range that is given to nobody who could be called by mistake.
    const phone = `1700000${String(index + 1).padStart(4, '0')}`
    return { ...planned, id: newId(), name: drawName(sex), sex, phone }
  })
}

/** Invented people, who holds which post, and the demo accounts. For an empty county with the pack installed. */
export async function installDemoPeople(tx: Tx, pack: Pack, clock: Clock): Promise<void> {
  const people = drawPeople(pack)
  const units = await tx.selectFrom('units').select(['id', 'code']).execute()
  const unitIds = new Map(units.map((unit) => [unit.code, unit.id]))
  await insertPeople(tx, people, unitIds, clock)
  await insertHoldings(tx, people, unitIds, clock)
  await insertAccounts(tx, people, clock)
}

async function insertPeople(
  tx: Tx,
  people: Person[],
  unitIds: Map<string, string>,
  clock: Clock,
): Promise<void> {
  const values = people.map((person) => ({
    id: person.id,
    name: person.name,
    sex: person.sex,
    phone: person.phone,
    political_status: 'party_member',
    home_unit_id: idOf(unitIds, person.homeUnit),
    staff_title: person.staffTitle,
    created_at: clock.now(),
  }))
  await tx.insertInto('persons').values(values).execute()
}

async function insertHoldings(
  tx: Tx,
  people: Person[],
  unitIds: Map<string, string>,
  clock: Clock,
): Promise<void> {
  const posts = await tx.selectFrom('posts').selectAll().execute()
  const postIds = new Map(posts.map((post) => [`${post.post_kind} ${post.unit_id}`, post.id]))
  const values = people.flatMap((person) =>
    person.posts.map((held) => ({
      id: newId(),
      post_id: idOf(postIds, `${held.post} ${idOf(unitIds, held.unit)}`),
      person_id: person.id,
      held_from: held.from,
      held_until: held.until ?? null,
      basis: held.basis,
      end_reason: held.endReason ?? null,
      created_at: clock.now(),
    })),
  )
  await tx.insertInto('post_holdings').values(values).execute()
}

async function insertAccounts(tx: Tx, people: Person[], clock: Clock): Promise<void> {
  const persons = new Map(people.map((person) => [person.username, person]))
  const values = demoAccounts().map(async ({ username, role, administrator }) => ({
    id: newId(),
    username,
    display_name: persons.get(username)?.name ?? role.replace(/（.*/, ''),
    person_id: persons.get(username)?.id ?? null,
    administrator,
    password_hash: await hashPassword(DEMO_PASSWORD),
    must_change_password: false,
    created_at: clock.now(),
  }))
  await tx
    .insertInto('accounts')
    .values(await Promise.all(values))
    .execute()
}

function idOf(ids: Map<string, string>, code: string): string {
  const id = ids.get(code)
  if (id === undefined) throw new Error(`the pack has no ${code}, which the demo county needs`)
  return id
}
