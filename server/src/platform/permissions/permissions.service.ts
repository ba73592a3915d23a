import type {
  ActionInfo,
  PostKindPermissions,
  SetPermissionsRequest,
} from '@tiejun/contract/platform/permissions.ts'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Clock } from '../clock/clock.ts'
import type { Database, Tx } from '../database/database.ts'
import { AppError } from '../http/errors.ts'
import type { Actor } from './actor.ts'

const MANAGE = 'permissions.manage'

interface PermissionParts {
  db: Database
  clock: Clock
  /** Every action the modules declare; nothing else can be given. */
  actions: readonly ActionInfo[]
}

/** Each kind of post with its actions and the number of persons who hold such a post on that day. */
const postKinds = (tx: Tx, today: string) =>
  tx
    .selectFrom('post_kinds as k')
    .select(['k.code', 'k.title'])
    .select((eb) => [
      sql<string[]>`ARRAY(${eb
        .selectFrom('post_kind_actions as a')
        .select('a.action')
        .whereRef('a.post_kind', '=', 'k.code')
        .orderBy('a.action')})`.as('actions'),
      eb
        .selectFrom('post_holdings as h')
        .innerJoin('posts as p', 'p.id', 'h.post_id')
        .whereRef('p.post_kind', '=', 'k.code')
        .where('h.held_from', '<=', today)
        .where((held) => held.or([held('h.held_until', 'is', null), held('h.held_until', '>', today)]))
        .select((held) => held.fn.count<number>('h.person_id').distinct().as('holders'))
        .as('holders'),
    ])

const present = (row: {
  code: string
  title: string
  actions: string[]
  holders: number | null
}): PostKindPermissions => ({
  postKind: row.code,
  title: row.title,
  holders: row.holders ?? 0,
  actions: row.actions,
})

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((action) => other.includes(action))

/** Refuses actions no module has declared, naming each. */
function checkKnown(wanted: readonly string[], known: readonly ActionInfo[]): void {
  const names = new Set(known.map(({ action }) => action))
  const unknown = wanted.flatMap((action, index) =>
    names.has(action) ? [] : [{ path: `actions.${index}`, code: 'unknown_action', params: { action } }],
  )
  if (unknown.length > 0) throw new AppError('invalid_fields', undefined, unknown)
}

/** 权限管理: what each kind of post gives, kept by the security administrator. */
export function permissionsService({ db, clock, actions }: PermissionParts) {
  async function set(tx: Tx, actor: Actor, postKind: string, request: SetPermissionsRequest) {
    // The kind's row stands for its list of actions: two administrators change it one after the other. The lock is
    // advisory because the security administrator may not change kinds of posts, only what they give.
    await sql`SELECT pg_advisory_xact_lock(hashtext(current_schema() || ' permissions of ' || ${postKind}))`.execute(
      tx,
    )
    const kind = postKinds(tx, clock.today()).where('k.code', '=', postKind)
    const before = await kind.executeTakeFirst()
    if (!before) throw new AppError('not_found')
    const { expectedActions } = request
    if (expectedActions && !isSame(expectedActions, before.actions)) {
      throw new AppError('changed_meanwhile', { actions: before.actions })
    }
    const wanted = [...new Set(request.actions)].sort()
    await tx.deleteFrom('post_kind_actions').where('post_kind', '=', postKind).execute()
    if (wanted.length > 0) {
      const rows = wanted.map((action) => ({ post_kind: postKind, action }))
      await tx.insertInto('post_kind_actions').values(rows).execute()
    }
    await recordAudit(tx, clock, actor, {
      action: 'permissions.changed',
      recordType: 'post_kind',
      recordId: postKind,
      recordLabel: before.title,
      before: { actions: before.actions },
      after: { actions: wanted },
      reason: request.reason,
    })
    return present(await kind.executeTakeFirstOrThrow())
  }

  return {
    table: (actor: Actor) =>
      db.asActor(actor, MANAGE, async (tx) => {
        const kinds = await postKinds(tx, clock.today()).orderBy('k.sort_order').orderBy('k.code').execute()
        return { actions: [...actions], postKinds: kinds.map(present) }
      }),

    /** Replaces all actions of one kind of post; in force from the next request of its holders. */
    set: (actor: Actor, postKind: string, request: SetPermissionsRequest): Promise<PostKindPermissions> => {
      checkKnown(request.actions, actions)
      return db.asActor(actor, MANAGE, (tx) => set(tx, actor, postKind, request))
    },
  }
}

export type PermissionsService = ReturnType<typeof permissionsService>
