import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aFolder, backUp, partsOf, restoreFrom, TEST_KEY, withDigest } from '../../testing/backups.ts'
import { startTestApp, type TestApp } from '../../testing/test-app.ts'
import { migrate } from '../database/migrate.ts'
import { openPool } from '../database/pool.ts'

const PASSPHRASE = '大槐树下 三间瓦房 1949'
const ELSEWHERE = 'refused'

let county: TestApp
let folder: Awaited<ReturnType<typeof aFolder>>
let keyFile: string
let good: Buffer
let other: Buffer
let target: string
let number = 0

beforeAll(async () => {
  county = await startTestApp()
  folder = await aFolder()
  keyFile = join(folder.folder, 'secret.key')
  await writeFile(keyFile, TEST_KEY.toString('base64'))
  for (const name of ['good', 'other']) {
    await backUp({ pool: county.db.pool, clock: county.clock, file: join(folder.folder, name) })
  }
  good = await readFile(join(folder.folder, 'good'))
  other = await readFile(join(folder.folder, 'other'))
})
afterAll(async () => {
  await county.close()
  await folder.remove()
})
beforeEach(() => {
  number += 1
  target = join(folder.folder, `file-${number}`)
})

const place = () => ({ pool: { ...county.db.pool.options } as pg.PoolConfig, schema: ELSEWHERE })

const isThere = async (schema: string): Promise<boolean> =>
  (await county.db.pool.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema])).rowCount === 1

/** What a restore of these bytes says; nothing may have come into being by it. */
async function refusalOf(
  bytes: Buffer,
  choices: { keyFile?: string; passphrase?: string } = {},
): Promise<string> {
  await writeFile(target, bytes)
  const restored = restoreFrom(target, place(), county.clock, { keyFile, ...choices })
  const error = await restored.then(
    () => undefined,
    (found: Error) => found,
  )
  expect(error?.name, error?.stack).toBe('BackupError')
  expect(await isThere(ELSEWHERE)).toBe(false)
  expect(error?.message.split('\n')).toHaveLength(1)
  return error?.message ?? ''
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x10
  return copy
}

test('the file as it was written is restored', async () => {
  await writeFile(target, good)
  const restored = await restoreFrom(target, place(), county.clock, { keyFile })
  expect(restored.summary.rows).toBeGreaterThan(1000)
  await county.db.pool.query(`DROP SCHEMA ${ELSEWHERE} CASCADE`)
})

test('a flipped bit is found wherever it is', async () => {
  const { manifestAt, manifestLength, frames, digestAt } = partsOf(good)
  const fingerprintAt = good.indexOf('"fingerprint":"') + 15
  expect(fingerprintAt).toBeGreaterThan(manifestAt)
  const places = new Map([
    ['version', 11],
    ['complement of the version', 12],
    ['length of the manifest', 13],
    ['last byte of that length', 16],
    ['manifest', manifestAt + 3],
    ['fingerprint of the key', fingerprintAt],
    ['end of the manifest', manifestAt + manifestLength - 1],
    ['digest', digestAt],
    ['last byte', good.length - 1],
  ])
  for (const [index, frame] of frames.entries()) {
    if (index > 3 && index < frames.length - 3) continue
    places.set(`kind of frame ${index}`, frame.at)
    places.set(`length of frame ${index}`, frame.at + 4)
    places.set(`body of frame ${index}`, frame.at + 5)
    places.set(`tag of frame ${index}`, frame.at + frame.length - 1)
  }
  for (let sample = 1; sample < 40; sample += 1) {
    const at = manifestAt + Math.floor(((good.length - manifestAt) * sample) / 40)
    places.set(`byte ${at}`, at)
  }
  for (const [name, at] of places)
    expect(await refusalOf(flipped(good, at)), name).toContain('已损坏或不完整')
  expect(await refusalOf(flipped(good, 2))).toContain('不是铁军的备份文件')
})

