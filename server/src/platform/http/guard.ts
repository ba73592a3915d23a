import type { EndpointDefinition } from '@tiejun/contract/platform/endpoints.ts'
import type { FastifyRequest } from 'fastify'
import { type Actor, hasAction } from '../permissions/actor.ts'
import type { SignedIn } from '../sign-in/sessions.ts'
import { AppError } from './errors.ts'

export const CSRF_HEADER = 'x-csrf-token'
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Checks what a definition demands of who asks; throws the refusal. In this order: session, CSRF, duty, permission. */
export function checkCall(
  definition: EndpointDefinition,
  signedIn: SignedIn | undefined,
  request: FastifyRequest,
): void {
  if (definition.isPublic) return
  if (!signedIn) throw new AppError('not_signed_in')
  if (CHANGING.has(definition.method) && request.headers[CSRF_HEADER] !== signedIn.csrfToken) {
    throw new AppError('csrf_token_wrong')
  }
  if (signedIn.duty && !definition.isAllowedDuringDuty) {
    throw new AppError(
      signedIn.duty === 'change_password' ? 'password_change_required' : 'second_factor_enrolment_required',
    )
  }
  checkPermission(definition, signedIn.actor)
}

function checkPermission(definition: EndpointDefinition, actor: Actor): void {
  if (definition.administrator && actor.administrator !== definition.administrator) {
    throw new AppError('forbidden', { administrator: definition.administrator })
  }
  if (definition.action && !hasAction(actor, definition.action)) {
    throw new AppError('forbidden', { action: definition.action })
  }
}
