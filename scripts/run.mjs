// Runs a TypeScript file of this project: node scripts/run.mjs FILE ARGS…
// Plain JavaScript without dependencies, because it is what a fresh clone starts with on any Node >= 20:
// it installs the pinned packages when they are missing or outdated, then hands over to the pinned Node 24.
// Everything it says goes to standard error, so that commands with --json keep a clean standard output.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.tiejun-stamp')

if (!isInstalled()) await install()
await handOver(findNode(), process.argv.slice(2))

/** True when node_modules holds what package-lock.json asks for. */
function isInstalled() {
  const lockText = readFileSync(lockFile)
  // The platform belongs to the stamp: a node_modules carried to another machine lacks its native packages.
  const stamp = `${createHash('sha256').update(lockText).digest('hex')} ${process.platform}-${process.arch}\n`
  if (readText(stampFile) === stamp) return true
  if (!agreesWithInstalled(JSON.parse(lockText.toString('utf8')))) return false
  try {
    writeFileSync(stampFile, stamp)
  } catch {
    // A node_modules that belongs to another user is fine to use; it is merely compared again next time.
  }
  return true
}

/** npm writes node_modules/.package-lock.json last, so an interrupted installation never agrees. */
function agreesWithInstalled(wanted) {
  const text = readText(join(root, 'node_modules', '.package-lock.json'))
  if (text === undefined) return false
  const installed = JSON.parse(text).packages
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true
    const found = installed[path]
    if (found === undefined) return entry.optional === true && !fitsThisMachine(entry)
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

/** Whether npm would install this optional package here. */
function fitsThisMachine(entry) {
  const allows = (list, value) => list === undefined || list.includes(value)
  const libc = isMusl() ? 'musl' : 'glibc'
  // An optional package that names no platform may be left out by npm because what needs it is left out.
  if (entry.os === undefined && entry.cpu === undefined) return false
  const fitsLibc = process.platform !== 'linux' || allows(entry.libc, libc)
  return allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && fitsLibc
}

async function install() {
  const startedAt = Date.now()
  say('正在安装依赖包（首次约需一两分钟，取决于网络）…  [installing the pinned packages]')
  const ticker = setInterval(() => {
    say(`仍在安装依赖包… ${Math.round((Date.now() - startedAt) / 1000)} 秒  [still installing]`)
  }, 10_000)
  // --ignore-scripts: nothing needs them, and many machines forbid them.
  // --loglevel=error: the EBADENGINE warnings of Node 20 and 22 mean nothing, Node 24 comes along.
  // --include=dev: the web is built here, also where NODE_ENV=production.
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ]
  const code = await run(...npmCommand(), ['ci', ...flags], { cwd: root, stdio: ['ignore', 2, 'inherit'] })
  clearInterval(ticker)
  if (code !== 0) {
    fail(
      '依赖包安装失败：请检查网络和 npm 镜像设置（npm config get registry），然后重试。',
      'installing the packages failed: check the network and the npm registry setting, then try again',
    )
  }
  if (!isInstalled())
    fail('安装后依赖包仍不完整，请删除 node_modules 后重试。', 'node_modules is incomplete after installing')
  say(`依赖包已安装，用时 ${Math.round((Date.now() - startedAt) / 1000)} 秒  [installed]`)
}

/** The npm that runs us when there is one, so that a machine with several keeps to one. */
function npmCommand() {
  const running = process.env.npm_execpath
  if (running !== undefined && running.endsWith('npm-cli.js')) return [process.execPath, [running]]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
}

function findNode() {
  const bundled = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(bundled) && !isMusl()) return bundled
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `本机平台（${process.platform}-${process.arch}）没有随附的 Node 24，请先安装 Node 24 或更高版本再运行。`,
    `no bundled Node 24 for this platform; install Node 24 or later (this one is ${process.versions.node})`,
  )
}

/** The bundled Node needs glibc; Alpine and its kin have musl. */
function isMusl() {
  if (process.platform !== 'linux') return false
  process.report.excludeNetwork = true // looking up interface names can take seconds
  return process.report.getReport().header.glibcVersionRuntime === undefined
}

async function handOver(node, args) {
  // Tools in node_modules/.bin are started with "node" from the PATH: let that be the same one.
  const env = { ...process.env, PATH: dirname(node) + delimiter + (process.env.PATH ?? '') }
  process.exit(await run(node, [], args, { stdio: 'inherit', env }))
}

/** Runs a command to its end, passing our signals on; resolves to an exit code as a shell would give it. */
function run(command, leading, args, options) {
  return new Promise((resolve) => {
    const shell = command.endsWith('.cmd')
    const child = spawn(command, [...leading, ...args], { ...options, shell })
    const passOn = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn)
    child.on('error', (error) => {
      say(error.message)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(chinese, english) {
  say(`${chinese}  [${english}]`)
  process.exit(1)
}
