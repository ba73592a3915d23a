import type {
  ImportListQuery,
  ImportPreviewQuery,
  ImportProblemsQuery,
} from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImport, HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import type { z } from 'zod'
import { recordAudit } from '../../../platform/audit/record.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import type { CheckRunner } from './check-runner.ts'
import { run } from './commit.store.ts'
import type { ImportMeans } from './import-means.ts'
import { IMPORT } from './import-means.ts'
import { beginStep, getImport, lockFor } from './import.store.ts'
import { presentDetail, presentImport, readImports } from './import.views.ts'
import { keepFile } from './kept-file.ts'
import type { UploadedFile } from './kept-file.ts'
import { readPreview } from './preview.views.ts'
import { readProblems } from './problems.views.ts'
import { clearStaging } from './registry-checks.store.ts'

/** Uploading, checking, looking at and discarding imports. */
export function importService(means: ImportMeans, runner: CheckRunner) {
  const { db } = means
  return {
    upload: async (actor: Actor, file: UploadedFile): Promise<HouseholdImport> => {
      const id = await keepFile(means, actor, file)
      void runner.start(actor, id)
      return db.asReader(actor, IMPORT, async (tx) => presentImport(await getImport(tx, id), actor))
    },

    check: async (actor: Actor, id: string, incomeYear: number | undefined): Promise<HouseholdImport> => {
      const started = await beginCheck(means, actor, id, incomeYear)
      void runner.start(actor, id)
      return started
    },

    list: (actor: Actor, query: z.output<typeof ImportListQuery>) =>
      db.asReader(actor, IMPORT, (tx) => readImports(tx, actor, query)),

    get: (actor: Actor, id: string): Promise<HouseholdImportDetail> =>
      db.asReader(actor, IMPORT, async (tx) => presentDetail(await getImport(tx, id), actor)),

    problems: (actor: Actor, id: string, query: z.output<typeof ImportProblemsQuery>) =>
      db.asReader(actor, IMPORT, async (tx) => {
        await getImport(tx, id)
        return readProblems(tx, id, query)
      }),

    preview: (actor: Actor, id: string, query: z.output<typeof ImportPreviewQuery>) =>
      db.asReader(actor, IMPORT, async (tx) => {
        return readPreview(tx, means.vault, await getImport(tx, id), query)
      }),

    /** Asks the step at work to stop; it does so within a second. */
    cancel: (actor: Actor, id: string): Promise<HouseholdImport> =>
      db.asActor(actor, IMPORT, async (tx) => {
        const row = await getImport(tx, id)
        const shown = presentImport(row, actor)
        if (!shown.allowedActions.includes('cancel')) await lockFor(tx, actor, id, ['cancel'])
        await run(tx, 'UPDATE import_progress SET cancel_requested = true WHERE import_id = $1', [id])
        return shown
      }),

    discard: async (actor: Actor, id: string): Promise<void> => {
      await discard(means, actor, id)
      await dropStaging(means, id)
    },
  }
}

const beginCheck = ({ db }: ImportMeans, actor: Actor, id: string, incomeYear: number | undefined) =>
  db.asActor(actor, IMPORT, async (tx) => {
    await lockFor(tx, actor, id, ['check'])
    await run(
      tx,
      `UPDATE imports SET status = 'checking', failure = NULL, counts = NULL, error_count = 0, warning_count = 0,
         income_year_given = coalesce($2, income_year_given) WHERE id = $1`,
      [id, incomeYear ?? null],
    )
    await beginStep(tx, id, 'check', 'reading')
    return presentImport(await getImport(tx, id), actor)
  })

const discard = ({ db, clock }: ImportMeans, actor: Actor, id: string) =>
  db.asActor(actor, IMPORT, async (tx) => {
    const row = await lockFor(tx, actor, id, ['discard'])
    await run(tx, `UPDATE imports SET status = 'discarded' WHERE id = $1`, [id])
    for (const table of ['import_file_chunks', 'import_problems', 'import_progress'])
      await run(tx, `DELETE FROM ${table} WHERE import_id = $1`, [id])
    await recordAudit(tx, clock, actor, {
      action: 'import.discarded',
      recordType: 'import',
      recordId: id,
      recordLabel: row.file_name,
    })
  })

/** Staged rows are of no use any more; not part of the transaction, so that nobody waits for it. */
export async function dropStaging({ db }: ImportMeans, importId: string): Promise<void> {
  const client = await db.pool.connect()
  try {
    await clearStaging(client, importId)
  } finally {
    client.release()
  }
}
