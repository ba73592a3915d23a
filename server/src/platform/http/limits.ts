import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './errors.ts'

export type Limiter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/**
 * Counts requests by address and throws `too_many_requests`, with Retry-After, beyond so many a minute. Called by
 * hand because the plugin's own hooks run after ours, where a request without session has already been refused
 * uncounted, and count at most one limit for a request.
 */
export function limiterOf(app: FastifyInstance, perMinute: number): Limiter {
  const check = app.createRateLimit({ max: perMinute, timeWindow: '1 minute' })
  return async (request, reply) => {
    const result = await check(request)
    if (result.isAllowed || !result.isExceeded) return
    reply.header('retry-after', String(result.ttlInSeconds))
    throw new AppError('too_many_requests')
  }
}
