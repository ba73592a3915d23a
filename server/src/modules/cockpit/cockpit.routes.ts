import { cockpitEndpoints } from '@tiejun/contract/cockpit/endpoints.ts'
import type { FastifyInstance } from 'fastify'
import { serveEndpoints } from '../../platform/http/routes.ts'
import type { CockpitService } from './cockpit.service.ts'

export function cockpitRoutes(api: FastifyInstance, service: CockpitService): void {
  serveEndpoints(api, cockpitEndpoints, {
    figures: async ({ actor, query }) => service.figures(actor, query.asOf),
    monthly: async ({ actor, query }) => service.monthly(actor, query),
  })
}
