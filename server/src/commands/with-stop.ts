import { BackupError } from '../platform/backup/index.ts'
import { StartupError } from '../platform/startup-error.ts'

/** PostgreSQL's codes for what the person at the keyboard can do something about. */
const EXPLAINED: Record<string, string> = {
  '42P01': '数据库里还没有本系统的表：请先用 npm start 启动一次。',
  '53100': '数据库所在的磁盘空间不足，没有留下任何内容：请腾出空间后重试。',
  '42501': '数据库账号的权限不足：它须是本县各表的所有者；恢复时还须能建立角色（CREATEROLE）和 schema。',
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return '已取消，没有留下任何内容。'
  if (error instanceof StartupError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return EXPLAINED[code] ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/**
 * Runs a command that can be broken off: at Ctrl-C what it began is undone. What keeps it from being done is one
 * sentence on standard error and exit code 1.
 */
export async function withStop(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  const abort = () => stop.abort(new BackupError('已取消', 'cancelled'))
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, abort)
  try {
    await command(stop.signal)
  } catch (error) {
    process.stderr.write(`${explain(error, stop.signal)}\n`)
    process.exitCode = 1
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, abort)
  }
}

/** Tells on standard error how far it is, with the seconds since the process began. */
export function tellProgress(text: string): void {
  process.stderr.write(`[${process.uptime().toFixed(1).padStart(5)} 秒] ${text}\n`)
}
