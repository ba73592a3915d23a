import { AppError } from '../platform/http/errors.ts'
import type { Platform } from '../app.ts'
import { processActor, SELF } from '../platform/permissions/actor.ts'

const START = processActor('start')

/** Loads what an empty database needs; refuses a key that is not the one the data was sealed with. */
export async function prepareCounty(
  { db, vault }: Omit<Platform, 'demo'>,
  _onProgress: (text: string) => void,
): Promise<{ demo: boolean }> {
  return db.asActor(START, SELF, async (tx) => {
    const settings = await tx.selectFrom('county_settings').selectAll().execute()
    const known = new Map(settings.map((row) => [row.name, row.value]))
    const fingerprint = known.get('key_fingerprint')
    if (fingerprint !== undefined && fingerprint !== vault.fingerprint) throw new AppError('internal')
    if (fingerprint === undefined) {
      await tx
        .insertInto('county_settings')
        .values({ name: 'key_fingerprint', value: vault.fingerprint })
        .execute()
    }
    return { demo: known.get('demo') === 'true' }
  })
}
