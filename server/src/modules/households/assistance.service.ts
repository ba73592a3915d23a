import type {
  AddHelper,
  AddMeasure,
  ChangeHelper,
  ChangeMeasure,
  EndHelper,
} from '@tiejun/contract/households/card-page.ts'
import type { z } from 'zod'
import { AppError } from '../../platform/http/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import type { CardAuditAction } from './audit-actions.ts'
import { columnFieldsOf, columnsOf, type Values, valuesOf } from './card-values.ts'
import {
  audited,
  auditedEntry,
  type CardChange,
  changeCard,
  type ChangeContext,
  type Editing,
  editedValues,
  enteredValues,
  refuse,
  refuseStale,
} from './change-card.ts'
import { findHelper, findMeasure, insertRow, updateRow } from './households.store.ts'
import type { HouseholdMeans } from './means.ts'
import { isPerson } from './persons.views.ts'
import { checkHelper, checkMeasure } from './sections.rules.ts'

const HELPER = columnFieldsOf('helper', 'helpers')
const MEASURE = columnFieldsOf('measure', 'measures')

const helperEditing: Editing = { entity: 'helper', fields: HELPER, check: checkHelper }
const measureEditing = (today: string): Editing => ({
  entity: 'measure',
  fields: MEASURE,
  check: (values) => checkMeasure(values, today),
})

const placeOf = ({ household, now }: ChangeContext) => ({
  household_id: household.id,
  village_code: household.village_code,
  changed_at: now,
})

async function refuseUnknownPerson(
  { tx }: ChangeContext,
  personId: string | null | undefined,
): Promise<void> {
  if (personId && !(await isPerson(tx, personId))) refuse([{ path: 'personId', code: 'person_unknown' }])
}

async function addHelper(
  context: ChangeContext,
  { values: asked }: z.output<typeof AddHelper>,
): Promise<CardChange> {
  const { tx, vault, facts } = context
  const { personId, ...entered } = asked
  await refuseUnknownPerson(context, personId)
  const values = enteredValues(facts, helperEditing, entered)
  const id = newId()
  const columns = columnsOf(vault, values, HELPER)
  await insertRow(tx, 'helpers', { id, ...placeOf(context), person_id: personId ?? null, ...columns })
  return {
    action: 'household.helper_added',
    rowId: id,
    rowLabel: String(values['helperName']),
    correctedFields: 0,
    before: null,
    after: auditedEntry('helper', values),
  }
}

interface HelperChange {
  expectedVersion: number
  values: Values & { personId?: string | null }
}

async function changeHelper(
  context: ChangeContext,
  id: string,
  { expectedVersion, values: { personId, ...asked } }: HelperChange,
  action: CardAuditAction,
): Promise<CardChange | undefined> {
  const { tx, household, vault, facts, now } = context
  const row = await findHelper(tx, household.id, id)
  if (!row) throw new AppError('not_found')
  const values = valuesOf(vault, row, HELPER)
  await refuseStale(context, {
    expected: expectedVersion,
    standing: row.version,
    entity: 'helper',
    section: 'helpers',
    rowId: id,
    values: { ...values, personId: row.person_id },
    changedAt: row.changed_at,
  })
  const { next, changes } = editedValues(facts, helperEditing, values, asked)
  const isRelinked = personId !== undefined && personId !== row.person_id
  if (changes.names.length === 0 && !isRelinked) return undefined
  if (isRelinked) await refuseUnknownPerson(context, personId)
  const link = isRelinked ? { person_id: personId } : {}
  await updateRow(tx, 'helpers', id, { ...columnsOf(vault, changes.after, HELPER), ...link }, now)
  return {
    action,
    rowId: id,
    rowLabel: String(next['helperName']),
    // The end of helping is an event, not the correction of what was entered.
    correctedFields: action === 'household.helper_ended' ? 0 : changes.names.length + Number(isRelinked),
    before: {
      ...audited('helper', changes.before, values),
      ...(isRelinked && { 'helper.personId': row.person_id }),
    },
    after: { ...audited('helper', changes.after, next), ...(isRelinked && { 'helper.personId': personId }) },
  }
}

async function addMeasure(
  context: ChangeContext,
  { values: asked }: z.output<typeof AddMeasure>,
): Promise<CardChange> {
  const { tx, vault, facts, today } = context
  const values = enteredValues(facts, measureEditing(today), asked)
  const id = newId()
  await insertRow(tx, 'measures', { id, ...placeOf(context), ...columnsOf(vault, values, MEASURE) })
  return {
    action: 'household.measure_added',
    rowId: id,
    rowLabel: measureLabel(context, values),
    correctedFields: 0,
    before: null,
    after: auditedEntry('measure', values),
  }
}

const measureLabel = ({ facts }: ChangeContext, values: Values): string =>
  facts.labelOf('measure_category', String(values['category']))

async function changeMeasure(
  context: ChangeContext,
  id: string,
  { expectedVersion, values: asked }: z.output<typeof ChangeMeasure>,
): Promise<CardChange | undefined> {
  const { tx, household, vault, facts, today, now } = context
  const row = await findMeasure(tx, household.id, id)
  if (!row) throw new AppError('not_found')
  const values = valuesOf(vault, row, MEASURE)
  await refuseStale(context, {
    expected: expectedVersion,
    standing: row.version,
    entity: 'measure',
    section: 'measures',
    rowId: id,
    values,
    changedAt: row.changed_at,
  })
  const { next, changes } = editedValues(facts, measureEditing(today), values, asked)
  if (changes.names.length === 0) return undefined
  await updateRow(tx, 'measures', id, columnsOf(vault, changes.after, MEASURE), now)
  return {
    action: 'household.measure_changed',
    rowId: id,
    rowLabel: measureLabel(context, next),
    correctedFields: changes.names.length,
    before: audited('measure', changes.before, values),
    after: audited('measure', changes.after, next),
  }
}

/** Who helps the household and what was done for it. */
export const assistanceService = (means: HouseholdMeans) => ({
  addHelper: (actor: Actor, id: string, body: z.output<typeof AddHelper>) =>
    changeCard(means, actor, id, body.reason, (context) => addHelper(context, body)),
  changeHelper: (actor: Actor, id: string, rowId: string, body: z.output<typeof ChangeHelper>) =>
    changeCard(means, actor, id, body.reason, (context) =>
      changeHelper(context, rowId, body, 'household.helper_changed'),
    ),
  endHelper: (actor: Actor, id: string, rowId: string, body: z.output<typeof EndHelper>) =>
    changeCard(means, actor, id, body.reason, (context) =>
      changeHelper(context, rowId, { ...body, values: { endedOn: body.endedOn } }, 'household.helper_ended'),
    ),
  addMeasure: (actor: Actor, id: string, body: z.output<typeof AddMeasure>) =>
    changeCard(means, actor, id, body.reason, (context) => addMeasure(context, body)),
  changeMeasure: (actor: Actor, id: string, rowId: string, body: z.output<typeof ChangeMeasure>) =>
    changeCard(means, actor, id, body.reason, (context) => changeMeasure(context, rowId, body)),
})
