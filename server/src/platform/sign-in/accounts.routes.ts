import { accountEndpoints } from '@tiejun/contract/platform/sign-in.ts'
import type { FastifyInstance } from 'fastify'
import { serveEndpoints } from '../http/routes.ts'
import type { AccountsService } from './accounts.service.ts'

/** The requests of account administration. */
export function accountRoutes(app: FastifyInstance, service: AccountsService): void {
  serveEndpoints(app, accountEndpoints, {
    list: async ({ actor, query }) => service.list(actor, query),
    create: async ({ actor, body }) => service.create(actor, body),
    findPersons: async ({ actor, body }) => ({ persons: await service.findPersons(actor, body.text) }),
    act: async ({ actor, params }) => service.act(actor, params.id, params.action),
  })
}
