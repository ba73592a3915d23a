import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { findChromium } from '../../scripts/system-packages.ts'

/** What every journey is told: where the product answers, where the browser listens, where to keep what must outlast a file. */
export interface JourneyPlaces {
  url: string
  browser: string
  folder: string
}

declare module 'vitest' {
  interface ProvidedContext {
    places: JourneyPlaces
  }
}

/** As few processes as Chromium allows, and no calls home. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A TCP port nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/** Starts the product on an empty folder, with the demo county and the built web. */
export async function startProduct(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(join(import.meta.dirname, 'product.ts'), {
    // Only what is named: a DATABASE_URL or a COUNTY of the developer's shell must not change what is shown.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: join(folder, 'data'),
      PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exit = once(child, 'exit')
  const ended = exit.then((): never => {
    throw new Error(`the product did not start:\n${said}`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => undefined)
  const stop = async () => {
    child.kill('SIGTERM')
    await exit
  }
  return { url: String(message.url), stop }
}

/** One product and one browser for all journeys of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromiumFound = await findChromium()
  if ('missing' in chromiumFound) throw new Error(chromiumFound.missing)
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-journeys-'))
  // The database may run under an account of its own, which must get through.
  await chmod(folder, 0o711)
  const product = await startProduct(folder)
  const browser = await chromium.launchServer({ executablePath: chromiumFound.path, args: CHROMIUM_FLAGS })
  project.provide('places', { url: product.url, browser: browser.wsEndpoint(), folder })
  return async () => {
    await browser.close()
    await product.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
