import {
  type EndpointDefinition,
  type Endpoints,
  successStatus,
} from '@tiejun/contract/platform/endpoints.ts'
import { Problem } from '@tiejun/contract/platform/errors.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../permissions/actor.ts'

/** What a handler is given: the parsed request and who asks. */
export interface Call<E extends EndpointDefinition> {
  actor: Actor
  params: E['params'] extends z.ZodType ? z.output<E['params']> : undefined
  query: E['query'] extends z.ZodType ? z.output<E['query']> : undefined
  body: E['body'] extends z.ZodType ? z.output<E['body']> : undefined
  request: FastifyRequest
  reply: FastifyReply
}

type Answer<E extends EndpointDefinition> = E['response'] extends z.ZodType
  ? z.input<E['response']>
  : E['response'] extends 'file' | 'events'
    ? FastifyReply
    : void

export type Handler<E extends EndpointDefinition> = (call: Call<E>) => Promise<Answer<E>>

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: EndpointDefinition
  }
  interface FastifyRequest {
    actor: Actor
  }
}

function whoMay({ isPublic, administrator, action }: EndpointDefinition): string {
  if (isPublic) return 'Without a session.'
  if (administrator) return `Only the ${administrator} administrator.`
  return action ? `Action: ${action}` : 'Anybody signed in.'
}

const refusals = ({ errors }: EndpointDefinition): string | undefined =>
  errors && `Refusals of its own: ${errors.join(', ')}.`

function schemaOf(definition: EndpointDefinition) {
  const { response } = definition
  const success = typeof response === 'object' ? { [successStatus(definition)]: response } : {}
  return {
    summary: definition.summary,
    description: [definition.description, whoMay(definition), refusals(definition)]
      .filter(Boolean)
      .join('\n\n'),
    tags: [definition.path.split('/')[1] ?? ''],
    security: definition.isPublic ? [] : [{ session: [] }],
    ...(definition.params && { params: definition.params }),
    ...(definition.query && { querystring: definition.query }),
    ...(typeof definition.body === 'object' && { body: definition.body }),
    ...(definition.body === 'file' && { consumes: ['multipart/form-data'] }),
    response: { ...success, '4xx': Problem, '5xx': Problem },
  }
}

/** Registers one request of the contract. Who may call it is read from the definition by the guard (guard.ts). */
export function serveEndpoint<E extends EndpointDefinition>(
  app: FastifyInstance,
  definition: E,
  handler: Handler<E>,
): void {
  app.route({
    method: definition.method,
    url: definition.path,
    schema: schemaOf(definition),
    config: { endpoint: definition },
    handler: async (request, reply) => {
      reply.code(successStatus(definition))
      // The validator has parsed all three by the definition's own schemas.
      const call = {
        actor: request.actor,
        params: request.params,
        query: request.query,
        body: request.body,
        request,
        reply,
      } as Call<E>
      return handler(call)
    },
  })
}

/** Registers all requests of a module; does not compile while one has no handler. */
export function serveEndpoints<All extends Endpoints>(
  app: FastifyInstance,
  definitions: All,
  handlers: { [Name in keyof All]: Handler<All[Name]> },
): void {
  for (const name of Object.keys(definitions) as (keyof All)[]) {
    serveEndpoint(app, definitions[name], handlers[name])
  }
}
