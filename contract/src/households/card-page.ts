import { z } from 'zod'
import { asOfAnswer } from '../platform/as-of.ts'
import { HouseholdAction, MaskedValue } from './allowed.ts'
import {
  Helper,
  HelperInput,
  HouseholdIdentityInput,
  HouseholdStatusInput,
  IncomeYear,
  IncomeYearInput,
  LivingConditions,
  LivingConditionsInput,
  Measure,
  MeasureInput,
  Member,
  MemberInput,
  VillageProfile,
  VillageProfileInput,
} from './card.ts'
import { CARD_SECTIONS } from './fields.ts'
import { identityDerived, identityTyped, statusTyped } from './household.ts'

const instant = z.iso.datetime({ offset: true })
const version = z.number().int().describe('Hand back as expectedVersion when changing this')

const HouseholdIdentity = z
  .object({ ...identityTyped, ...identityDerived })
  .meta({ id: 'HouseholdIdentity', description: '户基本信息' })
const HouseholdStatus = z.object(statusTyped).meta({ id: 'HouseholdStatus', description: '识别与脱贫情况' })

export const CardMember = Member.extend({
  version,
  hasLeft: z.boolean().describe('Left the household: kept for history, not counted'),
  birthOn: Member.shape.birthOn.describe(
    'Null beside a masked ID number, which it would give away: show the age; unmasking idNo brings it',
  ),
}).meta({ id: 'CardMember', description: '卡上的家庭成员' })
export type CardMember = z.infer<typeof CardMember>

export const CardIncomeYear = IncomeYear.extend({
  version,
  povertyLineFen: z
    .number()
    .int()
    .nullable()
    .describe('Line the province worked with in that year, fen per head; null when the pack has none'),
  againstLine: z
    .enum(['above', 'below'])
    .nullable()
    .describe('Net income per head against that line; at the line is above. Null when either is unknown'),
}).meta({ id: 'CardIncomeYear', description: '卡上的一年收入' })
export type CardIncomeYear = z.infer<typeof CardIncomeYear>

export const CardHelper = Helper.extend({
  version,
  personId: z
    .uuid()
    .nullable()
    .describe('The person of the organisation this helper is; gives that person reach'),
  isCurrent: z.boolean().describe('Helping today'),
}).meta({ id: 'CardHelper', description: '卡上的帮扶责任人' })
export type CardHelper = z.infer<typeof CardHelper>

export const CardMeasure = Measure.extend({ version }).meta({
  id: 'CardMeasure',
  description: '卡上的帮扶措施',
})
export type CardMeasure = z.infer<typeof CardMeasure>

/** 户卡: everything of one household, masked; labels and hints are in GET /pack/card-fields. */
export const HouseholdCard = z
  .object({
    id: z.uuid(),
    version: z.number().int().describe('Counts every change of anything on the card'),
    createdAt: instant,
    changedAt: instant,
    correctedFieldCount: z.number().int().describe('Field changes made by hand after entry'),
    allowedActions: z.array(HouseholdAction),
    identity: z.object({ version, values: HouseholdIdentity }),
    status: z.object({ version, values: HouseholdStatus }),
    livingConditions: z.object({
      version: version.nullable().describe('Null while nothing was entered'),
      values: LivingConditions,
    }),
    members: z.array(CardMember).describe('Present members in the order of the card, then those who left'),
    incomeYears: z.array(CardIncomeYear).describe('Latest year first'),
    helpers: z.array(CardHelper).describe('Current ones first'),
    measures: z.array(CardMeasure).describe('Latest first'),
    ...asOfAnswer,
  })
  .meta({ id: 'HouseholdCard', description: '户卡' })
export type HouseholdCard = z.infer<typeof HouseholdCard>

const expectedVersion = z.number().int().describe('The version the editor saw; a later one answers 409')
const expectedOrNew = expectedVersion.nullable().describe('The version the editor saw; null for a new record')
const reason = z.string().trim().max(200).optional().describe('Why, for the history of the card')

/** A change of part of a section: fields left out stay as they were, null empties. */
const changeOf = <Values extends z.ZodObject, Version extends z.ZodType>(values: Values, seen: Version) =>
  z.object({ expectedVersion: seen, values, reason })

const HelperValues = HelperInput.extend({
  personId: z
    .uuid()
    .nullable()
    .optional()
    .describe('The person of the organisation; must not contradict the name'),
}).meta({ id: 'HelperValues', description: '帮扶责任人（录入，可关联人员）' })

