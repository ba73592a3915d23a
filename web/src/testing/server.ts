import type { EndpointDefinition, ResponseOf } from '@tiejun/contract/platform/endpoints.ts'
import { successStatus } from '@tiejun/contract/platform/endpoints.ts'
import { ERROR_STATUS, type ErrorCode, type Problem } from '@tiejun/contract/platform/errors.ts'
import { http, HttpResponse, type JsonBodyType } from 'msw'
import { setupServer } from 'msw/node'

/** The network as the screens see it: every request a test does not expect fails the test. */
export const server = setupServer()

const METHODS = { GET: http.get, POST: http.post, PUT: http.put, PATCH: http.patch, DELETE: http.delete }

/** What a request to an endpoint carried. */
export interface Asked {
  url: URL
  params: Readonly<Record<string, unknown>>
  headers: Headers
  body: unknown
}

async function askedBy(request: Request, params: Readonly<Record<string, unknown>>): Promise<Asked> {
  const isJson = request.headers.get('content-type')?.startsWith('application/json') === true
  // A file is only counted: what it holds is the server's matter.
  const body: unknown = isJson ? await request.clone().json() : undefined
  return { url: new URL(request.url), params, headers: request.headers, body }
}

/** Lets the server answer an endpoint with data of its contract; data the contract refuses fail the test. */
export const answer = <E extends EndpointDefinition>(endpoint: E, data: ResponseOf<E>) =>
  answerBy(endpoint, () => data)

/** The same, with an answer that depends on what was asked. */
export function answerBy<E extends EndpointDefinition>(
  endpoint: E,
  dataFor: (asked: Asked) => ResponseOf<E>,
) {
  server.use(
    METHODS[endpoint.method](`/api${endpoint.path}`, async ({ request, params }) => {
      const data = dataFor(await askedBy(request, params))
      const status = successStatus(endpoint)
      if (typeof endpoint.response !== 'object') return new HttpResponse(null, { status })
      // The border: a schema's output is what JSON can carry, which zod's types do not say.
      return HttpResponse.json(endpoint.response.parse(data) as JsonBodyType, { status })
    }),
  )
}

/** Lets the server refuse an endpoint with a problem document. */
export function refuse(endpoint: EndpointDefinition, code: ErrorCode, more: Partial<Problem> = {}) {
  server.use(METHODS[endpoint.method](`/api${endpoint.path}`, () => problemResponse(code, more)))
}

export const problemResponse = (code: ErrorCode, more: Partial<Problem> = {}) => {
  const problem: Problem = {
    type: `urn:tiejun:problem:${code}`,
    title: code,
    status: ERROR_STATUS[code],
    code,
    requestId: 'request-1',
    ...more,
  }
  return HttpResponse.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  })
}

/** A request that is never answered, for the state of waiting. */
export function keepWaiting(endpoint: EndpointDefinition) {
  server.use(METHODS[endpoint.method](`/api${endpoint.path}`, () => new Promise<Response>(() => undefined)))
}
