import { z } from 'zod'

/**
 * 政策包: a folder of YAML and CSV files that carries everything of a county, a year and a policy. These shapes check
 * each file by itself; what one file says about another is checked by the loader (server/src/platform/packs).
 */

/** Chinese and English wording; further languages are the web's business. */
export const Words = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })
export type Words = z.infer<typeof Words>

/** Short English code that records store, such as `illness`. */
export const PackCode = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
/** Units may also carry the codes of an official list, such as D01. */
export const UnitCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)
const AreaCode = z.string().regex(/^\d{12}$/)
const Year = z.int().min(1900).max(2100)

export const PackInfo = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: Words,
  countyCode: AreaCode.describe('The county this pack is for'),
  telephone: z
    .strictObject({ code: z.string().regex(/^0\d{2,3}$/), digits: z.int().min(7).max(8) })
    .describe('Area code of local landlines and how many digits their numbers have'),
  validFrom: z.iso.date(),
  validUntil: z.iso.date().nullable().describe('Last day in force; null while it is'),
  source: z.string().trim().min(1).describe('Sources of the facts in this pack'),
})
export type PackInfo = z.infer<typeof PackInfo>

export const AreaLevel = z.enum(['province', 'prefecture', 'county', 'township', 'village'])
export type AreaLevel = z.infer<typeof AreaLevel>

/** One row of areas.csv. */
export const PackArea = z.strictObject({
  code: AreaCode,
  name: z.string().trim().min(1),
  level: AreaLevel,
  parent_code: AreaCode.or(z.literal('')),
})
export type PackArea = z.infer<typeof PackArea>

/** Kinds listed in units.yaml; township and village units follow from the areas. */
export const ListedUnitKind = z.enum(['leading_group', 'office', 'working_group', 'department'])
export const UnitKind = z.enum([...ListedUnitKind.options, 'township', 'village'])
export type UnitKind = z.infer<typeof UnitKind>

export const PackUnit = z.strictObject({
  code: UnitCode,
  kind: ListedUnitKind,
  name: Words,
  shortName: z.string().trim().min(1).optional().describe('How the office calls it, such as 县财政局'),
  parent: UnitCode.nullable(),
  feeders: z.array(UnitCode).default([]).describe('Departments whose work a working group draws on'),
  formerNames: z.string().optional(),
  sector: Words.optional().describe('Field of work'),
  nature: z.string().optional().describe('党委工作机关, 政府工作部门 …'),
  role: z.string().optional().describe('Part in poverty alleviation'),
})
export type PackUnit = z.infer<typeof PackUnit>
export const PackUnits = z.strictObject({ units: z.array(PackUnit).min(1) })

/** What posts may allow. Administrators' matters (accounts, permissions, audit) are not given by posts. */
export const PostAction = z.enum([
  'areas.view',
  'organisation.view',
  'organisation.edit',
  'organisation.assign',
  'households.view',
  'households.edit',
  'households.unmask',
  'households.export',
  'households.import',
  'figures.view',
])
export type PostAction = z.infer<typeof PostAction>

/** `area`: the area of the post's unit and everything below; `unit`: records of that unit; `own`: one's own cases. */
export const PostReach = z.enum(['area', 'unit', 'own'])
export type PostReach = z.infer<typeof PostReach>

export const PackPost = z.strictObject({
  code: PackCode,
  title: Words,
  at: z
    .union([
      z.strictObject({ units: z.array(UnitCode).min(1) }),
      z.strictObject({ each: z.array(UnitKind).min(1) }),
    ])
    .describe('The units that have this post: named ones, or every unit of some kinds'),
  actions: z.array(PostAction),
  reach: PostReach,
  holders: z.int().min(1).nullable().describe('Most persons who hold it in one unit; null for any number'),
  basis: z.string().trim().min(1).describe('Document or report the post rests on'),
})
export type PackPost = z.infer<typeof PackPost>
export const PackPosts = z.strictObject({ posts: z.array(PackPost).min(1) })