export const ChangeIdentity = changeOf(HouseholdIdentityInput.partial(), expectedVersion)
export const ChangeStatus = changeOf(HouseholdStatusInput.partial(), expectedVersion)
export const ChangeLivingConditions = changeOf(LivingConditionsInput.partial(), expectedOrNew)
export const AddMember = z.object({ values: MemberInput, reason })
export const ChangeMember = changeOf(MemberInput.partial(), expectedVersion)
export const LeaveHousehold = z.object({
  expectedVersion,
  decreaseReason: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .describe('Code of decrease_reason'),
  reason,
})
/** Everybody's relation is to the head, so a new head comes with the new relation of every present member. */
export const ChangeHead = z.object({
  expectedVersion: expectedVersion.describe('Version of the whole card'),
  relations: z
    .array(z.object({ memberId: z.uuid(), relation: z.string().regex(/^[a-z0-9_]{1,40}$/) }))
    .min(1)
    .max(99)
    .describe('Every present member exactly once, exactly one of them `head`'),
  reason,
})
export const ChangeIncomeYear = changeOf(IncomeYearInput.omit({ year: true }).partial(), expectedOrNew)
export const AddHelper = z.object({ values: HelperValues, reason })
export const ChangeHelper = changeOf(HelperValues.partial(), expectedVersion)
export const EndHelper = z.object({
  expectedVersion,
  endedOn: z.iso.date().describe('Last day of helping'),
  reason,
})
export const AddMeasure = z.object({ values: MeasureInput, reason })
export const ChangeMeasure = changeOf(MeasureInput.partial(), expectedVersion)

export const NewHousehold = z
  .object({
    identity: HouseholdIdentityInput,
    status: HouseholdStatusInput,
    livingConditions: LivingConditionsInput.optional(),
    members: z.array(MemberInput).min(1).max(30).describe('Exactly one of them the head'),
    reason,
  })
  .meta({ id: 'NewHousehold', description: '新增户' })
export type NewHousehold = z.infer<typeof NewHousehold>

export const UnmaskRequest = z
  .object({
    fields: z.array(MaskedValue).min(1).describe('Which kinds of values to see'),
    reason: z.string().trim().min(2).max(200).describe('Why they are needed; goes into the audit'),
  })
  .meta({ id: 'UnmaskRequest', description: '查看完整信息' })

/** Clear values of the kinds asked for; a value nobody entered is null, a kind not asked for is left out. */
export const Unmasked = z
  .object({
    bankAccount: z.string().nullable().optional(),
    householdPhone: z.string().nullable().optional(),
    members: z.array(
      z.object({
        id: z.uuid(),
        idNo: z.string().nullable().optional(),
        birthOn: z.iso.date().nullable().optional().describe('Comes with idNo'),
        phone: z.string().nullable().optional(),
      }),
    ),
  })
  .meta({ id: 'Unmasked', description: '完整信息' })
export type Unmasked = z.infer<typeof Unmasked>

/** `detail` of a 409 changed_meanwhile: what stands there now, so that the person decides. */
export const ChangedMeanwhile = z
  .object({
    currentVersion: z.number().int(),
    changedBy: z.string().nullable().describe('Display name; null when an import or nobody known did it'),
    changedAt: instant,
    current: z.record(z.string(), z.unknown()).describe('Values of the section or row now, masked'),
  })
  .meta({ id: 'ChangedMeanwhile', description: '他人已修改' })
export type ChangedMeanwhile = z.infer<typeof ChangedMeanwhile>

export const VillageProfilePage = z
  .object({
    villageCode: z.string(),
    villageName: z.string(),
    townshipName: z.string(),
    version: version.nullable().describe('Null while nothing was entered'),
    values: VillageProfile,
    householdCount: z.number().int().describe('Cards of this village within reach'),
    personCount: z.number().int().describe('Present members on them'),
    allowedActions: z.array(z.enum(['edit'])),
    ...asOfAnswer,
  })
  .meta({ id: 'VillageProfilePage', description: '村情' })
export type VillageProfilePage = z.infer<typeof VillageProfilePage>

export const ChangeVillageProfile = changeOf(VillageProfileInput.partial(), expectedOrNew)

export const HistoryAction = z.enum(['created', 'changed', 'added', 'left', 'ended', 'imported', 'unmasked'])

/** 修改记录: one command on this card. */
export const HistoryEntry = z
  .object({
    id: z.string().describe('Unique within the history of one card'),
    occurredAt: instant,
    actorName: z.string().nullable().describe('Null for the system itself'),
    action: HistoryAction,
    section: z.enum(CARD_SECTIONS).nullable().describe('Null when the command touched several'),
    rowLabel: z.string().nullable().describe('Name of the member or helper, year, category of the measure'),
    importId: z.uuid().nullable(),
    reason: z.string().nullable(),
    changes: z.array(
      z.object({
        field: z.string().describe('Key as in GET /pack/card-fields, e.g. member.phone'),
        rowLabel: z.string().nullable().describe('The row, where one command changed several'),
        before: z.unknown().describe('Masked where sensitive; null when it was empty'),
        after: z.unknown(),
      }),
    ),
  })
  .meta({ id: 'HistoryEntry', description: '修改记录' })
export type HistoryEntry = z.infer<typeof HistoryEntry>
