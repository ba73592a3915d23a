import { PassThrough } from 'node:stream'
import { auditEndpoints } from '@tiejun/contract/platform/audit.ts'
import type { FastifyInstance } from 'fastify'
import { serveEndpoints } from '../http/routes.ts'
import type { AuditService } from './audit.service.ts'

const MEDIA_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** The requests of audit administration. */
export function auditRoutes(app: FastifyInstance, service: AuditService): void {
  serveEndpoints(app, auditEndpoints, {
    list: async ({ actor, query }) => service.list(actor, query),
    seal: async ({ actor }) => service.seal(actor),
    export: async ({ actor, query, reply, request }) => {
      const out = new PassThrough()
      // Written while it is sent: a fault half-way can only cut the file off, which the browser reports.
      service.export(actor, query, out).catch((error: Error) => {
        request.log.error({ errorName: error.name }, 'export was cut off')
        out.destroy(error)
      })
      return reply
        .type(MEDIA_TYPES[query.format])
        .header('content-disposition', `attachment; filename="audit.${query.format}"`)
        .send(out)
    },
  })
}
