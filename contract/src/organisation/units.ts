import { z } from 'zod'
import { UnitKind } from '../platform/packs.ts'

/** 任职: one person in one post, from one day to another. */
export const PostHolding = z
  .object({
    id: z.uuid(),
    postId: z.uuid(),
    postTitle: z.string(),
    postTitleEn: z.string(),
    unitId: z.uuid(),
    unitName: z.string().describe('As the office calls it, such as 脱贫办'),
    personId: z.uuid(),
    personName: z.string(),
    heldFrom: z.iso.date().describe('First day'),
    heldUntil: z.iso.date().nullable().describe('The day from which it is no longer held; null while it is'),
    basis: z.string().nullable().describe('Document the appointment rests on'),
    endReason: z.string().nullable(),
    allowedActions: z.array(z.enum(['end', 'move'])),
  })
  .meta({ id: 'PostHolding', description: '任职' })
export type PostHolding = z.infer<typeof PostHolding>

/** 岗位: a kind of post in one unit, with who holds it. */
export const Post = z
  .object({
    id: z.uuid(),
    postKind: z.string().describe('Code from the policy pack, e.g. office_director'),
    title: z.string(),
    titleEn: z.string(),
    holdersMaximum: z.number().int().nullable().describe('Most persons at a time; null for any number'),
    basis: z.string().nullable(),
    holders: z.array(PostHolding).describe('Who holds it, longest first'),
    allowedActions: z.array(z.enum(['give'])),
  })
  .meta({ id: 'Post', description: '岗位' })
export type Post = z.infer<typeof Post>

/** 单位: one box of the chart. */
export const UnitSummary = z
  .object({
    id: z.uuid(),
    code: z.string(),
    kind: UnitKind,
    name: z.string(),
    shortName: z.string(),
    nameEn: z.string().nullable(),
    parentId: z.uuid().nullable(),
    areaCode: z.string(),
    sector: z.string().nullable().describe('Field of work'),
    leads: z
      .array(PostHolding.pick({ personId: true, personName: true, postTitle: true, heldFrom: true }))
      .describe('Holders of the posts that only one person holds'),
    holders: z.number().int().describe('Persons who hold a post there'),
    staff: z.number().int().describe('Persons whose home unit it is'),
  })
  .meta({ id: 'UnitSummary', description: '单位' })
export type UnitSummary = z.infer<typeof UnitSummary>

export const OrganisationChart = z
  .object({ units: z.array(UnitSummary).describe('All units but villages, in the order of the pack') })
  .meta({ id: 'OrganisationChart', description: '组织机构图' })
export type OrganisationChart = z.infer<typeof OrganisationChart>

export const UnitDetail = z
  .object({
    unit: UnitSummary,
    duties: z.string().nullable(),
    parentName: z.string().nullable(),
    posts: z.array(Post),
    past: z.array(PostHolding).describe('Holdings that have ended, latest first; at most 200'),
    allowedActions: z.array(z.enum(['add_person'])),
  })
  .meta({ id: 'UnitDetail', description: '单位详情' })
export type UnitDetail = z.infer<typeof UnitDetail>

export const OrganisationChoices = z
  .object({
    units: z.array(
      z.object({
        id: z.uuid(),
        kind: UnitKind,
        name: z.string(),
        parentName: z.string().nullable().describe('Tells two villages of one name apart'),
        isWithinReach: z.boolean().describe('Whether the asking user may change its people and posts'),
      }),
    ),
    postKinds: z.array(
      z.object({ code: z.string(), title: z.string(), titleEn: z.string(), unitKinds: z.array(UnitKind) }),
    ),
  })
  .meta({ id: 'OrganisationChoices', description: '单位与岗位类别选项' })
export type OrganisationChoices = z.infer<typeof OrganisationChoices>
