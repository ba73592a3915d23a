import { createHash, randomBytes } from 'node:crypto'
import type { Session, SessionDuty } from '@tiejun/contract/platform/sign-in.ts'
import type { Clock } from '../clock/clock.ts'
import type { Database, Tx } from '../database/database.ts'
import { newId } from '../ids.ts'
import { type Actor, ADMINISTRATOR_ACTIONS, type Grant, processActor, SELF } from '../permissions/actor.ts'
import { ABSOLUTE_HOURS, dutyOf, isAlive, TOUCH_AFTER_SECONDS } from './sign-in.rules.ts'

/** What the posts of a person give today; the organisation module answers it (see app.ts). */
export type PostReader = (tx: Tx, personId: string) => Promise<{ posts: Session['posts']; grants: Grant[] }>

/** A request's session: who acts, and what the browser is told. */
export interface SignedIn {
  sessionId: string
  csrfToken: string
  duty: SessionDuty | null
  actor: Actor
  session: Session
}

const SIGN_IN = processActor('sign-in')
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

async function findSession(tx: Tx, token: string) {
  return tx
    .selectFrom('sessions as s')
    .innerJoin('accounts as a', 'a.id', 's.account_id')
    .select(['s.id as session_id', 's.csrf_token', 's.last_seen_at', 's.expires_at', 'a.id', 'a.username'])
    .select(['a.display_name', 'a.person_id', 'a.administrator', 'a.must_change_password'])
    .select(['a.second_factor_confirmed_at', 'a.disabled_at'])
    .where('s.token_hash', '=', hashOf(token))
    .executeTakeFirst()
}

type SessionRow = NonNullable<Awaited<ReturnType<typeof findSession>>>

// The CHECK of the table allows no other value.
const administratorOf = (row: SessionRow) => row.administrator as 'system' | 'security' | 'audit' | null

async function signedInOf(
  tx: Tx,
  row: SessionRow,
  readPosts: PostReader,
  context: SessionContext,
): Promise<SignedIn> {
  const administrator = administratorOf(row)
  const { posts, grants } = row.person_id ? await readPosts(tx, row.person_id) : { posts: [], grants: [] }
  const duty = dutyOf({
    mustChangePassword: row.must_change_password,
    administrator,
    hasSecondFactor: row.second_factor_confirmed_at !== null,
  })
  const actions = administrator ? ADMINISTRATOR_ACTIONS[administrator] : grants.map((grant) => grant.action)
  return {
    sessionId: row.session_id,
    csrfToken: row.csrf_token,
    duty,
    actor: {
      accountId: row.id,
      personId: row.person_id,
      username: row.username,
      displayName: row.display_name,
      administrator,
      grants: new Map(grants.map((grant) => [grant.action, grant])),
      requestId: context.requestId,
    },
    session: {
      accountId: row.id,
      username: row.username,
      displayName: row.display_name,
      administrator,
      duty,
      actions: [...actions].sort(),
      posts,
      csrfToken: row.csrf_token,
      expiresAt: row.expires_at.toISOString(),
      demo: context.demo,
    },
  }
}

interface SessionContext {
  requestId: string | null
  demo: boolean
}

/** Sessions by their cookie token. Only the token's hash is stored, so a copy of the database opens no session. */
export function sessionKeeper(db: Database, clock: Clock, readPosts: PostReader, demo: boolean) {
  return {
    /** Starts a session; returns the token for the cookie. */
    start: async (tx: Tx, accountId: string): Promise<string> => {
      const token = randomBytes(32).toString('base64url')
      const now = clock.now()
      // Ended sessions are of no use to anybody; this keeps the table as small as what is open.
      await tx
        .deleteFrom('sessions')
        .where('account_id', '=', accountId)
        .where('expires_at', '<=', now)
        .execute()
      await tx
        .insertInto('sessions')
        .values({
          id: newId(),
          token_hash: hashOf(token),
          account_id: accountId,
          csrf_token: randomBytes(24).toString('base64url'),
          created_at: now,
          last_seen_at: now,
          expires_at: new Date(now.getTime() + ABSOLUTE_HOURS * 3_600_000),
        })
        .execute()
      return token
    },

    /** Who a token stands for; undefined when it is unknown, idle for too long, past its end, or the account is disabled. */
    find: (token: string, requestId: string | null): Promise<SignedIn | undefined> =>
      db.asActor(SIGN_IN, SELF, async (tx) => {
        const row = await findSession(tx, token)
        const now = clock.now()
        if (!row || row.disabled_at) return undefined
        if (!isAlive({ lastSeenAt: row.last_seen_at, expiresAt: row.expires_at }, now)) return undefined
        if (now.getTime() - row.last_seen_at.getTime() > TOUCH_AFTER_SECONDS * 1000) {
          await tx
            .updateTable('sessions')
            .set({ last_seen_at: now })
            .where('id', '=', row.session_id)
            .execute()
        }
        return signedInOf(tx, row, readPosts, { requestId, demo })
      }),

    end: (tx: Tx, sessionId: string) => tx.deleteFrom('sessions').where('id', '=', sessionId).execute(),

    /** Ends the account's sessions, all but the one to keep. */
    endAllOf: (tx: Tx, accountId: string, keep?: string) =>
      tx
        .deleteFrom('sessions')
        .where('account_id', '=', accountId)
        .$if(keep !== undefined, (query) => query.where('id', '!=', keep ?? ''))
        .execute(),
  }
}

export type SessionKeeper = ReturnType<typeof sessionKeeper>
