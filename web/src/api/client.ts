import type {
  BodyOf,
  EndpointDefinition,
  ParamsOf,
  QueryOf,
  ResponseOf,
} from '@tiejun/contract/platform/endpoints.ts'
import { readProblem, UnreachableError } from './problem.ts'

type Given<Name extends string, Value> = [Value] extends [undefined]
  ? { [K in Name]?: undefined }
  : undefined extends Value
    ? { [K in Name]?: Value }
    : Record<never, never> extends Value
      ? { [K in Name]?: Value }
      : { [K in Name]: Value }

/** What a request needs, as its endpoint declares it: parameters of the path, query, body. */
export type Input<E extends EndpointDefinition> = Given<'params', ParamsOf<E>> &
  Given<'query', QueryOf<E>> &
  Given<'body', BodyOf<E>> & { signal?: AbortSignal }

type InputArguments<E extends EndpointDefinition> =
  Record<never, never> extends Input<E> ? [input?: Input<E>] : [input: Input<E>]

/** The same for every endpoint, for code that handles endpoints without knowing which. */
export interface LooseInput {
  params?: unknown
  query?: unknown
  body?: unknown
  signal?: AbortSignal
}

let csrfToken: string | undefined

/** Kept in memory only: a token in storage would outlive the session it belongs to. */
export const setCsrfToken = (token: string | undefined) => {
  csrfToken = token
}

export const currentCsrfToken = (): string | undefined => csrfToken

/** The address below /api with its parameters filled in. Lists in the query repeat the name. */
export function addressOf(endpoint: EndpointDefinition, input: LooseInput = {}): string {
  const params = entriesOf(input.params)
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params.get(name)
    if (value === undefined) throw new TypeError(`${endpoint.path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of entriesOf(input.query)) {
    const items: unknown[] = Array.isArray(value) ? value : [value]
    for (const item of items) {
      if (item !== undefined && item !== null && item !== '') search.append(name, String(item))
    }
  }
  const query = search.toString()
  return `/api${path}${query === '' ? '' : `?${query}`}`
}

const entriesOf = (value: unknown): Map<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])

async function send(endpoint: EndpointDefinition, input: LooseInput): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json' })
  if (endpoint.method !== 'GET' && csrfToken !== undefined) headers.set('x-csrf-token', csrfToken)
  let body: string | FormData | undefined
  if (input.body instanceof FormData) body = input.body
  else if (input.body !== undefined) {
    headers.set('content-type', 'application/json')
    body = JSON.stringify(input.body)
  }
  try {
    return await fetch(addressOf(endpoint, input), {
      method: endpoint.method,
      headers,
      body,
      signal: input.signal,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (input.signal?.aborted === true) throw error
    throw new UnreachableError()
  }
}

/**
 * One request, typed by its endpoint: `call(householdEndpoints.list, { query })`.
 * Throws ProblemError when refused and UnreachableError when no answer came.
 */
export async function call<E extends EndpointDefinition>(
  endpoint: E,
  ...[input]: InputArguments<E>
): Promise<ResponseOf<E>> {
  return callLoosely(endpoint, input ?? {})
}

/** For the design system, whose components get an endpoint and its input from outside. */
export async function callLoosely<E extends EndpointDefinition>(
  endpoint: E,
  input: LooseInput,
): Promise<ResponseOf<E>> {
  const response = await send(endpoint, input)
  if (!response.ok) throw await readProblem(response)
  const answer: unknown = await readAnswer(endpoint, response)
  // The border: the server validates every answer against the same schema (its tests do so on the way out).
  return answer as ResponseOf<E>
}

function readAnswer(endpoint: EndpointDefinition, response: Response): Promise<unknown> | undefined {
  if (endpoint.response === undefined || response.status === 204) return undefined
  return endpoint.response === 'file' ? response.blob() : response.json()
}

/** Fetches a file and hands it to the browser under the name the server gave. */
export async function download(endpoint: EndpointDefinition, input: LooseInput, fallbackName: string) {
  const response = await send(endpoint, input)
  if (!response.ok) throw await readProblem(response)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = fileNameOf(response.headers.get('content-disposition')) ?? fallbackName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

const fileNameOf = (disposition: string | null): string | undefined => {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  return encoded === undefined
    ? /filename="([^"]+)"/.exec(disposition ?? '')?.[1]
    : decodeURIComponent(encoded)
}
