import type pg from 'pg'
import type { Vault } from '../../../platform/personal-data/vault.ts'

export const CHUNK_BYTES = 1024 * 1024

/** The uploaded file in the clear, in memory only. */
export async function readFile(client: pg.ClientBase, vault: Vault, importId: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let chunk = 0; ; chunk += 1) {
    const { rows } = await client.query<{ sealed: Buffer }>(
      'SELECT sealed FROM import_file_chunks WHERE import_id = $1 AND chunk_no = $2',
      [importId, chunk],
    )
    const row = rows[0]
    if (!row) return Buffer.concat(pieces)
    pieces.push(vault.decryptBytes(row.sealed))
  }
}
