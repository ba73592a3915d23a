import type {
  CardHelper,
  CardIncomeYear,
  CardMeasure,
  CardMember,
  HouseholdCard,
} from '@tiejun/contract/households/card-page.ts'
import { ageOn } from '@tiejun/contract/standards/id-number.ts'
import { sql } from 'kysely'
import { readAsOf } from '../../platform/clock/moment.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import { allowedActionsOn } from './allowed-actions.ts'
import { type CardRow, columnFieldsOf, maskedValues, valuesOf } from './card-values.ts'
import { incomeColumnsOf } from './income-columns.ts'
import { hasLeft } from './members.rules.ts'
import type { CardMeans } from './means.ts'

// Reads areas (of the areas module) for the names along the village code.
const cardRow = (tx: Tx, id: string) =>
  sql<CardRow>`
    SELECT h.*, to_jsonb(l) AS living, v.name AS village_name, t.name AS township_name, c.name AS county_name,
      p.name AS prefecture_name, r.name AS province_name
    FROM households h
    LEFT JOIN living_conditions l ON l.household_id = h.id
    JOIN areas v ON v.code = h.village_code
    LEFT JOIN areas t ON t.code = v.parent_code
    LEFT JOIN areas c ON c.code = t.parent_code
    LEFT JOIN areas p ON p.code = c.parent_code
    LEFT JOIN areas r ON r.code = p.parent_code
    WHERE h.id = ${id}`.execute(tx)

const IDENTITY = columnFieldsOf('household', 'identity')
const STATUS = columnFieldsOf('household', 'status')
const LIVING = columnFieldsOf('livingConditions', 'livingConditions')
const MEMBER = columnFieldsOf('member', 'members')
const INCOME = columnFieldsOf('incomeYear', 'incomeYears')
const HELPER = columnFieldsOf('helper', 'helpers')
const MEASURE = columnFieldsOf('measure', 'measures')

/** What the tables hold of one card. */
export interface CardRows {
  household: CardRow
  members: CardRow[]
  incomeYears: CardRow[]
  helpers: CardRow[]
  measures: CardRow[]
}

/** Everything on one card, in five queries, in the clear; undefined when absent or out of reach. */
export async function findCardRows(tx: Tx, id: string): Promise<CardRows | undefined> {
  const household = (await cardRow(tx, id)).rows[0]
  if (!household) return undefined
  return {
    household,
    members: await listRows(tx, 'members', id),
    incomeYears: await listRows(tx, 'income_years', id),
    helpers: await listRows(tx, 'helpers', id),
    measures: await listRows(tx, 'measures', id),
  }
}

/** The whole card, masked, in five queries; throws `not_found` when absent or out of reach. */
export async function getCard(tx: Tx, means: CardMeans, id: string): Promise<HouseholdCard> {
  const rows = await findCardRows(tx, id)
  if (!rows) throw new AppError('not_found')
  const { household, members, incomeYears, helpers, measures } = rows
  const shownHelpers = helpers.map((row) => presentHelper(means, row)).sort(currentFirst)
  const isOwn = shownHelpers.some((one) => one.isCurrent && one.personId === means.actor.personId)
  const card = {
    id,
    version: household['version'],
    createdAt: instantOf(household['created_at']),
    changedAt: instantOf(household['changed_at']),
    correctedFieldCount: household['corrected_field_count'],
    allowedActions: allowedActionsOn(means, String(household['village_code']), isOwn),
    ...presentHousehold(means, household, members),
    members: members.map((row) => presentMember(means, row)).sort(byPlaceOnCard),
    incomeYears: incomeYears.map((row) => presentIncomeYear(means, row)).sort((a, b) => b.year - a.year),
    helpers: shownHelpers,
    measures: measures.map((row) => presentMeasure(means, row)).sort(latestFirst),
    ...readAsOf(means.moment),
  }
  // Typed by the tables' columns; the response schema checks every value on the way out.
  return card as HouseholdCard
}

async function listRows(tx: Tx, table: string, householdId: string): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`SELECT * FROM ${sql.table(table)} WHERE household_id = ${householdId}
    ORDER BY id`.execute(tx)
  return rows
}

const instantOf = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value))

function presentHousehold({ vault }: CardMeans, row: CardRow, members: CardRow[]) {
  const present = members.filter((member) => member['decrease_reason'] === null)
  const head = present.find((member) => member['relation'] === 'head')
  const identity = {
    ...valuesOf(vault, row, IDENTITY),
    provinceName: row['province_name'] ?? '',
    prefectureName: row['prefecture_name'] ?? '',
    countyName: row['county_name'] ?? '',
    townshipName: row['township_name'] ?? '',
    villageName: row['village_name'],
    headName: head?.['name'] ?? null,
    headIdNo: head ? valuesOf(vault, head, MEMBER)['idNo'] : null,
    memberCount: present.length,
  }
  const living = row['living']
  const livingRow: CardRow = typeof living === 'object' && living !== null ? { ...living } : {}
  return {
    identity: { version: row['identity_version'], values: maskedValues('household', identity) },
    status: { version: row['status_version'], values: valuesOf(vault, row, STATUS) },
    livingConditions: { version: livingRow['version'] ?? null, values: valuesOf(vault, livingRow, LIVING) },
  }
}

function presentMember({ vault, today }: CardMeans, row: CardRow): CardMember {
  const values = valuesOf(vault, row, MEMBER)
  const { birthOn } = values
  return {
    id: row['id'],
    version: row['version'],
    hasLeft: hasLeft(values),
    ...maskedValues('member', values),
    age: typeof birthOn === 'string' ? ageOn(birthOn, today) : null,
  } as CardMember
}

function byPlaceOnCard(a: CardMember, b: CardMember): number {
  const placeOf = ({ hasLeft: left, relation, orderInHousehold }: CardMember) =>
    (left ? 1000 : 0) + (relation === 'head' && !left ? 0 : (orderInHousehold ?? 100))
  return placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : 1)
}

function presentIncomeYear({ vault, facts }: CardMeans, row: CardRow): CardIncomeYear {
  const povertyLineFen = facts.povertyLineFen(Number(row['year']))
  const perHead = row['net_per_capita_fen']
  const isKnown = povertyLineFen !== null && typeof perHead === 'number'
  return {
    id: row['id'],
    version: row['version'],
    ...valuesOf(vault, row, INCOME),
    ...incomeColumnsOf(row),
    povertyLineFen,
    againstLine: isKnown ? (perHead >= povertyLineFen ? 'above' : 'below') : null,
  } as CardIncomeYear
}

function presentHelper({ vault, today }: CardMeans, row: CardRow): CardHelper {
  const endedOn = row['ended_on']
  return {
    id: row['id'],
    version: row['version'],
    personId: row['person_id'],
    ...valuesOf(vault, row, HELPER),
    isCurrent: typeof endedOn !== 'string' || endedOn >= today,
  } as CardHelper
}

const currentFirst = (a: CardHelper, b: CardHelper): number =>
  Number(b.isCurrent) - Number(a.isCurrent) || (b.startedOn ?? '').localeCompare(a.startedOn ?? '')

const presentMeasure = ({ vault }: CardMeans, row: CardRow): CardMeasure =>
  ({ id: row['id'], version: row['version'], ...valuesOf(vault, row, MEASURE) }) as CardMeasure

const latestFirst = (a: CardMeasure, b: CardMeasure): number =>
  (b.providedOn ?? '').localeCompare(a.providedOn ?? '') || (a.id < b.id ? 1 : -1)
