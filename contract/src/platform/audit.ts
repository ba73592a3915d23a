import { z } from 'zod'
import { manyOf, pageOf, pageQuery } from './lists.ts'

/** 审计记录: one command, by one person, on one record. */
export const AuditEntry = z
  .object({
    sequence: z.number().int().describe('Gapless within a sealed block'),
    occurredAt: z.iso.datetime({ offset: true }),
    actorName: z.string().nullable().describe('Display name; null for the system itself'),
    username: z.string().nullable(),
    action: z.string().describe('e.g. household.section_edited'),
    recordType: z.string().describe('e.g. household'),
    recordId: z.string().nullable(),
    recordLabel: z.string().nullable().describe('What people call the record, e.g. the household number'),
    before: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Changed fields before; sensitive values masked'),
    after: z.record(z.string(), z.unknown()).nullable(),
    reason: z.string().nullable(),
    requestId: z.string().nullable(),
    blockNumber: z.number().int().nullable().describe('The sealed block; null until sealed'),
  })
  .meta({ id: 'AuditEntry', description: '审计记录' })
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditQuery = z.strictObject({
  ...pageQuery,
  action: manyOf(z.string()),
  username: z.string().optional(),
  recordType: z.string().optional(),
  recordId: z.string().optional(),
  from: z.iso.date().optional().describe('First day, county date'),
  until: z.iso.date().optional().describe('Last day, inclusive'),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditPage = pageOf(AuditEntry).meta({ id: 'AuditPage', description: '审计记录一页' })

export const AuditSeal = z
  .object({
    blocks: z.number().int(),
    sealedEntries: z.number().int(),
    unsealedEntries: z.number().int(),
    lastSealedAt: z.iso.datetime({ offset: true }).nullable(),
    lastHash: z.string().nullable().describe('SM3, hex'),
  })
  .meta({ id: 'AuditSeal', description: '审计链状态' })
