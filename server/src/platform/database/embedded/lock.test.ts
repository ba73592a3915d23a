import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Settings } from '../../settings.ts'
import { StartupError } from '../../startup-error.ts'
import { holdData } from '../open.ts'
import { findHolder, takeLock } from './lock.ts'

let dataDir: string
let path: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiejun-lock-'))
  path = join(dataDir, 'running.json')
})

afterEach(() => rm(dataDir, { recursive: true }))

const settings = (): Settings => ({
  port: 8080,
  host: '127.0.0.1',
  dataDir,
  databaseUrl: undefined,
  keyFile: join(dataDir, 'secret.key'),
})

test('a second process is told in one sentence where the first one answers', async () => {
  const lock = await holdData(settings())
  await lock.announce('http://127.0.0.1:8080')

  await expect(holdData(settings())).rejects.toThrow(StartupError)
  await expect(holdData(settings())).rejects.toThrow(/已有一个实例在运行：http:\/\/127\.0\.0\.1:8080/)
})

test('a released lock is free, and nothing is left in the folder', async () => {
  const lock = await holdData(settings())
  await lock.release()

  expect(await findHolder(path)).toBeUndefined()
  expect(await readdir(dataDir)).toEqual([])
  expect(await takeLock(path)).toHaveProperty('lock')
})

test('a lock outlives the process that was killed only as a file', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'))
  const script = `const { takeLock } = await import(${module})
    await takeLock(${JSON.stringify(path)})
    console.log('taken')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  expect(await takeLock(path)).toMatchObject({ holder: { pid: child.pid } })

  child.kill('SIGKILL')
  await once(child, 'exit')

  expect(await takeLock(path)).toHaveProperty('lock')
})

test('a process that merely has the same number as the dead one does not hold the lock', async () => {
  await writeFile(path, JSON.stringify({ pid: process.pid, startMark: 'an earlier boot 1234' }))
  expect(await takeLock(path)).toHaveProperty('lock')
})

test('a killed process that nobody has collected does not hold the lock', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'))
  const taker = `const { takeLock } = await import(${module})
    await takeLock(${JSON.stringify(path)})
    process.kill(process.pid, "SIGKILL")`
  // The shell becomes a program that never asks for its children.
  const script = '"$0" --input-type=module --eval "$1" & exec sleep 60'
  const parent = spawn('/bin/sh', ['-c', script, process.execPath, taker], { stdio: 'ignore' })
  await expect.poll(() => readFile(path, 'utf8').catch(() => ''), { timeout: 10_000 }).toContain('pid')

  await expect.poll(async () => 'lock' in (await takeLock(path)), { timeout: 10_000 }).toBe(true)
  parent.kill()
})

test('a lock file cut short by a power failure holds nothing', async () => {
  await writeFile(path, '{"pid":')
  expect(await takeLock(path)).toHaveProperty('lock')
})

test('of many processes that want a stale lock at once exactly one gets it', async () => {
  await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, startMark: 'gone' }))
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'))
  const script = `const { takeLock } = await import(${module})
    console.log('lock' in (await takeLock(${JSON.stringify(path)})) ? 'mine' : 'theirs')
    setTimeout(() => undefined, 2000)`
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const answers = await Promise.all(
    children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
  )
  for (const child of children) child.kill()
  expect(answers.toSorted()).toEqual(['mine', 'theirs', 'theirs', 'theirs'])
})
