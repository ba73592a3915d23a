import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { signInEndpoints, type Session } from '@tiejun/contract/platform/sign-in.ts'
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import { call, hasCode, setCsrfToken } from '../../api/index.ts'
import { useNavigate } from 'react-router'
import { ErrorState, LoadingState } from '../../ui/states.tsx'

const SESSION_KEY = ['session']

async function fetchSession(signal: AbortSignal): Promise<Session | null> {
  try {
    const session = await call(signInEndpoints.session, { signal })
    setCsrfToken(session.csrfToken)
    return session
  } catch (error) {
    if (hasCode(error, 'not_signed_in')) return null
    throw error
  }
}

interface SessionState {
  /** null when nobody is signed in. */
  session: Session | null
  /** True when the last session was ended on purpose, not by itself. */
  hasSignedOut: boolean
  /** Hands over the session of a sign-in or of a changed duty. */
  begin: (session: Session) => void
  end: () => Promise<void>
}

const SessionContext = createContext<SessionState | undefined>(undefined)

/** Tells the pages that the session ended by itself; the sign-in page then keeps the place. */
export function forgetSession(queries: QueryClient) {
  setCsrfToken(undefined)
  queries.setQueryData(SESSION_KEY, null)
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => fetchSession(signal),
    staleTime: Infinity,
  })
  const session = query.data ?? null
  const [hasSignedOut, setSignedOut] = useState(false)
  const state = useMemo<SessionState>(
    () => ({
      session,
      hasSignedOut,
      begin: (next) => {
        setSignedOut(false)
        setCsrfToken(next.csrfToken)
        queries.setQueryData(SESSION_KEY, next)
      },
      end: async () => {
        await call(signInEndpoints.signOut)
        setSignedOut(true)
        // What the last person saw must not be shown to the next one.
        queries.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] })
        forgetSession(queries)
      },
    }),
    [session, hasSignedOut, queries],
  )
  if (query.error !== null && query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  if (query.data === undefined) return <LoadingState />
  return <SessionContext value={state}>{children}</SessionContext>
}

/** Takes over the session after a duty was done; when nothing more is owed, goes on to the first page. */
export function useDutyDone(): (next: Session) => void {
  const { session, begin } = useSessionState()
  const navigate = useNavigate()
  return (next) => {
    begin(next)
    if (session?.duty !== null && next.duty === null) void navigate('/', { replace: true })
  }
}

export function useSessionState(): SessionState {
  const state = useContext(SessionContext)
  if (state === undefined) throw new Error('useSessionState needs a SessionProvider')
  return state
}

/** Who is signed in. Only for pages inside the shell, where somebody always is. */
export function useSession(): Session {
  const { session } = useSessionState()
  if (session === null) throw new Error('useSession is for pages behind the sign-in')
  return session
}

/**
 * Whether to offer something at all. Convenience only: the server decides, and each record's `allowedActions`
 * comes before this.
 */
export const useMay = (action: string): boolean => useSession().actions.includes(action)
