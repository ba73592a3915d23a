import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Administrator } from './administrators.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One request the API answers. Written once in the contract; the server registers its route from it, the
 * OpenAPI description prints it, and the browser's client takes its types from it (docs/decisions/0002).
 */
export interface EndpointDefinition {
  method: Method
  /** Below /api, with `:name` for each path parameter, e.g. `/households/:id`. */
  path: `/${string}`
  /** One line, Chinese, for the OpenAPI description and for the list of permissions. */
  summary: string
  /** What the summary leaves out: side effects, what is audited, what may take long. English or Chinese. */
  description?: string
  /** The action a post must give, e.g. `households.edit`; absent = any signed-in person. */
  action?: string
  /** Only for this one of the three administrators. */
  administrator?: Administrator
  /** True for the few requests that need no session (sign-in, public progress page). */
  isPublic?: boolean
  /** True for what a session may do while it still owes a duty (changing the password, enrolling). */
  isAllowedDuringDuty?: boolean
  params?: z.ZodObject
  query?: z.ZodType
  /** A JSON body, or 'file': multipart/form-data with one part `file` and text parts. */
  body?: z.ZodType | 'file'
  /** The JSON answered, 'file' for a download, 'events' for server-sent events; absent = empty (204). */
  response?: z.ZodType | 'file' | 'events'
  /** Status of success; 200 with a response and 204 without, unless said. */
  status?: 200 | 201 | 202 | 204
  /** The refusals particular to this request, besides those any request can meet. */
  errors?: readonly ErrorCode[]
}

type ParamsWhereNamed<Path extends string> = Path extends `${string}/:${string}`
  ? { params: z.ZodObject }
  : { params?: undefined }

/** Declares one request of the API. Refuses to compile when the path names a parameter that has no schema. */
export const endpoint = <const Definition extends EndpointDefinition>(
  definition: Definition & ParamsWhereNamed<Definition['path']>,
): Definition => definition

/** What a caller gives: types before parsing, so that numbers, defaults and preprocessed lists may be left out. */
export type ParamsOf<E extends EndpointDefinition> = E['params'] extends z.ZodType
  ? z.input<E['params']>
  : undefined
export type QueryOf<E extends EndpointDefinition> = E['query'] extends z.ZodType
  ? z.input<E['query']>
  : undefined
export type BodyOf<E extends EndpointDefinition> = E['body'] extends z.ZodType
  ? z.input<E['body']>
  : E['body'] extends 'file'
    ? FormData
    : undefined

/** What a caller gets. */
export type ResponseOf<E extends EndpointDefinition> = E['response'] extends z.ZodType
  ? z.output<E['response']>
  : E['response'] extends 'file'
    ? Blob
    : undefined

/** The status of success of an endpoint. */
export const successStatus = (definition: EndpointDefinition): 200 | 201 | 202 | 204 =>
  definition.status ?? (definition.response === undefined ? 204 : 200)

/** Endpoints of one module, by what they do: `householdEndpoints.list`. */
export type Endpoints = Readonly<Record<string, EndpointDefinition>>
