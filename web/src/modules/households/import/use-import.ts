import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImport, HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import { useEffect, useRef } from 'react'
import { keyOf, read } from '../../../api/index.ts'
import { waitBeforeAsking } from './polling.rules.ts'
import { isAtWork } from './steps.rules.ts'

const newsOf = ({ status, progress }: HouseholdImport) =>
  `${status} ${progress?.phase ?? ''} ${progress?.done ?? ''}`

/** What may look different after a step of an import has ended. */
function refreshAround(queries: QueryClient) {
  for (const endpoint of [importEndpoints.list, importEndpoints.problems, importEndpoints.preview]) {
    void queries.invalidateQueries({ queryKey: [endpoint.path] })
  }
  void queries.invalidateQueries({ queryKey: [householdEndpoints.list.path] })
  void queries.invalidateQueries({ queryKey: [householdEndpoints.card.path] })
}

/** One import, asked for again and again while something runs. */
export function useImport(id: string) {
  const queries = useQueryClient()
  // How many answers in a row told nothing new.
  const quiet = useRef({ news: '', since: 0 })
  const query = useQuery({
    ...read(importEndpoints.get, { params: { id } }),
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.data === undefined || !isAtWork(state.data)) return false
      const news = newsOf(state.data)
      if (news !== quiet.current.news) quiet.current = { news, since: state.dataUpdateCount }
      const failures = state.error === null ? 0 : state.errorUpdateCount
      return waitBeforeAsking(state.dataUpdateCount - quiet.current.since, failures)
    },
  })
  const status = query.data?.status
  const before = useRef(status)
  useEffect(() => {
    if (before.current !== undefined && before.current !== status) refreshAround(queries)
    before.current = status
  }, [status, queries])
  return query
}

/**
 * A command on an import that answers with the import. What it says is shown at once; the rest (columns, problems)
 * is asked for again.
 */
export function useImportCommand<Variables = void>(
  id: string,
  command: (variables: Variables) => Promise<HouseholdImport>,
) {
  const queries = useQueryClient()
  const key = keyOf(importEndpoints.get, { params: { id } })
  const refresh = () => queries.invalidateQueries({ queryKey: key })
  return useMutation({
    mutationFn: command,
    onSuccess: (answer) => {
      queries.setQueryData<HouseholdImportDetail>(key, (old) =>
        old === undefined ? old : { ...old, ...answer },
      )
      return refresh()
    },
    // A refusal mostly means that the import stands elsewhere by now.
    onError: () => refresh(),
  })
}