test('a file cut short is found wherever it was cut', async () => {
  const { manifestAt, manifestLength, frames } = partsOf(good)
  const cuts = [
    manifestAt - 3,
    manifestAt,
    manifestAt + 10,
    manifestAt + manifestLength,
    good.length - 1,
    good.length - 32,
  ]
  for (const { at, length } of [frames[0]!, frames[1]!, frames.at(-2)!, frames.at(-1)!]) {
    cuts.push(at, at + 3, at + 5, at + Math.floor(length / 2))
  }
  for (const cut of cuts) expect(await refusalOf(good.subarray(0, cut)), `${cut}`).toContain('已损坏或不完整')
  for (const cut of [0, 1, 12])
    expect(await refusalOf(good.subarray(0, cut)), `${cut}`).toContain('不是铁军的备份文件')
})

test('what follows the end is found', async () => {
  expect(await refusalOf(Buffer.concat([good, Buffer.of(0)]))).toContain('已损坏或不完整')
  expect(await refusalOf(Buffer.concat([good, good]))).toContain('已损坏或不完整')
})

test('what somebody changed who computed the digest anew is found by the seal', async () => {
  const { manifestAt, manifestLength, frames } = partsOf(good)
  const piece = (bytes: Buffer, frame: { at: number; length: number }) =>
    bytes.subarray(frame.at, frame.at + frame.length)
  const [first, second] = [frames[0]!, frames[1]!]
  const rest = good.subarray(second.at + second.length)
  const before = good.subarray(0, first.at)
  const foreign = partsOf(other).frames[0]!
  const takenAt = good.indexOf('"takenAt":"') + 11
  const forged: Record<string, Buffer> = {
    'a byte of a row': flipped(good, first.at + 9),
    'the kind of a frame': flipped(good, first.at),
    'a date in the manifest': Buffer.concat([
      good.subarray(0, takenAt),
      Buffer.from('2019'),
      good.subarray(takenAt + 4),
    ]),
    'two frames that changed places': Buffer.concat([before, piece(good, second), piece(good, first), rest]),
    'a frame left out': Buffer.concat([before, piece(good, second), rest]),
    'a frame twice': Buffer.concat([before, piece(good, first), good.subarray(first.at)]),
    'a frame of another backup': Buffer.concat([before, piece(other, foreign), good.subarray(second.at)]),
    'the last frame left out': Buffer.concat([good.subarray(0, frames.at(-1)!.at), Buffer.alloc(32)]),
    'something after the last frame': Buffer.concat([good.subarray(0, -32), Buffer.alloc(40)]),
  }
  expect(manifestAt + manifestLength).toBe(first.at)
  const otherKind = Buffer.from(good)
  otherKind[first.at] = 2
  expect(await refusalOf(withDigest(otherKind)), 'a piece that says it is an end').toContain('可能被人改动过')
  for (const [name, bytes] of Object.entries(forged)) {
    expect(await refusalOf(withDigest(bytes)), name).toMatch(/可能被人改动过|已损坏或不完整/)
  }
})

test('another file, an empty one and a folder are no backup', async () => {
  expect(await refusalOf(Buffer.from('姓名,证件号码\n'))).toContain('不是铁军的备份文件')
  expect(await refusalOf(Buffer.alloc(0))).toContain('不是铁军的备份文件')
  const restore = (file: string) => restoreFrom(file, place(), county.clock, { keyFile })
  await expect(restore(folder.folder)).rejects.toThrow('不是文件')
  await expect(restore(join(folder.folder, 'absent'))).rejects.toThrow('没有文件')
})

test('a newer format and a newer migration ask for an upgrade', async () => {
  const newer = Buffer.from(good)
  newer[11] = 2
  newer[12] = 253
  expect(await refusalOf(withDigest(newer))).toMatch(/格式（第 2 版）.*请先升级程序/)
  const migration = good.indexOf('0008_')
  const later = Buffer.from(good)
  later.write('9008_', migration)
  expect(await refusalOf(withDigest(later))).toMatch(/另一版程序.*请先升级/)
})

test('another key, no key and no key file are told apart', async () => {
  const wrong = join(folder.folder, 'wrong.key')
  await writeFile(wrong, Buffer.alloc(32, 8).toString('base64'))
  expect(await refusalOf(good, { keyFile: wrong })).toContain(`${wrong} 不是备份时使用的密钥`)
  expect(await refusalOf(good, { keyFile: join(folder.folder, 'absent') })).toMatch(
    /没有密钥：请把.*secret\.key/,
  )
  await writeFile(wrong, 'no key at all')
  expect(await refusalOf(good, { keyFile: wrong })).toContain('不是本系统的密钥')
})

