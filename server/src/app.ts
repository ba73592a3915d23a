import type { FastifyInstance } from 'fastify'
import { ACTIONS } from './actions.ts'
import { auditRoutes } from './platform/audit/audit.routes.ts'
import { auditService } from './platform/audit/audit.service.ts'
import { areaRoutes, areasService } from './modules/areas/index.ts'
import { cockpitRoutes, cockpitService } from './modules/cockpit/index.ts'
import {
  householdImports,
  householdRoutes,
  householdServices,
  importRoutes,
  packCardRoutes,
  packFacts,
} from './modules/households/index.ts'
import { organisationRoutes, organisationServices, readPosts } from './modules/organisation/index.ts'
import type { Clock } from './platform/clock/clock.ts'
import type { Database } from './platform/database/database.ts'
import { healthRoutes } from './platform/http/health.ts'
import { createHttpServer, type HttpSettings } from './platform/http/server.ts'
import { countyPack } from './platform/packs/index.ts'
import { permissionRoutes } from './platform/permissions/permissions.routes.ts'
import { permissionsService } from './platform/permissions/permissions.service.ts'
import type { Vault } from './platform/personal-data/vault.ts'
import type { AccountParts } from './platform/sign-in/account-rows.ts'
import { accountRoutes } from './platform/sign-in/accounts.routes.ts'
import { accountsService } from './platform/sign-in/accounts.service.ts'
import { secondFactorService } from './platform/sign-in/second-factor.service.ts'
import { sessionKeeper } from './platform/sign-in/sessions.ts'
import { signInRoutes } from './platform/sign-in/sign-in.routes.ts'
import { signInService } from './platform/sign-in/sign-in.service.ts'

/** What the modules stand on, made once at start. */
export interface Platform {
  db: Database
  clock: Clock
  vault: Vault
  /** True in the demo county. */
  demo: boolean
}

/** The product: platform and modules wired by hand, in reading order. */
export async function createApp(platform: Platform, http: HttpSettings): Promise<FastifyInstance> {
  const { db, clock, vault, demo } = platform
  const sessions = sessionKeeper(db, clock, readPosts, demo)
  const app = await createHttpServer(http, sessions, async (api) => {
    administrationRoutes(api, { db, clock, vault, sessions }, http.signInsPerMinute)
    areaRoutes(api, areasService(db, clock))
    organisationRoutes(api, organisationServices(db, clock))
    const facts = packFacts(countyPack())
    householdRoutes(api, householdServices({ db, clock, vault, facts }))
    packCardRoutes(api, countyPack(), facts)
    const onFailure = (failure: object) => api.log.error(failure, 'a step of an import failed')
    importRoutes(api, householdImports({ db, clock, vault }, countyPack(), onFailure))
    cockpitRoutes(api, cockpitService(db, clock, countyPack()))
  })
  healthRoutes(app, db.pool)
  return app
}

/** Sign-in and the work of the three administrators. */
function administrationRoutes(api: FastifyInstance, parts: AccountParts, triesPerMinute: number): void {
  const { sessions } = parts
  const secondFactor = secondFactorService(parts)
  signInRoutes(api, { service: signInService(parts), secondFactor, sessions, triesPerMinute })
  accountRoutes(api, accountsService(parts))
  permissionRoutes(api, permissionsService({ ...parts, actions: ACTIONS }))
  auditRoutes(api, auditService(parts))
}
