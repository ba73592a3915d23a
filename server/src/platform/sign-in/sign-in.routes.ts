import { signInEndpoints } from '@tiejun/contract/platform/sign-in.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../http/errors.ts'
import { limiterOf } from '../http/limits.ts'
import { serveEndpoints } from '../http/routes.ts'
import type { SessionKeeper, SignedIn } from './sessions.ts'
import type { SecondFactorService } from './second-factor.service.ts'
import type { SignInService } from './sign-in.service.ts'

export const SESSION_COOKIE = 'tiejun_session'

const setCookie = (request: FastifyRequest, reply: FastifyReply, token: string): FastifyReply =>
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  })

const signedInOf = (request: FastifyRequest): SignedIn => {
  if (!request.signedIn) throw new AppError('not_signed_in')
  return request.signedIn
}

interface SignInRouteParts {
  service: SignInService
  secondFactor: SecondFactorService
  sessions: SessionKeeper
  /** Sign-in tries from one address; guessing over many accounts is slowed before it locks them. */
  triesPerMinute: number
}

/** The requests of sign-in, one's own password and one's own second factor. */
export function signInRoutes(
  app: FastifyInstance,
  { service, secondFactor, sessions, triesPerMinute }: SignInRouteParts,
): void {
  const sessionAfter = async (request: FastifyRequest, token: string | undefined) => {
    const signedIn = token === undefined ? undefined : await sessions.find(token, request.id)
    if (!signedIn) throw new AppError('not_signed_in')
    return signedIn.session
  }
  const ownToken = (request: FastifyRequest) => request.cookies[SESSION_COOKIE]
  const limitSignIn = limiterOf(app, triesPerMinute)

  serveEndpoints(app, signInEndpoints, {
    signIn: async ({ body, request, reply }) => {
      await limitSignIn(request, reply)
      const token = await service.signIn(body, request.id)
      setCookie(request, reply, token)
      return sessionAfter(request, token)
    },
    session: async ({ request }) => signedInOf(request).session,
    signOut: async ({ request, reply }) => {
      await service.signOut(signedInOf(request))
      reply.clearCookie(SESSION_COOKIE, { path: '/' })
    },
    changePassword: async ({ body, request }) => {
      await service.changePassword(signedInOf(request), body.currentPassword, body.newPassword)
      return sessionAfter(request, ownToken(request))
    },
    offerSecondFactor: async ({ request }) => secondFactor.offer(signedInOf(request)),
    confirmSecondFactor: async ({ body, request }) => {
      await secondFactor.confirm(signedInOf(request), body.code)
      return sessionAfter(request, ownToken(request))
    },
  })
}
