/**
 * Writes the traditional Chinese wording (zh-TW) from the simplified one, file by file:
 * `X.messages.zh.ts` → `X.messages.zh-TW.ts`. Only the simplified file is ever edited by hand.
 *
 *   node scripts/run.mjs scripts/traditional.ts
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Converter } from 'opencc-js/cn2t'

const root = join(import.meta.dirname, '..')

const HEADER =
  '// Generated from the zh-CN file by scripts/traditional.ts. Edit that file and run the script.\n'

// The letters only: the words stay those of the office, which a phrase table would turn into others (权限 → 許可權).
const convert = Converter({ from: 'cn', to: 'tw' })

export const traditionalOf = (simplified: string): string => HEADER + convert(simplified)

export const simplifiedFiles = (): string[] =>
  globSync('web/src/**/*.messages.zh.ts', { cwd: root }).map((path) => join(root, path))

export const traditionalPath = (path: string): string => path.replace(/\.zh\.ts$/, '.zh-TW.ts')

function writeAll() {
  for (const path of simplifiedFiles()) {
    const text = traditionalOf(readFileSync(path, 'utf8'))
    const target = traditionalPath(path)
    writeFileSync(target, text)
  }
  console.log(`Wrote ${simplifiedFiles().length} traditional message files`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeAll()
