import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { isMigrated } from '../database/migrate.ts'
import { AppError } from './errors.ts'

/**
 * For whoever watches over the process, without session and outside /api. /healthz: the process answers, else it
 * should be restarted. /readyz: the database answers and has every migration, else no requests should be sent here.
 */
export function healthRoutes(app: FastifyInstance, pool: pg.Pool): void {
  const options = { schema: { hide: true }, config: { isUnlimited: true } }
  app.get('/healthz', options, async () => ({ status: 'ok' }))
  app.get('/readyz', options, async (request) => {
    const isReady = await isMigrated(pool).catch((error: Error) => {
      request.log.warn({ errorName: error.name }, 'the database does not answer')
      return false
    })
    if (!isReady) throw new AppError('not_ready')
    return { status: 'ready' }
  })
}