test('a key that travels in the backup opens with its passphrase only', async () => {
  const file = join(folder.folder, 'with-key')
  await backUp({ pool: county.db.pool, clock: county.clock, file, passphrase: PASSPHRASE })
  const bytes = await readFile(file)
  expect(bytes.includes(TEST_KEY.toString('base64')), 'not in clear').toBe(false)
  const absent = join(folder.folder, 'absent')
  expect(await refusalOf(bytes, { keyFile: absent, passphrase: `${PASSPHRASE}。` })).toContain('口令不对')
  await restoreFrom(file, place(), county.clock, { keyFile: absent, passphrase: PASSPHRASE })
  await county.db.pool.query(`DROP SCHEMA ${ELSEWHERE} CASCADE`)
  const wrong = join(folder.folder, 'wrong-2.key')
  await writeFile(wrong, Buffer.alloc(32, 8).toString('base64'))
  expect(await refusalOf(bytes, { keyFile: wrong, passphrase: PASSPHRASE })).toContain('移走这个文件')
})

test('a place with anything in it is left alone', async () => {
  const occupied = { ...place(), schema: 'occupied' }
  const pool = openPool(occupied, 1)
  await county.db.pool.query('CREATE SCHEMA occupied; CREATE TABLE occupied.notes (text text)')
  await writeFile(target, good)
  await expect(restoreFrom(target, occupied, county.clock, { keyFile })).rejects.toThrow('这里已有数据')
  await pool.query('DROP TABLE notes')
  await restoreFrom(target, occupied, county.clock, { keyFile })
  await expect(restoreFrom(target, occupied, county.clock, { keyFile })).rejects.toThrow('这里已有数据')
  await pool.end()
})

test('a restore that fails at the very end, or is cancelled, leaves nothing', async () => {
  await writeFile(target, good)
  const failing = restoreFrom(target, place(), county.clock, {
    keyFile,
    beforeCommit: () => Promise.reject(new Error('at the end')),
  })
  await expect(failing).rejects.toThrow('at the end')
  expect(await isThere(ELSEWHERE)).toBe(false)
  const stop = new AbortController()
  const cancelled = restoreFrom(target, place(), county.clock, {
    keyFile,
    signal: stop.signal,
    beforeCommit: async () => stop.abort(),
  })
  await expect(cancelled).rejects.toThrow(/abort/i)
  expect(await isThere(ELSEWHERE)).toBe(false)
})

test('a row that cannot be loaded undoes all of it', async () => {
  // A constraint of a table is all that differs between the two: the backup holds what it forbids.
  const source = openPool({ ...place(), schema: 'crooked' }, 2)
  await migrate(source, 'crooked')
  await source.query(`ALTER TABLE accounts DROP CONSTRAINT accounts_username_shape;
    INSERT INTO accounts (id, username, display_name, password_hash, created_at)
    VALUES (gen_random_uuid(), '不合规', '甲', 'x', now())`)
  await backUp({ pool: source, clock: county.clock, file: target })
  await expect(restoreFrom(target, place(), county.clock, { keyFile })).rejects.toThrow(
    'accounts_username_shape',
  )
  expect(await isThere(ELSEWHERE)).toBe(false)
  await source.end()
})

test('rows that do not read back as they were written undo all of it', async () => {
  // The column of the backup keeps more digits than that of the program: loading rounds them without an error.
  const source = openPool({ ...place(), schema: 'precise' }, 2)
  await migrate(source, 'precise')
  await source.query(`INSERT INTO areas (code, name, level) VALUES ('411722101001', '甲村', 'village');
    SELECT release_history('village_profiles');
    ALTER TABLE village_profiles ALTER pv_capacity_kw TYPE numeric(10, 4);
    INSERT INTO village_profiles (village_code, pv_capacity_kw, changed_at) VALUES ('411722101001', 1.2345, now())`)
  await backUp({ pool: source, clock: county.clock, file: target })
  const restored = restoreFrom(target, place(), county.clock, { keyFile })
  await expect(restored).rejects.toThrow('恢复的村情（village_profiles）与备份不一致')
  expect(await isThere(ELSEWHERE)).toBe(false)
  await source.query(`ALTER TABLE village_profiles ADD COLUMN handwritten text`)
  await rm(target)
  await backUp({ pool: source, clock: county.clock, file: target })
  expect(await refusalOf(await readFile(target))).toContain('备份中的表与程序的不一致（village_profiles）')
  await source.end()
})

