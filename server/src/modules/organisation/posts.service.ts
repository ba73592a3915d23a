import type { EndPost, GivePost, MovePost, PersonDetail } from '@tiejun/contract/organisation/persons.ts'
import { postLabel } from '@tiejun/contract/organisation/post-label.ts'
import type { FieldProblem } from '@tiejun/contract/platform/errors.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { dateProblems, endProblems, givingRefusal } from './organisation.rules.ts'
import {
  endHolding,
  findHolding,
  findPerson,
  type HoldingRow,
  insertHolding,
  listHolderIds,
  type LockedPost,
  lockPosts,
} from './organisation.store.ts'
import { readPerson } from './persons.views.ts'

const ASSIGN = 'organisation.assign'

const nameOf = (post: LockedPost): string => postLabel(post.unit_name, post.title)

function refuseProblems(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new AppError('invalid_fields', undefined, problems)
}

/** Throws when the person may not be given the post; the post is locked, so the answer holds until the commit. */
async function checkGiving(tx: Tx, post: LockedPost, person: { id: string; left_on: string | null }) {
  const refusal = givingRefusal({
    holdersMaximum: post.holders_maximum,
    holders: await listHolderIds(tx, post.id),
    personId: person.id,
    leftOn: person.left_on,
  })
  if (refusal === 'already_held') throw new AppError('already_exists', { reason: refusal })
  if (refusal) {
    throw new AppError('action_not_allowed', { reason: refusal, maximum: post.holders_maximum, allowed: [] })
  }
}

/** The holding, still current, with its post and the other one locked; not_found when out of reach. */
async function lockHolding(tx: Tx, id: string, otherPostId?: string) {
  const seen = await findHolding(tx, id)
  if (!seen) throw new AppError('not_found')
  const posts = await lockPosts(tx, otherPostId ? [seen.post_id, otherPostId] : [seen.post_id])
  const post = posts.find((one) => one.id === seen.post_id)
  const other = posts.find((one) => one.id === otherPostId)
  // Read again: somebody else may have ended it while we waited for the lock.
  const holding = await findHolding(tx, id)
  if (!post || !holding) throw new AppError('not_found')
  if (holding.held_until !== null) throw new AppError('action_not_allowed', { reason: 'ended', allowed: [] })
  return { holding, post, other }
}

const subjectOf = (holding: HoldingRow) => ({
  recordType: 'person',
  recordId: holding.person_id,
  recordLabel: holding.person_name,
})

/** Ends one holding and begins another on the same day; answers with what the audit keeps of it. */
async function changePost(tx: Tx, clock: Clock, holdingId: string, { postId, on, basis }: MovePost) {
  const { holding, post, other } = await lockHolding(tx, holdingId, postId)
  if (!other) throw new AppError('not_found')
  refuseProblems(endProblems(on, clock.today(), holding.held_from))
  const personId = holding.person_id
  await checkGiving(tx, other, { id: personId, left_on: holding.left_on })
  await endHolding(tx, holdingId, on, `调整到${nameOf(other)}：${basis}`)
  await insertHolding(tx, { postId, personId, heldFrom: on, basis, createdAt: clock.now() })
  const note = {
    action: 'post.moved',
    ...subjectOf(holding),
    areaCode: other.area_code,
    before: { post: nameOf(post) },
    after: { post: nameOf(other), heldFrom: on },
  }
  return { personId, note }
}

/** Who holds which post: given, ended, moved; each one command, one transaction, one audit entry. */
export function postsService(db: Database, clock: Clock) {
  return {
    give: (actor: Actor, personId: string, wanted: GivePost): Promise<PersonDetail> =>
      db.asActor(actor, ASSIGN, async (tx) => {
        const person = await findPerson(tx, personId)
        const [post] = await lockPosts(tx, [wanted.postId])
        if (!person || !post) throw new AppError('not_found')
        refuseProblems(dateProblems('heldFrom', wanted.heldFrom, clock.today()))
        await checkGiving(tx, post, person)
        await insertHolding(tx, { ...wanted, personId, createdAt: clock.now() })
        await recordAudit(tx, clock, actor, {
          action: 'post.given',
          recordType: 'person',
          recordId: personId,
          recordLabel: person.name,
          areaCode: post.area_code,
          after: { post: nameOf(post), heldFrom: wanted.heldFrom },
          reason: wanted.basis,
        })
        return readPerson(tx, actor, personId)
      }),

    end: (actor: Actor, holdingId: string, wanted: EndPost): Promise<PersonDetail> =>
      db.asActor(actor, ASSIGN, async (tx) => {
        const { holding, post } = await lockHolding(tx, holdingId)
        refuseProblems(endProblems(wanted.on, clock.today(), holding.held_from))
        await endHolding(tx, holdingId, wanted.on, wanted.reason)
        await recordAudit(tx, clock, actor, {
          action: 'post.ended',
          ...subjectOf(holding),
          areaCode: post.area_code,
          before: { post: nameOf(post), heldUntil: null },
          after: { post: nameOf(post), heldUntil: wanted.on },
          reason: wanted.reason,
        })
        return readPerson(tx, actor, holding.person_id)
      }),

    move: (actor: Actor, holdingId: string, wanted: MovePost): Promise<PersonDetail> =>
      db.asActor(actor, ASSIGN, async (tx) => {
        const moved = await changePost(tx, clock, holdingId, wanted)
        await recordAudit(tx, clock, actor, { ...moved.note, reason: wanted.basis })
        return readPerson(tx, actor, moved.personId)
      }),
  }
}

export type PostsService = ReturnType<typeof postsService>
