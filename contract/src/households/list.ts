import { z } from 'zod'
import { asOfAnswer, asOfQuery } from '../platform/as-of.ts'
import { exportQuery, manyOf, pageOf, pageQuery, sortBy } from '../platform/lists.ts'
import { HouseholdAction } from './allowed.ts'

const code = z.string().regex(/^[a-z0-9_]{1,40}$/)
const year = z.coerce.number().int().min(1900).max(2100)
const fen = z.coerce.number().int()

/** 档卡列表的筛选: every filter narrows the list; one given several times means "one of these". */
export const householdFilters = {
  area: z
    .string()
    .regex(/^\d{12}$/)
    .optional()
    .describe('12-digit code of a county, township or village: that division and everything below it'),
  category: manyOf(code).describe('poor_attribute: category of the poor household'),
  cause: manyOf(code).describe('Main cause of poverty (poverty_cause); further causes do not count'),
  status: manyOf(code).describe('poverty_status'),
  year: year
    .optional()
    .describe(
      'Year of the income column and of the income filters. When left out: the latest full year for which any ' +
        'household within reach has an income; the answer says which',
    ),
  incomeFromFen: fen.optional().describe('Net income per head in that year at least this, in fen'),
  incomeToFen: fen.optional().describe('Net income per head in that year at most this, in fen'),
  exitYear: year.optional().describe('Year in which the household exited poverty'),
  corrected: z
    .literal('yes')
    .optional()
    .describe('Only cards of which a field was changed by hand after entry (see README)'),
  importId: z.uuid().optional().describe('Households that this import created or changed'),
  search: z.uuid().optional().describe('Id of a search made with POST /households/searches, own ones only'),
}

/** The columns of the list by which an export may be narrowed; the file follows the order asked for. */
export const HouseholdColumn = z.enum([
  'householdNo',
  'townshipName',
  'villageName',
  'headName',
  'headIdNo',
  'memberCount',
  'poorAttribute',
  'povertyStatus',
  'mainCause',
  'exitYear',
  'netPerCapitaFen',
  'householdPhone',
  'changedAt',
])
export type HouseholdColumn = z.infer<typeof HouseholdColumn>

const householdSort = sortBy('village', 'householdNo', 'netPerCapita', 'memberCount', 'changedAt').describe(
  'Column to sort by, a leading minus descending; by village and number when left out. Unknown values come last',
)

export const HouseholdListQuery = z.strictObject({
  ...pageQuery,
  ...householdFilters,
  ...asOfQuery,
  sort: householdSort,
})
export type HouseholdListQuery = z.infer<typeof HouseholdListQuery>

export const HouseholdExportQuery = z.strictObject({
  ...householdFilters,
  ...asOfQuery,
  ...exportQuery,
  sort: householdSort,
  columns: manyOf(HouseholdColumn).describe('Columns and their order; all of them when left out'),
})
export type HouseholdExportQuery = z.infer<typeof HouseholdExportQuery>

/** 列表中的一户. Codes, not labels: the labels are in GET /pack/card-fields. */
export const HouseholdRow = z
  .object({
    id: z.uuid(),
    householdNo: z.string(),
    villageCode: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    headName: z.string().nullable().describe('Null while the household has no head'),
    headIdNo: z.string().nullable().describe('Masked'),
    memberCount: z.number().int().describe('Members who have not left'),
    poorAttribute: z.string().nullable(),
    povertyStatus: z.string().nullable(),
    mainCause: z.string().nullable(),
    exitYear: z.number().int().nullable(),
    netPerCapitaFen: z.number().int().nullable().describe('Net income per head in the year of the list, fen'),
    householdPhone: z.string().nullable().describe('Masked'),
    changedAt: z.iso.datetime({ offset: true }),
    allowedActions: z.array(HouseholdAction),
  })
  .meta({ id: 'HouseholdRow', description: '档卡列表的一行' })
export type HouseholdRow = z.infer<typeof HouseholdRow>

export const SearchKind = z
  .enum(['name', 'id_number', 'last_four', 'number'])
  .describe(
    'name: characters of a name; id_number: a whole ID or disability-card number; last_four: end of an ID number ' +
      'or of a phone number; number: household number or a whole phone number',
  )
export type SearchKind = z.infer<typeof SearchKind>

export const HouseholdPage = pageOf(HouseholdRow)
  .extend({
    year: z.number().int().nullable().describe('Year of netPerCapitaFen; null while nobody has an income'),
    search: z
      .object({ text: z.string(), kind: SearchKind })
      .nullable()
      .describe('What `search` stands for, so that the search box can be filled again'),
    ...asOfAnswer,
  })
  .meta({ id: 'HouseholdPage', description: '档卡列表一页' })
export type HouseholdPage = z.infer<typeof HouseholdPage>

export const HouseholdSearchRequest = z
  .object({
    text: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .describe(
        'One or more characters of a name, an ID number or its last four, a household or phone number',
      ),
  })
  .meta({ id: 'HouseholdSearchRequest', description: '检索词' })

export const HouseholdSearch = z
  .object({ id: z.uuid().describe('Hand to the list as `search`'), kind: SearchKind })
  .meta({ id: 'HouseholdSearch', description: '检索' })
export type HouseholdSearch = z.infer<typeof HouseholdSearch>
