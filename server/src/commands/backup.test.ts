import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aFolder, TEST_KEY } from '../testing/backups.ts'
import { locateTemporaryData } from '../testing/global-setup.ts'
import { killableProduct } from '../testing/killable-product.ts'
import { startTestApp, type TestApp } from '../testing/test-app.ts'

const MAIN = join(import.meta.dirname, '../main.ts')
const PASSPHRASE = '三间瓦房 大槐树下 1949'

// Each run of the command loads the program anew, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

let county: TestApp
let folder: string
let removeFolder: () => Promise<void>

beforeAll(async () => {
  county = await startTestApp()
  const made = await aFolder()
  folder = made.folder
  removeFolder = made.remove
  await writeFile(join(folder, 'secret.key'), TEST_KEY.toString('base64'))
})
afterAll(async () => {
  await county.close()
  await removeFolder()
})

/** The test database as the command line is told of it, in the schema of that name. */
function databaseUrl(schema?: string): string {
  const { connectionString, host, port, user, password, database } = county.db.pool.options
  const url = new URL(connectionString ?? `postgresql://${user}@localhost/${database}`)
  if (!connectionString) {
    if (typeof password === 'string') url.password = password
    url.searchParams.set('host', host ?? 'localhost')
    url.searchParams.set('port', String(port ?? 5432))
  }
  if (schema) url.searchParams.set('schema', schema)
  return url.toString()
}

interface Run {
  child: ChildProcess
  said: { out: string; err: string }
  exit: Promise<number | null>
}

function begin(args: string[], env: NodeJS.ProcessEnv, program = [process.execPath, MAIN]): Run {
  const [command = '', ...first] = program
  const child = spawn(command, [...first, ...args], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'secret.key'),
      ...env,
    },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece: Buffer) => (said.out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (said.err += piece.toString()))
  return { child, said, exit: once(child, 'close').then(([code]: (number | null)[]) => code ?? null) }
}

async function tiejun(args: string[], env: NodeJS.ProcessEnv, input = '') {
  const { child, said, exit } = begin(args, env)
  child.stdin?.end(input)
  const code = await exit
  // Progress is told with the seconds in brackets; what remains is what the command has to say.
  const refusal = said.err.split('\n').filter((line) => line !== '' && !line.startsWith('['))
  return { code, out: said.out, refusal }
}

const left = async () => (await readdir(folder)).filter((name) => name.includes('unfinished'))

test('backup and restore say what they did, for people and for machines, and the audit knows of both', async () => {
  const file = join(folder, 'county.tiejun')
  const made = await tiejun(['backup', file, '--json'], { DATABASE_URL: databaseUrl() })
  expect(made).toMatchObject({ code: 0, refusal: [] })
  const backup = JSON.parse(made.out)
  expect(backup).toMatchObject({ file, withKey: false, county: { name: '上蔡县' }, audit: { isWhole: true } })
  expect(backup.figures).toContainEqual({ id: 'working_groups', label: '工作组', value: 6 })
  expect((await stat(file)).size).toBe(backup.bytes)
  const entry = await county.db.pool.query(
    `SELECT after FROM audit_entries WHERE action = 'county.backed_up' AND after->>'file' = 'county.tiejun'`,
  )
  expect(entry.rows).toEqual([
    { after: expect.objectContaining({ sha256: backup.sha256, rows: backup.rows }) },
  ])

  const checked = await tiejun(['restore', file, '--dry-run'], { DATABASE_URL: databaseUrl('again') })
  expect(checked).toMatchObject({ code: 0, refusal: [] })
  expect(checked.out).toContain('备份完好')
  const restored = await tiejun(['restore', file, '--json'], { DATABASE_URL: databaseUrl('again') })
  expect(restored).toMatchObject({ code: 0, refusal: [] })
  const { rows, sha256, figuresEqual, tables } = JSON.parse(restored.out)
  expect({ rows, sha256, figuresEqual }).toEqual({
    rows: backup.rows,
    sha256: backup.sha256,
    figuresEqual: backup.figures.length,
  })
  expect(tables).toEqual(backup.tables)
  expect(await tiejun(['verify'], { DATABASE_URL: databaseUrl('again') })).toMatchObject({ code: 0 })

  const twice = await tiejun(['restore', file], { DATABASE_URL: databaseUrl('again') })
  expect(twice).toMatchObject({ code: 1, out: '' })
  expect(twice.refusal).toEqual([expect.stringContaining('这里已有数据')])
  const over = await tiejun(['backup', file], { DATABASE_URL: databaseUrl() })
  expect(over).toMatchObject({ code: 1, refusal: [expect.stringContaining('不会覆盖')] })
})

