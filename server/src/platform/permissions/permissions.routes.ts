import { permissionEndpoints } from '@tiejun/contract/platform/permissions.ts'
import type { FastifyInstance } from 'fastify'
import { serveEndpoints } from '../http/routes.ts'
import type { PermissionsService } from './permissions.service.ts'

/** The requests of permission administration. */
export function permissionRoutes(app: FastifyInstance, service: PermissionsService): void {
  serveEndpoints(app, permissionEndpoints, {
    table: async ({ actor }) => service.table(actor),
    set: async ({ actor, params, body }) => service.set(actor, params.postKind, body),
  })
}
