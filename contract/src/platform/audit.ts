import { z } from 'zod'
import { endpoint } from './endpoints.ts'
import { exportQuery, manyOf, pageOf, pageQuery } from './lists.ts'

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
export type AuditSeal = z.infer<typeof AuditSeal>

export const auditEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/audit',
    summary: '审计记录',
    administrator: 'audit',
    query: AuditQuery,
    response: AuditPage,
    errors: ['unknown_filter'],
  }),
  seal: endpoint({
    method: 'GET',
    path: '/audit/seal',
    summary: '审计链状态',
    administrator: 'audit',
    response: AuditSeal,
  }),
  export: endpoint({
    method: 'GET',
    path: '/audit/export',
    summary: '导出审计记录',
    description: 'The rows the list shows with the same filters, all pages. The export itself is audited.',
    administrator: 'audit',
    query: AuditQuery.omit({ limit: true, after: true }).extend(exportQuery),
    response: 'file',
    errors: ['unknown_filter'],
  }),
}