test('a damaged file is refused before anything is made', async () => {
  const file = join(folder, 'damaged.tiejun')
  expect(await tiejun(['backup', file], { DATABASE_URL: databaseUrl() })).toMatchObject({ code: 0 })
  const bytes = await readFile(file)
  await writeFile(file, bytes.subarray(0, bytes.length - 100))
  const dataDir = join(folder, 'untouched')
  const { code, refusal } = await tiejun(['restore', file], { DATA_DIR: dataDir })
  expect({ code, refusal }).toEqual({ code: 1, refusal: [expect.stringContaining('已损坏或不完整')] })
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
  await writeFile(file, bytes)
  const keyless = await tiejun(['restore', file], {
    DATA_DIR: dataDir,
    KEY_FILE: join(dataDir, 'secret.key'),
  })
  expect(keyless).toMatchObject({ code: 1, refusal: [expect.stringContaining('没有密钥')] })
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
})

test('Ctrl-C breaks a backup off and leaves nothing', async () => {
  const blocker = await county.db.pool.connect()
  await blocker.query('BEGIN; LOCK TABLE imports IN ACCESS EXCLUSIVE MODE')
  const file = join(folder, 'cancelled.tiejun')
  const { child, said, exit } = begin(['backup', file], { DATABASE_URL: databaseUrl() })
  while (!said.err.includes('（imports）')) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await left()).toHaveLength(1)
  child.kill('SIGINT')
  expect(await exit).toBe(1)
  await blocker.query('ROLLBACK')
  blocker.release()
  expect(said.err).toContain('已取消')
  expect(await left()).toEqual([])
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('a disk that takes no more leaves nothing', async () => {
  // The limit of the shell on the size of a file stands for the disk; the signal that comes with it is ignored.
  const program = ['/bin/sh', '-c', `trap '' XFSZ; ulimit -f 40; exec "$0" "$@"`, process.execPath, MAIN]
  const file = join(folder, 'full.tiejun')
  const { said, exit } = begin(['backup', file], { DATABASE_URL: databaseUrl() }, program)
  expect(await exit).toBe(1)
  expect(said.err).toContain('备份超过了该磁盘允许的单个文件大小')
  expect(await left()).toEqual([])
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

/** The embedded server is of one version; the run on the oldest one allowed need not show it again. */
const testOnEmbedded = (name: string, run: () => Promise<void>): void => {
  if (!process.env['TEST_DATABASE_URL']) test(name, run)
}

testOnEmbedded(
  'the running product is backed up with its key, restored elsewhere, started, and an account signs in',
  async () => {
    const [here, there] = [await locateTemporaryData(), await locateTemporaryData()]
    const product = await killableProduct(here)
    const file = join(folder, 'running.tiejun')
    const at = ({ dataDir }: { dataDir: string }) => ({ DATA_DIR: dataDir, KEY_FILE: '' })
    await product.start()
    try {
      const clerk = await product.signIn('clerk')
      const seen = await clerk('GET', '/households?limit=50')
      const short = await tiejun(['backup', file, '--with-key'], at(here), 'short\n')
      expect(short).toMatchObject({ code: 1, refusal: [expect.stringContaining('口令太短')] })
      const made = await tiejun(['backup', file, '--with-key'], at(here), `${PASSPHRASE}\n`)
      expect(made).toMatchObject({ code: 0, refusal: [] })
      const running = await tiejun(['restore', file], at(here))
      expect(running).toMatchObject({ code: 1, refusal: [expect.stringContaining('已有一个实例在运行')] })

      const restored = await tiejun(['restore', file], at(there), `${PASSPHRASE}\n`)
      expect(restored).toMatchObject({ code: 0, refusal: [] })
      expect(restored.out).toContain('逐表核对一致')
      const key = join(there.dataDir, 'secret.key')
      expect(await readFile(key)).toEqual(await readFile(join(here.dataDir, 'secret.key')))
      expect((await stat(key)).mode & 0o777).toBe(0o600)

      const copy = await killableProduct(there)
      await copy.start()
      try {
        const again = await copy.signIn('clerk')
        expect(await again('GET', '/households?limit=50')).toEqual(seen)
      } finally {
        await copy.stop()
      }
      expect(await tiejun(['verify'], at(there))).toMatchObject({ code: 0, refusal: [] })
    } finally {
      await product.stop()
      for (const { dataDir } of [here, there]) await rm(dataDir, { recursive: true, force: true })
    }
  },
)
