import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_TODAY, PACK } from '../commands/prepare-county.ts'
import { writeDemoWorkbook } from '../modules/households/index.ts'
import { verifyAudit } from '../platform/audit/verify.ts'
import { loadPack } from '../platform/packs/index.ts'
import type { Settings } from '../platform/settings.ts'
import { locateTemporaryData } from './global-setup.ts'
import { type KillableProduct, killableProduct, type ProductClient } from './killable-product.ts'

const ROUNDS = Number(process.env['SURVIVAL_ROUNDS'] ?? 20)
const SEED = Number(process.env['SURVIVAL_SEED'] ?? Date.now() % 1_000_000)
/** Every so many rounds the kill comes while the file is still being checked. */
const CHECK_ROUND = 5
const HOUSEHOLDS = 300

let settings: Settings
let product: KillableProduct
let clerk: ProductClient
let workbook: Buffer
let manifest: Awaited<ReturnType<typeof writeDemoWorkbook>>

/** Row counts of the tables an import writes into. */
type Rows = Record<'households' | 'members' | 'income_years' | 'living_conditions', number>

/** One household somebody edits while the import runs: what was acknowledged, and what was sent without an answer. */
interface EditedCard {
  id: string
  version: number
  acknowledged: number | null
  unanswered: number | null
}

/** Small generator (mulberry32), so that a run that failed can be repeated by its printed seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

beforeAll(async () => {
  settings = await locateTemporaryData()
  product = await killableProduct(settings)
  const file = join(settings.dataDir, 'cards.xlsx')
  manifest = await writeDemoWorkbook(
    loadPack(PACK),
    { layout: 'flat', households: HOUSEHOLDS, seed: 7, errorPercent: 0, today: DEMO_TODAY, years: [2017] },
    file,
  )
  workbook = await readFile(file)
  await product.start()
  clerk = await product.signIn('clerk')
})

afterAll(async () => {
  await product.stop()
  await rm(settings.dataDir, { recursive: true, force: true })
})

async function withDatabase<T>(look: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool(await product.database())
  try {
    return await look(pool)
  } finally {
    await pool.end()
  }
}

const countRows = (): Promise<Rows> =>
  withDatabase(async (pool) => {
    const { rows } = await pool.query(
      `SELECT (SELECT count(*)::int FROM households) AS households, (SELECT count(*)::int FROM members) AS members,
        (SELECT count(*)::int FROM income_years) AS income_years,
        (SELECT count(*)::int FROM living_conditions) AS living_conditions`,
    )
    return rows[0]
  })

/**
 * A step whose heartbeat has been missing for 15 seconds is known to be dead. So that not every round waits so long, its last heartbeat
 * is put back; the last round waits.
 */
const forgetHeartbeat = () =>
  withDatabase((pool) =>
    pool.query(`UPDATE import_progress SET heartbeat_at = heartbeat_at - interval '1 minute'`),
  )

const withImport = (rows: Rows): Rows => ({
  households: rows.households + manifest.households,
  members: rows.members + manifest.persons,
  income_years: rows.income_years + manifest.households,
  living_conditions: rows.living_conditions + manifest.households,
})

async function upload(): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(workbook)]), 'cards.xlsx')
  const { status, body } = await clerk('POST', '/household-imports', form)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

const statusOf = async (id: string): Promise<string> =>
  (await clerk('GET', `/household-imports/${id}`)).body.status

/** Waits for the end of what an import is at. */
async function settledStatus(id: string): Promise<string> {
  for (const until = Date.now() + 20_000; Date.now() < until; await wait(25)) {
    const status = await statusOf(id)
    if (!['checking', 'committing', 'undoing'].includes(status)) return status
  }
  throw new Error(`import ${id} does not end`)
}

/** A checked import ready to be committed. One that lived through a crash is checked again, be it interrupted or checked. */
async function makeReady(id: string | undefined): Promise<string> {
  const ready = id ?? (await upload())
  if (id !== undefined) {
    const { status, body } = await clerk('POST', `/household-imports/${id}/dry-run`, {})
    expect(status, JSON.stringify(body)).toBe(200)
  }
  expect(await settledStatus(ready)).toBe('checked')
  return ready
}

async function pickCards(): Promise<EditedCard[]> {
  const { body } = await clerk('GET', '/households?limit=10')
  const cards = body.rows.map(async ({ id }: { id: string }): Promise<EditedCard> => {
    const card = (await clerk('GET', `/households/${id}`)).body
    const { version, values } = card.livingConditions
    return { id, version, acknowledged: values.roadDistanceKm, unanswered: null }
  })
  return Promise.all(cards)
}

