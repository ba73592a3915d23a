import { createHash } from 'node:crypto'
import { recordAudit } from '../../../platform/audit/record.ts'
import { newId } from '../../../platform/ids.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import { run } from './commit.store.ts'
import { CHUNK_BYTES } from './file-chunks.store.ts'
import type { ImportMeans } from './import-means.ts'
import { IMPORT } from './import-means.ts'
import { beginStep } from './import.store.ts'

export interface UploadedFile {
  fileName: string
  pieces: AsyncIterable<Uint8Array>
  incomeYear: number | null
}

/** Seals the file piece by piece as it arrives: it lies nowhere in the clear. One transaction, one audit entry. */
export async function keepFile(
  { db, clock, vault }: ImportMeans,
  actor: Actor,
  file: UploadedFile,
): Promise<string> {
  const id = newId()
  const digest = createHash('sha256')
  await db.asActor(actor, IMPORT, async (tx) => {
    await run(
      tx,
      `INSERT INTO imports (id, account_id, created_by_name, file_name, size_bytes, sha256, status, income_year_given, created_at)
       VALUES ($1, $2, $3, $4, 0, '', 'checking', $5, $6)`,
      [id, actor.accountId, actor.displayName, file.fileName, file.incomeYear, clock.now()],
    )
    let size = 0
    let chunk = 0
    for await (const piece of inChunks(file.pieces)) {
      digest.update(piece)
      size += piece.length
      await run(tx, 'INSERT INTO import_file_chunks (import_id, chunk_no, sealed) VALUES ($1, $2, $3)', [
        id,
        chunk,
        vault.encryptBytes(piece),
      ])
      chunk += 1
    }
    await run(tx, 'UPDATE imports SET size_bytes = $2, sha256 = $3 WHERE id = $1', [
      id,
      size,
      digest.digest(),
    ])
    await beginStep(tx, id, 'check', 'reading')
    await recordAudit(tx, clock, actor, {
      action: 'import.uploaded',
      recordType: 'import',
      recordId: id,
      recordLabel: file.fileName,
      after: { sizeBytes: size },
    })
  })
  return id
}

/** The bytes in pieces of 1 MB, however they arrive. */
async function* inChunks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    size += piece.length
    if (size < CHUNK_BYTES) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}
