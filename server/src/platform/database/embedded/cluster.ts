import { spawn } from 'node:child_process'
import { chmod, chown, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '../../startup-error.ts'
import { type Account, identity } from './account.ts'
import type { Runtime } from './runtime.ts'

/** The name of the superuser and of the database inside the embedded cluster. */
export const DATABASE_NAME = 'tiejun'

/** PostgreSQL gets no language from us: without LANG (cron, systemd) it would fall back to SQL_ASCII, see initdb below. */
export const POSTGRES_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }

/**
 * Makes the cluster when it is not there yet.
 * @throws StartupError when one is there that another major version wrote, or when initdb fails
 */
export async function prepareCluster(clusterDir: string, runtime: Runtime, account: Account): Promise<void> {
  const written = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  const wanted = runtime.version.split('.')[0]
  if (written === undefined) return createCluster(clusterDir, runtime, account)
  if (written.trim() === wanted) return
  throw new StartupError(
    `数据目录 ${clusterDir} 由 PostgreSQL ${written.trim()} 写成，本程序随附的是 ${wanted}：请用写入它的那一版程序导出备份，再导入。`,
    `the data in ${clusterDir} was written by PostgreSQL ${written.trim()}, this program brings ${wanted}`,
  )
}

async function createCluster(clusterDir: string, runtime: Runtime, account: Account): Promise<void> {
  // Made beside and renamed at the end: whatever stands at clusterDir is whole.
  const unfinished = `${clusterDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await chmod(unfinished, 0o700)
  if (account.uid !== undefined && account.gid !== undefined)
    await chown(unfinished, account.uid, account.gid)
  await runInitdb(unfinished, runtime, account)
  await rename(unfinished, clusterDir)
}

async function runInitdb(directory: string, runtime: Runtime, account: Account): Promise<void> {
  const flags = [
    `--pgdata=${directory}`,
    `--username=${DATABASE_NAME}`,
    '--encoding=UTF8',
    '--data-checksums',
    '--no-instructions',
    // The builtin provider sorts by code point on every machine alike; its ctype knows Chinese letters as letters.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--lc-ctype=C.UTF-8',
    '--lc-collate=C',
    // Only the socket leads in, and the directory it lies in is private.
    '--auth-local=trust',
    '--auth-host=reject',
  ]
  const { code, output } = await run(runtime.initdb, flags, account)
  if (code === 0) return
  throw new StartupError(
    `无法在 ${directory} 建立数据库，initdb 报告：${output.trim()}`,
    'initdb could not create the database cluster',
  )
}

function run(
  program: string,
  args: string[],
  account: Account,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      // initdb looks at its working directory, which need not be open to the account.
      cwd: '/',
      env: POSTGRES_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity(account),
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