test('an audit or figures other than those of the backup undo all of it', async () => {
  await writeFile(target, good)
  const beforeChecks = (client: pg.PoolClient) =>
    client.query(
      `INSERT INTO audit_entries (occurred_at, action, record_type) VALUES (now(), 'test', 'test')`,
    )
  const audited = restoreFrom(target, place(), county.clock, { keyFile, beforeChecks })
  await expect(audited).rejects.toThrow('恢复的审计链与备份时不一致')
  expect(await isThere(ELSEWHERE)).toBe(false)
  const figures = [{ id: 'working_groups', label: '工作组', value: 7 }]
  await rm(target)
  await backUp({ pool: county.db.pool, clock: county.clock, file: target, figures })
  expect(await refusalOf(await readFile(target))).toContain('指标与备份时不一致（工作组 7 → 6）')
})

test('a server that starts while the county is being restored waits and finds it whole', async () => {
  await writeFile(target, good)
  const starting = openPool(place(), 2)
  let isMigrated = false
  let migrating: Promise<string[]> = Promise.resolve([])
  await restoreFrom(target, place(), county.clock, {
    keyFile,
    beforeCommit: async () => {
      migrating = migrate(starting, ELSEWHERE).finally(() => {
        isMigrated = true
      })
      await wait(200)
      expect(isMigrated).toBe(false)
    },
  })
  expect(await migrating).toEqual([])
  await starting.query(`DROP SCHEMA ${ELSEWHERE} CASCADE`)
  await starting.end()
})

test('a backup never overwrites, is for its owner only, and leaves nothing when it fails or is cancelled', async () => {
  const { pool } = county.db
  await backUp({ pool, clock: county.clock, file: target })
  expect((await stat(target)).mode & 0o777).toBe(0o600)
  const before = await readFile(target)
  await expect(backUp({ pool, clock: county.clock, file: target })).rejects.toThrow('不会覆盖')
  expect(await readFile(target)).toEqual(before)

  const absent = join(folder.folder, 'no-folder', 'file')
  await expect(backUp({ pool, clock: county.clock, file: absent })).rejects.toThrow('无法写入')
  const stop = new AbortController()
  const onProgress = (text: string) => text.includes('（units）') && stop.abort()
  const cancelled = backUp({
    pool,
    clock: county.clock,
    file: `${target}-cancelled`,
    onProgress,
    signal: stop.signal,
  })
  await expect(cancelled).rejects.toThrow(/abort/i)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  const left = (await readdir(folder.folder)).filter(
    (name) => name.includes('unfinished') || name.endsWith('-cancelled'),
  )
  expect(left).toEqual([])
})

test('a backup with another key than the county’s is refused, and so is one of a newer database', async () => {
  const { pool } = county.db
  const { rows } = await pool.query(`SELECT value FROM county_settings WHERE name = 'key_fingerprint'`)
  await pool.query(
    `INSERT INTO county_settings VALUES ('key_fingerprint', $1)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [county.vault.fingerprint],
  )
  const master = Buffer.alloc(32, 8)
  await expect(backUp({ pool, clock: county.clock, file: target, master })).rejects.toThrow('密钥与数据不符')
  if (rows.length === 0) await pool.query(`DELETE FROM county_settings WHERE name = 'key_fingerprint'`)
  await pool.query(`INSERT INTO migrations (name, hash) VALUES ('9999_future.sql', repeat('0', 64))`)
  await expect(backUp({ pool, clock: county.clock, file: target })).rejects.toThrow('更新版本的程序')
  await pool.query(`DELETE FROM migrations WHERE name = '9999_future.sql'`)
  await expect(stat(target)).rejects.toThrow('ENOENT')
})
