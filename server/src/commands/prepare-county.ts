import { join } from 'node:path'
import { Administrator } from '@tiejun/contract/platform/administrators.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { sql } from 'kysely'
import type { Platform } from '../app.ts'
import { installAreas } from '../modules/areas/index.ts'
import { assignDemoHelper, installDemoHouseholds, villagesOf } from '../modules/households/index.ts'
import { installDemoPeople, installOrganisation } from '../modules/organisation/index.ts'
import { recordAudit } from '../platform/audit/record.ts'
import type { Clock } from '../platform/clock/clock.ts'
import type { Tx } from '../platform/database/database.ts'
import { newId } from '../platform/ids.ts'
import { loadPack } from '../platform/packs/index.ts'
import { processActor } from '../platform/permissions/actor.ts'
import { hashPassword, newOneTimePassword } from '../platform/sign-in/passwords.ts'
import { StartupError } from '../platform/startup-error.ts'

const START = processActor('start')
const INSTALL = 'county.install'
export const PACK = join(import.meta.dirname, '../../../packs/shangcai-2018')

const DEMO_HOUSEHOLDS = 2000
/** The day on which the demo county stands: the eve of the report of April 2018. */
export const DEMO_TODAY = '2018-03-31'
const DEMO_YEARS = [2014, 2015, 2016, 2017]

/** An administrator of a county that starts empty; the password is shown once and must be changed. */
export interface NewAdministrator {
  username: string
  password: string
}

export interface PreparedCounty {
  demo: boolean
  /** The three administrators, when they have just been made. */
  newAdministrators: NewAdministrator[]
}

/**
 * Loads what an empty database needs: the policy pack, then either the demo county or three administrators.
 * Several processes may start at once: one works, the others wait and find it done.
 * @throws StartupError when the key is not the one the data was sealed with
 */
export async function prepareCounty(
  { db, clock, vault }: Omit<Platform, 'demo'>,
  county: 'demo' | 'empty',
  onProgress: (text: string) => void,
): Promise<PreparedCounty> {
  return db.asActor(START, INSTALL, async (tx) => {
    const known = await readSettingsLocked(tx)
    const fingerprint = known.get('key_fingerprint')
    if (fingerprint !== undefined && fingerprint !== vault.fingerprint) throw wrongKey()
    if (fingerprint === undefined) await keepSetting(tx, 'key_fingerprint', vault.fingerprint)
    if (known.has('pack')) return { demo: known.get('demo') === 'true', newAdministrators: [] }

    onProgress('正在装入政策包')
    const pack = await installPack(tx)
    const newAdministrators = county === 'empty' ? await makeAdministrators(tx, clock) : []
    if (county === 'demo') {
      onProgress('正在建立演示县')
      await installDemoPeople(tx, pack, clock)
      await installDemoRegistry(tx, pack, { vault, clock })
      await keepSetting(tx, 'demo', 'true')
    }
    await recordAudit(tx, clock, START, {
      action: 'county.installed',
      recordType: 'county',
      recordId: pack.info.countyCode,
      recordLabel: pack.info.name.zh,
      after: { pack: pack.info.code, demo: county === 'demo' },
    })
    return { demo: county === 'demo', newAdministrators }
  })
}

/** Invented households in every village; the account `helper` helps some of those of its village. */
async function installDemoRegistry(
  tx: Tx,
  pack: Pack,
  parts: Pick<Platform, 'vault' | 'clock'>,
): Promise<void> {
  await installDemoHouseholds(tx, parts, {
    households: DEMO_HOUSEHOLDS,
    villages: villagesOf(pack),
    years: DEMO_YEARS,
    today: DEMO_TODAY,
  })
  const helper = await tx
    .selectFrom('accounts as a')
    .innerJoin('persons as p', 'p.id', 'a.person_id')
    .innerJoin('post_holdings as h', 'h.person_id', 'p.id')
    .innerJoin('posts', 'posts.id', 'h.post_id')
    .innerJoin('units as u', 'u.id', 'posts.unit_id')
    .select(['p.id as personId', 'p.name', 'u.area_code as villageCode'])
    .where('a.username', '=', 'helper')
    .executeTakeFirstOrThrow()
  await assignDemoHelper(tx, helper)
}

/** Puts the policy pack into an empty database: divisions, units, posts. What else it says is read from its files. */
export async function installPack(tx: Tx): Promise<Pack> {
  const pack = loadPack(PACK)
  await installAreas(tx, pack)
  await installOrganisation(tx, pack)
  await keepSetting(tx, 'pack', pack.info.code)
  return pack
}

/** What the county has settled, locked until the end of the transaction. */
async function readSettingsLocked(tx: Tx): Promise<Map<string, string>> {
  await sql`LOCK TABLE county_settings IN SHARE ROW EXCLUSIVE MODE`.execute(tx)
  const settings = await tx.selectFrom('county_settings').selectAll().execute()
  return new Map(settings.map((row) => [row.name, row.value]))
}

const keepSetting = (tx: Tx, name: string, value: string) =>
  tx.insertInto('county_settings').values({ name, value }).execute()

/** Nobody could sign in to an empty county: the system administrator makes all further accounts. */
async function makeAdministrators(tx: Tx, clock: Clock): Promise<NewAdministrator[]> {
  const made = Administrator.options.map((administrator) => ({
    administrator,
    username: `${administrator}-admin`,
    password: newOneTimePassword(),
  }))
  const values = made.map(async ({ administrator, username, password }) => ({
    id: newId(),
    username,
    display_name: DISPLAY_NAMES[administrator],
    administrator,
    password_hash: await hashPassword(password),
    created_at: clock.now(),
  }))
  await tx
    .insertInto('accounts')
    .values(await Promise.all(values))
    .execute()
  return made.map(({ username, password }) => ({ username, password }))
}

const DISPLAY_NAMES: Record<Administrator, string> = {
  system: '系统管理员',
  security: '安全管理员',
  audit: '审计管理员',
}

const wrongKey = (): StartupError =>
  new StartupError(
    '密钥与数据不符：数据库里的个人信息是用另一把密钥加密的。请把 KEY_FILE 指向原来的密钥文件后重新启动。',
    'the key in KEY_FILE is not the one this database was sealed with',
  )
