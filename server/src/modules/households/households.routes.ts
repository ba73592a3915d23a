import {
  householdEditEndpoints,
  householdEndpoints,
  packCardEndpoints,
  villageProfileEndpoints,
} from '@tiejun/contract/households/endpoints.ts'
import { cardPersonEndpoints } from '@tiejun/contract/households/person-endpoints.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { FastifyInstance } from 'fastify'
import { serveEndpoints } from '../../platform/http/routes.ts'
import type { HouseholdServices } from './households.service.ts'
import { cardFieldsOf, entityTagOf } from './pack-card.views.ts'
import type { PackFacts } from './pack-facts.ts'

/** Requests of the household cards. */
export function householdRoutes(api: FastifyInstance, services: HouseholdServices): void {
  serveEndpoints(api, householdEndpoints, {
    list: ({ actor, query }) => services.list(actor, query),
    export: async ({ actor, query, reply }) => {
      const file = await services.export(actor, query)
      return reply
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .type(file.type)
        .send(file.stream)
    },
    search: ({ actor, body }) => services.remember(actor, body.text),
    create: ({ actor, body }) => services.create(actor, body),
    card: ({ actor, params, query }) => services.card(actor, params.id, query.asOf),
    history: ({ actor, params, query }) => services.history(actor, params.id, query),
    comparison: ({ actor, params, query }) => services.compare(actor, params.id, query),
    unmask: ({ actor, params, body }) => services.unmask(actor, params.id, body),
  })
  serveEndpoints(api, cardPersonEndpoints, {
    list: ({ actor, query }) => services.persons(actor, query),
    export: ({ actor, query, reply }) => services.exportPersons(actor, query, reply),
  })
  editRoutes(api, services)
  serveEndpoints(api, villageProfileEndpoints, {
    profile: ({ actor, params, query }) => services.profile(actor, params.code, query.asOf),
    changeProfile: ({ actor, params, body }) => services.changeProfile(actor, params.code, body),
  })
}

function editRoutes(api: FastifyInstance, services: HouseholdServices): void {
  serveEndpoints(api, householdEditEndpoints, {
    changeIdentity: ({ actor, params, body }) => services.changeIdentity(actor, params.id, body),
    changeStatus: ({ actor, params, body }) => services.changeStatus(actor, params.id, body),
    changeLivingConditions: ({ actor, params, body }) =>
      services.changeLivingConditions(actor, params.id, body),
    changeIncomeYear: ({ actor, params, body }) =>
      services.changeIncomeYear(actor, params.id, params.year, body),
    addMember: ({ actor, params, body }) => services.addMember(actor, params.id, body),
    changeMember: ({ actor, params, body }) => services.changeMember(actor, params.id, params.rowId, body),
    leaveHousehold: ({ actor, params, body }) =>
      services.leaveHousehold(actor, params.id, params.rowId, body),
    changeHead: ({ actor, params, body }) => services.changeHead(actor, params.id, body),
    addHelper: ({ actor, params, body }) => services.addHelper(actor, params.id, body),
    changeHelper: ({ actor, params, body }) => services.changeHelper(actor, params.id, params.rowId, body),
    endHelper: ({ actor, params, body }) => services.endHelper(actor, params.id, params.rowId, body),
    addMeasure: ({ actor, params, body }) => services.addMeasure(actor, params.id, body),
    changeMeasure: ({ actor, params, body }) => services.changeMeasure(actor, params.id, params.rowId, body),
  })
}

/** The pack's wording of the card: the same for everybody, so the browser keeps it and only asks whether it changed. */
export function packCardRoutes(api: FastifyInstance, pack: Pack, facts: PackFacts): void {
  const fields = cardFieldsOf(pack, facts)
  const tag = entityTagOf(fields)
  void api.register(async (scope) => {
    scope.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode !== 200) return payload
      reply.header('cache-control', 'private, no-cache').header('etag', tag)
      if (request.headers['if-none-match'] !== tag) return payload
      reply.code(304).removeHeader('content-length')
      return null
    })
    serveEndpoints(scope, packCardEndpoints, { cardFields: async () => fields })
  })
}
