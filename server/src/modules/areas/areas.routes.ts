import { areaEndpoints } from '@tiejun/contract/areas/endpoints.ts'
import type { FastifyInstance } from 'fastify'
import { serveEndpoints } from '../../platform/http/routes.ts'
import type { AreasService } from './areas.service.ts'

export function areaRoutes(api: FastifyInstance, service: AreasService): void {
  serveEndpoints(api, areaEndpoints, {
    tree: async ({ actor, query }) => service.tree(actor, query.asOf),
    detail: async ({ actor, params, query }) => service.detail(actor, params.code, query.asOf),
  })
}
