import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

// The whole command in a process of its own, around a server that only listens: what is tested is what stands around it.
const SCRIPT = `
  const { start } = await import(${JSON.stringify(join(import.meta.dirname, 'start.ts'))})
  const { createServer } = await import('node:http')
  await start(async ({ settings }) => {
    const server = createServer().listen(settings.port, settings.host)
    return { url: 'http://' + settings.host + ':' + settings.port, close: async () => server.close(), summary: [] }
  }, async () => false)`

let dataDir: string
let taken: Server
let takenPort: number

beforeAll(async () => {
  taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  takenPort = (taken.address() as AddressInfo).port // always an address, never a pipe: it listens on a host
})

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiejun-start-'))
  await chmod(dataDir, 0o711)
  return () => rm(dataDir, { recursive: true, force: true })
})

afterAll(() => {
  taken.close()
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo // as above
  probe.close()
  return port
}

function startWith(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    env: { PATH: '/usr/bin:/bin', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()))
  const exit = once(child, 'close').then(([code]: (number | null)[]) => code)
  const says = async (text: string) => {
    while (!said.out.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended before "${text}": ${said.out}${said.error}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { child, said, exit, says }
}

/** What it says when it cannot start: exactly one line, and exit code 1. */
async function refusalOf(env: Record<string, string>): Promise<string> {
  const { said, exit } = startWith(env)
  expect(await exit).toBe(1)
  const lines = said.error.split('\n').filter((line) => line !== '')
  expect(lines).toHaveLength(1)
  return lines[0] ?? ''
}

test('a port that is taken is named, with what to do', async () => {
  expect(await refusalOf({ PORT: String(takenPort) })).toMatch(`端口 ${takenPort} 已被其他程序占用：请`)
})

test('a port that cannot be one is named', async () => {
  expect(await refusalOf({ PORT: '80800' })).toMatch('PORT 的值“80800”无效')
})

test('a data directory that cannot be written is named', async () => {
  const file = join(dataDir, 'file')
  await writeFile(file, '')
  expect(await refusalOf({ DATA_DIR: join(file, 'data') })).toMatch(`数据目录 ${join(file, 'data')} 不可写`)
  expect(await refusalOf({ DATA_DIR: '/proc/tiejun/data' })).toMatch('数据目录 /proc/tiejun/data 不可写')
})

test('a database server that does not answer is named without its password', async () => {
  const env = { PORT: String(await freePort()), DATABASE_URL: 'postgres://clerk:geheim@127.0.0.1:1/county' }
  const refusal = await refusalOf(env)
  expect(refusal).toMatch('无法连接 DATABASE_URL 指向的数据库 127.0.0.1:1/county')
  expect(refusal).not.toMatch('geheim')
})

test('a database server before version 15 is refused by its version', async () => {
  const old = createServer((socket) => {
    socket.once('data', () => {
      socket.write(oldServerGreeting)
      socket.on('data', (message) => message.at(0) === QUERY && socket.write(oldServerAnswer))
    })
  })
  old.listen(0, '127.0.0.1')
  await once(old, 'listening')
  const { port } = old.address() as AddressInfo // as above
  const env = { PORT: String(await freePort()), DATABASE_URL: `postgres://clerk@127.0.0.1:${port}/county` }

  expect(await refusalOf(env)).toMatch('PostgreSQL 是 14 版，需要 15 或更高版本')
  old.close()
})

test('it starts, refuses to start twice, and Ctrl-C stops it and its database with code 0', async () => {
  const port = String(await freePort())
  const first = startWith({ PORT: port })
  await first.says('铁军已启动')
  expect(first.said.out).toMatch(`网址：http://127.0.0.1:${port}`)
  expect(await refusalOf({ PORT: port })).toMatch(`已有一个实例在运行：http://127.0.0.1:${port}`)

  first.child.kill('SIGINT')
  first.child.kill('SIGINT') // a terminal and npm both send it

  expect(await first.exit).toBe(0)
  expect(await readdir(join(dataDir, 'socket'))).toEqual([])
  expect(await readdir(dataDir)).not.toContain('running.json')
})

test('Ctrl-C while it is still starting leaves nothing running', async () => {
  const { child, said, exit, says } = startWith({ PORT: String(await freePort()) })
  await says('正在准备数据库目录')

  child.kill('SIGINT')

  expect(await exit).toBe(0)
  expect(said.out).not.toMatch('铁军已启动')
  expect(await readdir(join(dataDir, 'socket'))).toEqual([])
})

// The few messages of PostgreSQL's protocol (version 3) that an old server would answer with.
const QUERY = 'Q'.charCodeAt(0)
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}
const int32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
const int16 = (value: number) => Buffer.from([value >>> 8, value])
const text = (value: string) => Buffer.from(`${value}\0`)
const ready = message('Z', Buffer.from('I'))
const column = (name: string, type: number) =>
  Buffer.concat([text(name), int32(0), int16(0), int32(type), int16(-1), int32(-1), int16(0)])
const field = (value: string) => Buffer.concat([int32(value.length), Buffer.from(value)])
const oldServerGreeting = Buffer.concat([message('R', int32(0)), ready])
const oldServerAnswer = Buffer.concat([
  message('T', int16(2), column('version', 23), column('encoding', 25)),
  message('D', int16(2), field('140012'), field('UTF8')),
  message('C', text('SELECT 1')),
  ready,
])
