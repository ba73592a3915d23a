import { z } from 'zod'
import { exportQuery, manyOf, pageOf, pageQuery, sortBy } from '../platform/lists.ts'
import { PostHolding } from './units.ts'

export const PersonSex = z.enum(['male', 'female'])
/** 政治面貌 of an official; codes of the pack's enumeration. */
export const PersonPoliticalStatus = z.enum([
  'party_member',
  'probationary_member',
  'league_member',
  'masses',
  'other',
])

/** 人员: an official of a unit, not a person of the registry. */
export const Person = z
  .object({
    id: z.uuid(),
    name: z.string(),
    sex: PersonSex.nullable(),
    phone: z.string().nullable().describe('Middle digits masked unless organisation.edit reaches the person'),
    politicalStatus: PersonPoliticalStatus.nullable(),
    homeUnitId: z.uuid(),
    homeUnitName: z.string(),
    staffTitle: z.string().nullable().describe('职务 in the home unit'),
    leftOn: z.iso.date().nullable().describe('Day the person left the service of the county'),
    version: z.number().int().describe('Send back with a change; a stale one answers 409'),
    posts: z.array(PostHolding.pick({ id: true, postTitle: true, unitName: true, heldFrom: true })),
    allowedActions: z.array(z.enum(['edit', 'give_post'])),
  })
  .meta({ id: 'Person', description: '人员' })
export type Person = z.infer<typeof Person>

export const PersonDetail = z
  .object({
    person: Person,
    holdings: z.array(PostHolding).describe('Every post held, present ones first, then latest first'),
  })
  .meta({ id: 'PersonDetail', description: '人员详情' })
export type PersonDetail = z.infer<typeof PersonDetail>

const personFilters = {
  name: z.string().trim().min(1).max(40).optional().describe('Part of the name'),
  homeUnit: z.uuid().optional().describe('Home unit'),
  unit: z.uuid().optional().describe('Holds a post in this unit, e.g. a working group'),
  postKind: manyOf(z.string().max(40)).describe('Holds a post of one of these kinds'),
}
const personSort = sortBy('name', 'homeUnit', 'heldFrom').describe(
  'By home unit and name when left out; heldFrom is the first day of the longest-held present post',
)

export const PersonListQuery = z.strictObject({ ...pageQuery, ...personFilters, sort: personSort })
export type PersonListQuery = z.infer<typeof PersonListQuery>
export const PersonExportQuery = z.strictObject({ ...exportQuery, ...personFilters, sort: personSort })
export type PersonExportQuery = z.infer<typeof PersonExportQuery>
export const PersonPage = pageOf(Person).meta({ id: 'PersonPage', description: '人员一页' })

const Phone = z
  .string()
  .trim()
  .regex(/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/)
const absentWhenEmpty = (value: unknown) => (value === '' ? null : value)

export const NewPerson = z
  .strictObject({
    name: z.string().trim().min(2).max(30),
    sex: PersonSex.nullable().default(null),
    phone: z
      .preprocess(absentWhenEmpty, Phone.nullable().default(null))
      .describe('11-digit mobile or 0396-1234567'),
    politicalStatus: PersonPoliticalStatus.nullable().default(null),
    homeUnitId: z.uuid(),
    staffTitle: z.preprocess(absentWhenEmpty, z.string().trim().max(40).nullable().default(null)),
  })
  .meta({ id: 'NewPerson', description: '新增人员' })
export type NewPerson = z.infer<typeof NewPerson>

export const ChangePerson = NewPerson.extend({
  leftOn: z.iso.date().nullable().default(null),
  version: z.number().int(),
}).meta({ id: 'ChangePerson', description: '修改人员' })
export type ChangePerson = z.infer<typeof ChangePerson>

const basis = z.string().trim().min(2).max(200).describe('Document or decision, e.g. 抽调令〔2016〕3号')

export const GivePost = z
  .strictObject({ postId: z.uuid(), heldFrom: z.iso.date().describe('First day; not in the future'), basis })
  .meta({ id: 'GivePost', description: '任命' })
export type GivePost = z.infer<typeof GivePost>

export const EndPost = z
  .strictObject({
    on: z.iso.date().describe('From this day the post is no longer held; not in the future'),
    reason: z.string().trim().min(2).max(200),
  })
  .meta({ id: 'EndPost', description: '免职' })
export type EndPost = z.infer<typeof EndPost>

export const MovePost = z
  .strictObject({
    postId: z.uuid().describe('The post held from then on'),
    on: z.iso.date().describe('The old holding ends and the new one begins on this day; not in the future'),
    basis,
  })
  .meta({ id: 'MovePost', description: '调整岗位' })
export type MovePost = z.infer<typeof MovePost>
