import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { Tx } from '../../platform/database/database.ts'

/** Puts the divisions of a policy pack into an empty county, in one statement. */
export async function installAreas(tx: Tx, pack: Pack): Promise<void> {
  await tx
    .insertInto('areas')
    .values(
      pack.areas.map(({ code, name, level, parent_code }) => ({
        code,
        name,
        level,
        parent_code: parent_code === '' ? null : parent_code,
      })),
    )
    .execute()
}
