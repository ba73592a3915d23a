import { z } from 'zod'
import { AsOf } from '../platform/as-of.ts'
import { CARD_SECTIONS } from './fields.ts'

const instant = z.iso.datetime({ offset: true })

/** 两个时点的户卡对比: what was known at each. */
export const ComparisonQuery = z.strictObject({
  from: AsOf.describe(
    'The earlier of the two: an instant, or a date for the end of that day in Asia/Shanghai',
  ).meta({ example: '2016-12-31' }),
  to: AsOf.optional().describe('The later of the two; now when left out').meta({ example: '2017-12-31' }),
})
export type ComparisonQuery = z.infer<typeof ComparisonQuery>

/** A section of the card, or one row of it, that is not the same at both. */
export const CardDifference = z
  .object({
    section: z.enum(CARD_SECTIONS),
    rowId: z
      .uuid()
      .nullable()
      .describe('The member, year, helper or measure; null for a section without rows'),
    rowLabel: z.string().nullable().describe('Name of the member or helper, year, category of the measure'),
    change: z.enum(['changed', 'added', 'removed']),
    fields: z.array(
      z.object({
        field: z.string().describe('Key as in GET /pack/card-fields').meta({ example: 'member.phone' }),
        before: z
          .unknown()
          .describe('Masked where sensitive, so that two different values may look alike; null: empty'),
        after: z.unknown(),
      }),
    ),
  })
  .meta({ id: 'CardDifference', description: '户卡的一处不同' })
export type CardDifference = z.infer<typeof CardDifference>

export const CardComparison = z
  .object({
    householdId: z.uuid(),
    householdNo: z.string().describe('The later one, where it changed'),
    from: instant,
    to: instant,
    wasKnownAtFrom: z.boolean().describe('False: the card was not on the register, or not within reach'),
    wasKnownAtTo: z.boolean(),
    differences: z.array(CardDifference).describe('In the order of the card; rows by their label'),
  })
  .meta({ id: 'CardComparison', description: '户卡对比' })
export type CardComparison = z.infer<typeof CardComparison>
