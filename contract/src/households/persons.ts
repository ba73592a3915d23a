import { z } from 'zod'
import { asOfAnswer, asOfQuery } from '../platform/as-of.ts'
import { exportQuery, manyOf, pageOf, pageQuery, sortBy } from '../platform/lists.ts'
import { HouseholdAction } from './allowed.ts'
import { HouseholdPage } from './list.ts'

const code = z.string().regex(/^[a-z0-9_]{1,40}$/)

/** 档卡人员的筛选: every filter narrows the list; one given several times means "one of these". */
export const cardPersonFilters = {
  area: z
    .string()
    .regex(/^\d{12}$/)
    .optional()
    .describe('12-digit code of a county, township or village: that division and everything below it'),
  relation: manyOf(code).describe('Relation to the head of the household'),
  health: manyOf(code).describe('State of health; a person may have several, one that matches is enough'),
  labourSkill: manyOf(code).describe('labour_skill: ability to work'),
  category: manyOf(code).describe('poor_attribute of the household'),
  hasLeft: z
    .enum(['no', 'yes', 'any'])
    .default('no')
    .describe(
      'no: members of a household today, those the figures count; yes: those with a reason for natural decrease',
    ),
  search: z
    .uuid()
    .optional()
    .describe(
      'Id of a search made with POST /households/searches, own ones only. Names, ID numbers and phones find the ' +
        'person; a household number or the phone of a household finds all its members',
    ),
}

/** The columns of the list by which an export may be narrowed; the file follows the order asked for. */
export const CardPersonColumn = z.enum([
  'name',
  'relation',
  'sex',
  'age',
  'idNo',
  'townshipName',
  'villageName',
  'householdNo',
  'headName',
  'poorAttribute',
  'health',
  'labourSkill',
  'phone',
  'decreaseReason',
])
export type CardPersonColumn = z.infer<typeof CardPersonColumn>

// Not by name: the values sorted by stand in the cursor, the cursor in the address.
const cardPersonSort = sortBy('village', 'age').describe(
  'Column to sort by, a leading minus descending; by village, household and place on the card when left out. ' +
    'Unknown ages come last',
)

export const CardPersonListQuery = z.strictObject({
  ...pageQuery,
  ...cardPersonFilters,
  ...asOfQuery,
  sort: cardPersonSort,
})
export type CardPersonListQuery = z.infer<typeof CardPersonListQuery>

export const CardPersonExportQuery = z.strictObject({
  ...cardPersonFilters,
  ...asOfQuery,
  ...exportQuery,
  sort: cardPersonSort,
  columns: manyOf(CardPersonColumn).describe('Columns and their order; all of them when left out'),
})
export type CardPersonExportQuery = z.infer<typeof CardPersonExportQuery>

/** 档卡上的一人. Codes, not labels: the labels are in GET /pack/card-fields. */
export const CardPersonRow = z
  .object({
    id: z.uuid(),
    householdId: z.uuid().describe('The card this person stands on'),
    householdNo: z.string(),
    villageCode: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    name: z.string(),
    relation: z.string(),
    headName: z.string().nullable().describe('Null while the household has no head'),
    sex: z.string().nullable(),
    age: z
      .number()
      .int()
      .nullable()
      .describe('Full years today. Never the birth date, which would complete the masked number'),
    idNo: z.string().nullable().describe('Masked'),
    poorAttribute: z.string().nullable().describe('Of the household'),
    health: z.array(z.string()),
    labourSkill: z.string().nullable(),
    phone: z.string().nullable().describe('Masked'),
    decreaseReason: z.string().nullable().describe('Why this person left; null for members of today'),
    allowedActions: z.array(HouseholdAction).describe('On the card'),
  })
  .meta({ id: 'CardPersonRow', description: '档卡人员列表的一行' })
export type CardPersonRow = z.infer<typeof CardPersonRow>

export const CardPersonPage = pageOf(CardPersonRow)
  .extend({ search: HouseholdPage.shape.search, ...asOfAnswer })
  .meta({ id: 'CardPersonPage', description: '档卡人员列表一页' })
export type CardPersonPage = z.infer<typeof CardPersonPage>
