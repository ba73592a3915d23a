import { once } from 'node:events'
import { createServer } from 'node:net'
import { locateData } from '../platform/database/embedded/index.ts'
import { holdData, type OpenDatabase, openHeld } from '../platform/database/open.ts'
import type { DatabaseSettings } from '../platform/database/pool.ts'
import { readSettings, type Settings } from '../platform/settings.ts'
import { StartupError } from '../platform/startup-error.ts'
import { buildWebWhenNeeded } from './web-build.ts'
import { errorCodeOf } from '../platform/error-code.ts'

/** A server that answers requests, as the `serve` command starts it. */
export interface RunningServer {
  url: string
  /** Lets the requests under way finish, then ends. */
  close(): Promise<void>
  /** What the person who started it should see: demo accounts, where the data lies. */
  summary: { label: string; value: string }[]
}

/** What `serve` does with a database that is there. */
export type Serve = (given: {
  settings: Settings
  database: DatabaseSettings
  onProgress: (text: string) => void
}) => Promise<RunningServer>

/** Undoes one thing `start` has done; the last done is undone first. */
type Undo = () => Promise<void>

/**
 * `npm start`: everything around the server, from an empty folder to the line with the URL, and back on Ctrl-C.
 * Ends the process: code 0 when it was asked to stop, 1 when it could not start.
 */
export async function start(
  serve: Serve,
  buildWeb: typeof buildWebWhenNeeded = buildWebWhenNeeded,
): Promise<void> {
  const undo: Undo[] = []
  const stopRequested = listenForStop()
  try {
    const started = startUp(serve, buildWeb, undo)
    // Ctrl-C while starting: what has been started so far is stopped.
    const outcome = await Promise.race([started, stopRequested])
    if (outcome !== undefined) printBlock(outcome)
    await stopRequested
    process.stdout.write('正在停止…\n')
    await started.catch(() => undefined)
    await undoAll(undo)
    process.stdout.write('已停止。\n')
    process.exit(0)
  } catch (error) {
    await undoAll(undo).catch((failure: unknown) => process.stderr.write(`${String(failure)}\n`))
    process.stderr.write(`\n${explain(error)}\n`)
    process.exit(1)
  }
}

async function startUp(
  serve: Serve,
  buildWeb: typeof buildWebWhenNeeded,
  undo: Undo[],
): Promise<RunningServer> {
  const onProgress = progressPrinter()
  const asked = readSettings()
  const settings = await locateData(asked)
  if (settings.dataDir !== asked.dataDir) {
    onProgress(
      `以 root 运行时数据库无法放在 ${asked.dataDir}（上级目录仅本人可进入），数据改放 ${settings.dataDir}`,
    )
  }
  const announce = await hold(settings, undo)
  await checkPort(settings)
  const opened: OpenDatabase = await openHeld(settings, onProgress)
  undo.push(opened.close)
  await buildWeb(onProgress)
  const server = await serve({ settings, database: opened.database, onProgress }).catch((error: unknown) => {
    // Somebody took the port while we were getting ready.
    throw errorCodeOf(error) === 'EADDRINUSE' ? portRefused(settings, error) : error
  })
  undo.push(server.close)
  await announce(server.url)
  return server
}

/** Several processes may share a DATABASE_URL; the embedded database is for one at a time. */
async function hold(settings: Settings, undo: Undo[]): Promise<(url: string) => Promise<void>> {
  if (settings.databaseUrl !== undefined) return async () => undefined
  const lock = await holdData(settings)
  undo.push(lock.release)
  return lock.announce
}

/** Asked before anything slow is done; the server itself would only find out at the end. */
async function checkPort(settings: Settings): Promise<void> {
  const probe = createServer()
  try {
    probe.listen(settings.port, settings.host)
    await once(probe, 'listening')
  } catch (error) {
    throw portRefused(settings, error)
  } finally {
    probe.close()
  }
}

function portRefused({ port, host }: Settings, error: unknown): StartupError {
  const code = errorCodeOf(error)
  if (code === 'EADDRINUSE') {
    return new StartupError(
      `端口 ${port} 已被其他程序占用：请停止它，或换一个端口，例如 PORT=${port < 65_535 ? port + 1 : 8080} npm start。`,
      `port ${port} is taken; stop the other program or set PORT`,
    )
  }
  if (code === 'EACCES') {
    return new StartupError(
      `没有权限使用端口 ${port}：请用 PORT 指定 1024 以上的端口。`,
      `no permission to listen on port ${port}; set PORT to one above 1024`,
    )
  }
  return new StartupError(
    `无法在 HOST=${host} 上监听端口 ${port}：请检查 HOST 是否为本机地址。`,
    `cannot listen on ${host}: ${String(code)}`,
  )
}

/** Resolves at the first request to stop. A second one while stopping changes nothing: a terminal and npm both send it. */
function listenForStop(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve(undefined))
  })
}

async function undoAll(undo: Undo[]): Promise<void> {
  for (;;) {
    const last = undo.pop()
    if (last === undefined) return
    await last()
  }
}

function progressPrinter(): (text: string) => void {
  return (text) => {
    // Since the process began, so that loading the program is counted too.
    process.stdout.write(`[${process.uptime().toFixed(1).padStart(5)} 秒] ${text}\n`)
  }
}

function printBlock(server: RunningServer): void {
  const lines = [{ label: '网址', value: server.url }, ...server.summary]
  const text = lines.map(({ label, value }) => `  ${label}：${value}`).join('\n')
  process.stdout.write(
    `\n铁军已启动（用时 ${process.uptime().toFixed(1)} 秒），按 Ctrl-C 停止\n\n${text}\n\n`,
  )
}

/** What is known is one sentence; a fault of the program needs its stack to be found. */
function explain(error: unknown): string {
  if (error instanceof StartupError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
