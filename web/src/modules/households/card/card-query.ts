import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { householdEndpoints, villageProfileEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { useCallback } from 'react'
import { keyOf, read } from '../../../api/index.ts'
import { asOfQueryOf } from '../../../ui/AsOf.tsx'

export const useCard = (id: string, asOf?: string) =>
  useQuery(read(householdEndpoints.card, { params: { id }, ...asOfQueryOf(asOf) }))

export const useVillageProfile = (code: string, asOf?: string) =>
  useQuery(read(villageProfileEndpoints.profile, { params: { code }, ...asOfQueryOf(asOf) }))

/** Every change answers with the whole card: the page shows it at once, list and history are asked anew. */
export function useTakeCard(id: string): (card: HouseholdCard) => void {
  const queries = useQueryClient()
  return useCallback(
    (card) => {
      queries.setQueryData(keyOf(householdEndpoints.card, { params: { id } }), card)
      void queries.invalidateQueries({ queryKey: [householdEndpoints.list.path] })
      void queries.invalidateQueries({ queryKey: [householdEndpoints.history.path] })
    },
    [queries, id],
  )
}

/** Asks for the card again, after somebody else was found to have changed it. */
export function useRefreshCard(): () => void {
  const queries = useQueryClient()
  return useCallback(
    () => void queries.invalidateQueries({ queryKey: [householdEndpoints.card.path] }),
    [queries],
  )
}
