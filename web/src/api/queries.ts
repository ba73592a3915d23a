import { QueryCache, MutationCache, QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointDefinition } from '@tiejun/contract/platform/endpoints.ts'
import { callLoosely, type Input, type LooseInput } from './client.ts'
import { hasCode, isFinal } from './problem.ts'

/**
 * The cache of what the server said. `onSignedOut` is told when any request answers that the session ended;
 * a refusal (403) is the page's own matter and never ends the session.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (hasCode(error, 'not_signed_in')) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 2 && !isFinal(error), staleTime: 10_000 },
    },
  })
}

/** The cache key of a request; `[endpoint.path]` alone invalidates every request of that path. */
export const keyOf = (endpoint: EndpointDefinition, input: LooseInput = {}) =>
  [endpoint.path, endpoint.method, { params: input.params, query: input.query, body: input.body }] as const

/** `useQuery(read(householdEndpoints.card, { params: { id } }))` */
export const read = <E extends EndpointDefinition>(
  endpoint: E,
  ...[input]: Record<never, never> extends Input<E> ? [input?: Input<E>] : [input: Input<E>]
) =>
  queryOptions({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => callLoosely(endpoint, { ...input, signal }),
  })