/** Edits one card after the other until the connection breaks. */
async function editUntilKilled(cards: EditedCard[], numbers: Generator<number>): Promise<number> {
  for (let edits = 0; ; edits += 1) {
    const card = cards[edits % cards.length]
    if (card === undefined) throw new Error('no card to edit')
    const roadDistanceKm = numbers.next().value
    card.unanswered = roadDistanceKm
    const answer = await clerk('PUT', `/households/${card.id}/living-conditions`, {
      expectedVersion: card.version,
      values: { roadDistanceKm },
    }).catch(() => undefined)
    // Anything but success at this moment is the server losing its database.
    if (answer?.status !== 200) return edits
    Object.assign(card, {
      version: answer.body.livingConditions.version,
      acknowledged: roadDistanceKm,
      unanswered: null,
    })
    await wait(15)
  }
}

/** Every acknowledged edit is there; one without an answer may have arrived or not. */
async function expectEditsThere(cards: EditedCard[]): Promise<void> {
  for (const card of cards) {
    const { livingConditions } = (await clerk('GET', `/households/${card.id}`)).body
    const found = livingConditions.values.roadDistanceKm
    const possible = card.unanswered === null ? [card.acknowledged] : [card.acknowledged, card.unanswered]
    expect(possible, `road distance of ${card.id}`).toContain(found)
    Object.assign(card, { version: livingConditions.version, acknowledged: found, unanswered: null })
  }
}

/** Printed whatever reporter runs: with the seed a failure can be repeated. */
const tell = (text: string) => process.stdout.write(`${text}\n`)

function* distinctNumbers(): Generator<number, never> {
  for (let number = 1; ; number += 1) yield number / 100
}

test(
  `kill -9 of server and database during ${ROUNDS} imports: each is wholly there or wholly absent, every acknowledged edit survives`,
  { timeout: 30_000 + ROUNDS * 10_000 },
  async () => {
    tell(`SURVIVAL_SEED=${SEED}`)
    const random = randomOf(SEED)
    const numbers = distinctNumbers()
    const cards = await pickCards()
    const base = await countRows()
    const outcomes = { there: 0, absent: 0, edits: 0 }
    let id: string | undefined
    let commitMs = 0
    for (let round = 1; round <= ROUNDS; round += 1) {
      const isCheckRound = round % CHECK_ROUND === 0
      if (isCheckRound) id = await upload()
      else id = await makeReady(id)
      if (commitMs === 0) {
        commitMs = await measureCommit(id)
        id = await makeReady(undefined)
      }
      const editing = editUntilKilled(cards, numbers)
      const committing = isCheckRound
        ? Promise.resolve(undefined)
        : clerk('POST', `/household-imports/${id}/commit`, { withoutFaulty: false }).catch(() => undefined)
      // Beyond the usual end, so that some commits have just been acknowledged.
      await wait(random() * commitMs * 1.8)
      await product.kill(random() < 0.5)
      const [answer, edits] = await Promise.all([committing, editing])
      outcomes.edits += edits

      await product.start()
      await expectEditsThere(cards)
      if (round < ROUNDS) await forgetHeartbeat()
      const status = await settledStatus(id)
      const rows = await countRows()
      if (status === 'committed') {
        expect(rows, `round ${round}: wholly there`).toEqual(withImport(base))
        outcomes.there += 1
        await undo(id)
        expect(await countRows(), `round ${round}: undone`).toEqual(base)
        id = undefined
      } else {
        expect(rows, `round ${round}: wholly absent (${status})`).toEqual(base)
        expect(answer?.body.status, 'an acknowledged commit stays').not.toBe('committed')
        outcomes.absent += 1
      }
      const report = await withDatabase((pool) => verifyAudit(pool))
      expect(report.first, `audit after round ${round}`).toBeNull()
    }
    tell(
      `imports there: ${outcomes.there}, absent: ${outcomes.absent}; edits acknowledged: ${outcomes.edits}`,
    )
    // What was broken off can still be done: nothing is stuck.
    await measureCommit(await makeReady(id))
    expect(await countRows()).toEqual(base)
    expect(outcomes.edits).toBeGreaterThan(ROUNDS)
    // Otherwise the kills came too early or too late to tell anything.
    if (ROUNDS >= 20) expect(Math.min(outcomes.there, outcomes.absent)).toBeGreaterThan(0)
  },
)

/** Commits undisturbed and undoes it again; how long the commit took. */
async function measureCommit(id: string): Promise<number> {
  const startedAt = performance.now()
  const { status, body } = await clerk('POST', `/household-imports/${id}/commit`, { withoutFaulty: false })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(await settledStatus(id)).toBe('committed')
  const took = performance.now() - startedAt
  await undo(id)
  return took
}

async function undo(id: string): Promise<void> {
  const { status, body } = await clerk('POST', `/household-imports/${id}/undo`, {})
  expect(status, JSON.stringify(body)).toBe(200)
  expect(await settledStatus(id)).toBe('undone')
}
