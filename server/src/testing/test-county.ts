import { installPack } from '../commands/prepare-county.ts'
import { installDemoPeople } from '../modules/organisation/index.ts'
import { stoppedClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { type DatabaseSettings, openPool } from '../platform/database/pool.ts'
import { processActor } from '../platform/permissions/actor.ts'

/** The day on which tests happen, unless they move the clock. */
export const TEST_NOW = '2018-04-02T09:00:00+08:00'

/** Puts the pack and the demo people with their accounts into a migrated database; no households. */
export async function installTestCounty(database: DatabaseSettings): Promise<void> {
  const clock = stoppedClock(TEST_NOW)
  const db = await openDatabase(openPool(database, 2), clock)
  try {
    await db.asActor(processActor('test'), 'county.install', async (tx) => {
      const pack = await installPack(tx)
      await installDemoPeople(tx, pack, clock)
    })
  } finally {
    await db.close()
  }
}