export const EnumerationValue = z.strictObject({
  code: PackCode,
  zh: z.string().trim().min(1),
  en: z.string().trim().min(1),
  national: z.string().optional().describe('Code in the national standard or system'),
  synonyms: z.array(z.string().min(1)).default([]).describe('Other spellings the import accepts'),
  from: Year.optional().describe('First year in force; absent when always'),
  until: Year.optional().describe('Last year in force; absent when still'),
})
export type EnumerationValue = z.infer<typeof EnumerationValue>

export const PackEnumeration = z.strictObject({
  name: Words,
  basis: z.string().optional().describe('National standard or where the values are attested'),
  values: z.array(EnumerationValue).min(1),
})
export type PackEnumeration = z.infer<typeof PackEnumeration>
export const PackEnumerations = z.strictObject({
  enumerations: z.record(PackCode, PackEnumeration),
  yesNo: z.strictObject({ yes: z.array(z.string()).min(1), no: z.array(z.string()).min(1) }),
})

/** Sheets of the import template; 户 carries household and living conditions. */
export const TemplateSheet = z.enum(['户', '人', '收入'])
export type TemplateSheet = z.infer<typeof TemplateSheet>

export const PackField = z.strictObject({
  field: z
    .string()
    .regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z0-9]*$/)
    .describe('entity.name of the contract, e.g. member.idNo'),
  zh: z
    .string()
    .trim()
    .min(1)
    .describe('Label exactly as the national system prints it, the header that the import expects'),
  short: z.string().trim().min(1).optional().describe('Label on screen where the printed one is clumsy'),
  en: z.string().trim().min(1),
  hint: z.string().trim().min(1).describe('One sentence for a village cadre, in Chinese'),
  synonyms: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Other headers; when a file has several columns of one field, the label wins, then these in order',
    ),
  required: z.boolean().default(false).describe('Refused without it, besides what the contract requires'),
  min: z.number().optional().describe('Smallest value; money in yuan, as people enter it'),
  max: z.number().optional().describe('Largest value; money in yuan, as people enter it'),
  flat: z.boolean().default(false).describe('A column of the national flat export'),
  sheets: z.array(TemplateSheet).default([]).describe('Sheets of our template that have this column'),
})
export type PackField = z.infer<typeof PackField>

export const PackFieldGroup = z.strictObject({
  id: PackCode,
  name: Words,
  fields: z.array(PackField).min(1),
})
export type PackFieldGroup = z.infer<typeof PackFieldGroup>
export const PackCardFields = z.strictObject({
  groups: z.array(PackFieldGroup).min(1).describe('Groups and fields in the order of the card'),
})

export const PovertyLine = z.strictObject({
  year: Year,
  from: z.iso.date(),
  until: z.iso.date(),
  nationalYuan: z.int().min(1).describe('Line of the National Bureau of Statistics at current prices'),
  exitYuan: z.int().min(1).describe('Exit line by the rule of 6 percent a year'),
  workingYuan: z.int().min(1).describe('Line the province worked with'),
  basis: z.string().trim().min(1),
  note: z.string().optional(),
})
export type PovertyLine = z.infer<typeof PovertyLine>
export const PackPovertyLines = z.strictObject({ lines: z.array(PovertyLine).min(1) })

export const PackFigure = z.strictObject({
  id: PackCode,
  name: Words,
  unit: Words,
  counts: Words.describe('What exactly is counted'),
  reported: z.strictObject({
    text: z.string().trim().min(1).describe('As printed'),
    number: z.number().describe('The number our value is held against'),
    comparison: z.enum(['at_least', 'at_most', 'equal']).describe('How our value meets it'),
  }),
})
export type PackFigure = z.infer<typeof PackFigure>
export const PackFigures = z.strictObject({ figures: z.array(PackFigure).min(1) })

/** A whole pack as the loader hands it out, checked in itself and across its files. */
export interface Pack {
  info: PackInfo
  areas: PackArea[]
  units: PackUnit[]
  posts: PackPost[]
  enumerations: Record<string, PackEnumeration>
  yesNo: { yes: string[]; no: string[] }
  fieldGroups: PackFieldGroup[]
  povertyLines: PovertyLine[]
  figures: PackFigure[]
}
