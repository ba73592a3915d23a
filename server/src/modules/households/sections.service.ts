import type {
  ChangeIdentity,
  ChangeIncomeYear,
  ChangeLivingConditions,
  ChangeStatus,
  HouseholdCard,
} from '@tiejun/contract/households/card-page.ts'
import type { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import { type Actor, mayDoIn } from '../../platform/permissions/actor.ts'
import { columnFieldsOf, columnsOf, valuesOf } from './card-values.ts'
import {
  audited,
  auditedEntry,
  type CardChange,
  changeCard,
  type ChangeContext,
  editedValues,
  enteredValues,
  refuse,
  refuseStale,
} from './change-card.ts'
import {
  findIncomeYear,
  findLivingConditions,
  findVillage,
  insertRow,
  updateLivingConditions,
  updateRow,
} from './households.store.ts'
import type { HouseholdMeans } from './means.ts'
import { checkIncomeYear, checkLivingConditions, checkStatus } from './sections.rules.ts'

const IDENTITY = columnFieldsOf('household', 'identity')
const STATUS = columnFieldsOf('household', 'status')
const LIVING = columnFieldsOf('livingConditions', 'livingConditions')
const INCOME = columnFieldsOf('incomeYear', 'incomeYears')

type Change<Body extends z.ZodType> = (
  actor: Actor,
  id: string,
  body: z.output<Body>,
) => Promise<HouseholdCard>

/** A card may only be moved to a village where the actor may change cards as well. */
export async function refuseVillage(
  { tx, actor }: Pick<ChangeContext, 'tx' | 'actor'>,
  code: string,
  place?: string,
): Promise<void> {
  const path = 'villageCode'
  if (!(await findVillage(tx, code))) return refuse([{ path, code: 'village_unknown' }], place)
  if (!mayDoIn(actor, 'households.edit', code)) refuse([{ path, code: 'village_out_of_reach' }], place)
}

async function changeHouseholdSection(
  context: ChangeContext,
  section: 'identity' | 'status',
  { expectedVersion, values: asked }: { expectedVersion: number; values: Record<string, unknown> },
): Promise<CardChange | undefined> {
  const { household, vault, facts, today } = context
  const fields = section === 'identity' ? IDENTITY : STATUS
  const entity = 'household'
  const values = valuesOf(vault, household, fields)
  const standing = section === 'identity' ? household.identity_version : household.status_version
  const changedAt = household.changed_at
  await refuseStale(context, { expected: expectedVersion, standing, entity, section, values, changedAt })
  const check = section === 'identity' ? () => [] : (next: typeof values) => checkStatus(next, today)
  const { next, changes } = editedValues(facts, { entity, fields, check }, values, asked)
  if (changes.names.length === 0) return undefined
  if (changes.names.includes('villageCode')) await refuseVillage(context, String(next['villageCode']))
  return {
    action: section === 'identity' ? 'household.identity_changed' : 'household.status_changed',
    section,
    columns: columnsOf(vault, changes.after, fields),
    correctedFields: changes.names.length,
    before: audited(entity, changes.before, values),
    after: audited(entity, changes.after, next),
  }
}

async function changeLivingConditions(
  context: ChangeContext,
  { expectedVersion, values: asked }: z.output<typeof ChangeLivingConditions>,
): Promise<CardChange | undefined> {
  const { tx, household, vault, facts, today, now } = context
  const entity = 'livingConditions'
  const row = await findLivingConditions(tx, household.id)
  const values = valuesOf(vault, row ?? {}, LIVING)
  await refuseStale(context, {
    expected: expectedVersion,
    standing: row?.version ?? null,
    entity,
    section: entity,
    values,
    changedAt: row?.changed_at ?? household.changed_at,
  })
  const editing = {
    entity,
    fields: LIVING,
    check: (next: typeof values) => checkLivingConditions(next, today),
  } as const
  const { next, changes } = editedValues(facts, editing, values, asked)
  if (changes.names.length === 0) return undefined
  const columns = columnsOf(vault, changes.after, LIVING)
  if (row) await updateLivingConditions(tx, household.id, columns, now)
  else
    await insertRow(tx, 'living_conditions', {
      household_id: household.id,
      village_code: household.village_code,
      changed_at: now,
      ...columns,
    })
  return {
    action: row ? 'household.living_conditions_changed' : 'household.living_conditions_added',
    correctedFields: row ? changes.names.length : 0,
    before: row ? audited(entity, changes.before, values) : null,
    after: audited(entity, changes.after, next),
  }
}

async function changeIncomeYear(
  context: ChangeContext,
  year: number,
  { expectedVersion, values: asked }: z.output<typeof ChangeIncomeYear>,
): Promise<CardChange | undefined> {
  const { tx, household, vault, facts, today, now } = context
  const entity = 'incomeYear'
  const section = 'incomeYears'
  const row = await findIncomeYear(tx, household.id, year)
  const values = row ? valuesOf(vault, row, INCOME) : { year }
  await refuseStale(context, {
    expected: expectedVersion,
    standing: row?.version ?? null,
    entity,
    section,
    rowId: row?.id,
    values,
    changedAt: row?.changed_at ?? household.changed_at,
  })
  const editing = {
    entity,
    fields: INCOME,
    check: () => checkIncomeYear(year, today),
  } as const
  if (!row) {
    const entered = enteredValues(facts, editing, { ...asked, year })
    const id = newId()
    await insertRow(tx, 'income_years', {
      id,
      household_id: household.id,
      village_code: household.village_code,
      changed_at: now,
      ...columnsOf(vault, entered, INCOME),
    })
    const after = auditedEntry(entity, entered)
    const action = 'household.income_year_added'
    return { action, rowId: id, rowLabel: String(year), correctedFields: 0, before: null, after }
  }
  const { next, changes } = editedValues(facts, editing, values, asked)
  if (changes.names.length === 0) return undefined
  await updateRow(tx, 'income_years', row.id, columnsOf(vault, changes.after, INCOME), now)
  return {
    action: 'household.income_year_changed',
    rowId: row.id,
    rowLabel: String(year),
    correctedFields: changes.names.length,
    before: audited(entity, changes.before, values),
    after: audited(entity, changes.after, next),
  }
}

/** Changes of the parts of a card that stand once in it, and of its income years. */
export const sectionsService = (means: HouseholdMeans) => {
  const changeIdentity: Change<typeof ChangeIdentity> = (actor, id, body) =>
    changeCard(means, actor, id, body.reason, (context) => changeHouseholdSection(context, 'identity', body))
  const changeStatus: Change<typeof ChangeStatus> = (actor, id, body) =>
    changeCard(means, actor, id, body.reason, (context) => changeHouseholdSection(context, 'status', body))
  return {
    changeIdentity,
    changeStatus,
    changeLivingConditions: (actor: Actor, id: string, body: z.output<typeof ChangeLivingConditions>) =>
      changeCard(means, actor, id, body.reason, (context) => changeLivingConditions(context, body)),
    changeIncomeYear: (actor: Actor, id: string, year: number, body: z.output<typeof ChangeIncomeYear>) =>
      changeCard(means, actor, id, body.reason, (context) => changeIncomeYear(context, year, body)),
  }
}
