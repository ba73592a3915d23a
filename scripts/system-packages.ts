// What the tests need from the machine, beyond npm: a browser, Chinese letters for it, an older PostgreSQL.
import { existsSync, readdirSync } from 'node:fs'
import { runCommand } from './command.ts'

/** The oldest PostgreSQL we promise to work with. */
const OLDEST_POSTGRES = 15
const CHROMIUM_PLACES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What was found, or one sentence that says what to install. */
export type Found = { path: string } | { missing: string }

/** Chromium with a Chinese font; installed by apt-get when we may. */
export async function findChromium(): Promise<Found> {
  if (chromiumPath() === undefined || !(await hasChineseFont()))
    await aptInstall(['chromium', 'fonts-noto-cjk'])
  const path = chromiumPath()
  if (path === undefined)
    return { missing: '需要 Chromium：请安装（Debian:apt-get install chromium），或用 CHROMIUM_PATH 指定。' }
  if (!(await hasChineseFont()))
    return { missing: '需要中文字体：请安装（Debian:apt-get install fonts-noto-cjk）。' }
  return { path }
}

/** The folder of the programs of the oldest PostgreSQL we promise; installed by apt-get when we may. */
export async function findOldPostgres(): Promise<Found> {
  if (postgresFolders().length === 0) await aptInstall([`postgresql-${OLDEST_POSTGRES}`])
  const [oldest] = postgresFolders()
  if (oldest !== undefined) return { path: oldest }
  return {
    missing: `没有找到 PostgreSQL ${OLDEST_POSTGRES}(Debian:apt-get install postgresql-${OLDEST_POSTGRES})。`,
  }
}

function chromiumPath(): string | undefined {
  return CHROMIUM_PLACES.find((place) => place !== undefined && existsSync(place))
}

async function hasChineseFont(): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const { code, output } = await runCommand('fc-list', [':lang=zh', 'family'])
  return code === 0 && output.trim() !== ''
}

/** Oldest first, none older than promised; Debian and PGDG put each version into a folder of its own. */
function postgresFolders(): string[] {
  const parent = '/usr/lib/postgresql'
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .map(Number)
    .filter((version) => version >= OLDEST_POSTGRES)
    .sort((a, b) => a - b)
    .map((version) => `${parent}/${version}/bin`)
    .filter((folder) => existsSync(`${folder}/postgres`) && existsSync(`${folder}/initdb`))
}

/** Installs system packages where that is ours to do: as root on Debian and its relatives. */
async function aptInstall(packages: string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`安装系统软件包 ${packages.join(' ')} …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  const first = await runCommand('apt-get', install, { env })
  if (first.code === 0) return
  // The usual reason is a list of packages that was never fetched, or is old.
  await runCommand('apt-get', ['update', '-q'], { env })
  const second = await runCommand('apt-get', install, { env })
  if (second.code !== 0) console.log(second.output.trim().split('\n').slice(-5).join('\n'))
}
