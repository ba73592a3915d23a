import type { FastifyInstance } from 'fastify'
import type { Clock } from './platform/clock/clock.ts'
import type { Database } from './platform/database/database.ts'
import { createHttpServer, type HttpSettings } from './platform/http/server.ts'
import type { Vault } from './platform/personal-data/vault.ts'
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
  const sessions = sessionKeeper(db, clock, async () => ({ posts: [], grants: [] }), demo)
  return createHttpServer(http, sessions, async (api) => {
    signInRoutes(api, signInService({ db, clock, vault, sessions }), sessions)
  })
}
