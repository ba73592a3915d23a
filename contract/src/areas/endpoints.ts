import { z } from 'zod'
import { AS_OF_ERRORS, asOfAnswer, asOfQuery } from '../platform/as-of.ts'
import { endpoint } from '../platform/endpoints.ts'
import { AreaLevel } from '../platform/packs.ts'

const AreaCode = z.string().regex(/^\d{12}$/)

/** 区划: one division with what the registry counts in it. */
export const Area = z
  .object({
    code: AreaCode.describe('12-digit statistical division code'),
    name: z.string(),
    level: AreaLevel,
    parentCode: AreaCode.nullable(),
    households: z.number().int().describe('Households of the registry in it and below, within reach'),
    persons: z.number().int().describe('Members of those households who have not left, within reach'),
    isWithinReach: z.boolean().describe('False where the asking user sees no records, so 0 says nothing'),
  })
  .meta({ id: 'Area', description: '区划' })
export type Area = z.infer<typeof Area>

export const AreaTree = z
  .object({
    areas: z
      .array(Area)
      .describe('County, townships and villages in the order of their codes, parents before children'),
    ...asOfAnswer,
  })
  .meta({ id: 'AreaTree', description: '区划树' })
export type AreaTree = z.infer<typeof AreaTree>

export const AreaDetail = z
  .object({
    area: Area,
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable().describe('Last day the division existed under this code'),
    ancestors: z
      .array(Area.pick({ code: true, name: true, level: true }))
      .describe('From the province down to the parent'),
    children: z.array(Area),
    unitId: z.uuid().nullable().describe('The township or village as a unit of the organisation'),
    ...asOfAnswer,
  })
  .meta({ id: 'AreaDetail', description: '区划详情' })
export type AreaDetail = z.infer<typeof AreaDetail>

export const areaEndpoints = {
  tree: endpoint({
    method: 'GET',
    path: '/areas',
    summary: '区划树（县、乡镇、村及户数人数）',
    action: 'areas.view',
    query: z.strictObject(asOfQuery),
    response: AreaTree,
    errors: ['unknown_filter', ...AS_OF_ERRORS],
  }),
  detail: endpoint({
    method: 'GET',
    path: '/areas/:code',
    summary: '区划详情',
    description: 'Division codes are published, so every one answers; its counts keep to the reach.',
    action: 'areas.view',
    params: z.object({ code: AreaCode }),
    query: z.strictObject(asOfQuery),
    response: AreaDetail,
    errors: ['not_found', 'unknown_filter', ...AS_OF_ERRORS],
  }),
}
