import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../platform/clock/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { serveEndpoints } from '../../platform/http/routes.ts'
import { directoryService } from './directory.service.ts'
import { personsService } from './persons.service.ts'
import { postsService } from './posts.service.ts'

/** The services of the module, made together because one page of the browser uses all of them. */
export const organisationServices = (db: Database, clock: Clock) => ({
  directory: directoryService(db, clock),
  persons: personsService(db, clock),
  posts: postsService(db, clock),
})

export function organisationRoutes(
  api: FastifyInstance,
  { directory, persons, posts }: ReturnType<typeof organisationServices>,
): void {
  serveEndpoints(api, organisationEndpoints, {
    chart: async ({ actor }) => directory.chart(actor),
    choices: async ({ actor }) => directory.choices(actor),
    unit: async ({ actor, params }) => directory.unit(actor, params.id),
    persons: async ({ actor, query }) => directory.persons(actor, query),
    exportPersons: async ({ actor, query, reply }) => directory.exportPersons(actor, query, reply),
    person: async ({ actor, params }) => directory.person(actor, params.id),
    addPerson: async ({ actor, body }) => persons.add(actor, body),
    changePerson: async ({ actor, params, body }) => persons.change(actor, params.id, body),
    givePost: async ({ actor, params, body }) => posts.give(actor, params.id, body),
    endPost: async ({ actor, params, body }) => posts.end(actor, params.id, body),
    movePost: async ({ actor, params, body }) => posts.move(actor, params.id, body),
  })
}
