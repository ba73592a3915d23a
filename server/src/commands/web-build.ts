import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { StartupError } from '../platform/startup-error.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Everything the built web depends on. */
const SOURCES = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'contract/src',
  'package-lock.json',
]
const STAMP = join(ROOT, 'web/dist/.built-from')

/**
 * Builds the web into web/dist unless it was built from exactly these sources.
 * @returns whether it had to be built
 * @throws StartupError with what the build tool said
 */
export async function buildWebWhenNeeded(onProgress: (text: string) => void): Promise<boolean> {
  const wanted = await fingerprint()
  const built = await readFile(STAMP, 'utf8').catch(() => undefined)
  if (built === wanted) return false
  onProgress('正在构建网页（源文件有变动时才需要）')
  // Removed first: a build that is interrupted must not be taken for the new or the old one.
  await rm(STAMP, { force: true })
  await runVite()
  await writeFile(STAMP, wanted)
  return true
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of (await listFiles(join(ROOT, source))).sort()) {
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(await readFile(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return undefined
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  if (entries === undefined) return [path]
  // Tests are not built: changing one must not make the next start slow.
  const isBuilt = (name: string) => !/\.test\.tsx?$/.test(name)
  return entries
    .filter((entry) => entry.isFile() && isBuilt(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function runVite(): Promise<void> {
  const args = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn']
  const child = spawn(process.execPath, args, {
    cwd: join(ROOT, 'web'),
    // The tests' NODE_ENV would put React's slow development build into the bundle.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else
        reject(new StartupError(`网页构建失败：\n${output.trim()}\n`, 'building the web failed, see above'))
    })
  })
}
