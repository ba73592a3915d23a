import type { Tx } from '../../platform/database/database.ts'

// Reads persons (of the organisation module): a helper may be one of its people.

export async function isPerson(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('persons').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}
