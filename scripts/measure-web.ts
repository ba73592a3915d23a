/**
 * Prints, as JSON, how much JavaScript (gzip) a browser loads for each page before it can be used: the entry, what
 * it imports, the page's own chunks, and the words of one language. Reads web/dist, which `vite build` writes.
 *
 *   node scripts/run.mjs scripts/measure-web.ts
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

/** 首屏上限: 350 KB gzip for the sign-in page and for each page one can land on after it. */
export const FIRST_PAGE_LIMIT_BYTES = 350 * 1024

const dist = join(import.meta.dirname, '..', 'web', 'dist')

interface Chunk {
  file: string
  isEntry?: boolean
  isDynamicEntry?: boolean
  imports?: string[]
}
type Manifest = Record<string, Chunk>

export interface PageSize {
  /** The page's component file, or 'entry' for the shell alone. */
  page: string
  gzipBytes: number
  chunks: { file: string; gzipBytes: number }[]
}

function filesOf(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (chunk === undefined || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, found)
  return found
}

const gzipBytes = (file: string) => gzipSync(readFileSync(join(dist, file))).length

/** The words every page needs, in the language a new browser starts with, and its Ant Design locale. */
const startingWords = (manifest: Manifest) =>
  Object.keys(manifest).filter((key) =>
    /(ui|shell|errors|sign-in)\.messages\.zh\.ts$|locale\/zh_CN\.js$/.test(key),
  )

/** Each page of the last build with everything it loads. Throws when nothing was built. */
export function measurePages(): PageSize[] {
  const path = join(dist, '.vite', 'manifest.json')
  if (!existsSync(path)) throw new Error('web/dist is missing: build the web first (vite build in web/)')
  // The border: vite's own file, in vite's own shape.
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true)
  if (entry === undefined) throw new Error(`${path} names no entry`)
  const shared = [entry, ...startingWords(manifest)]
  const pages = Object.keys(manifest).filter((key) => key.endsWith('Page.tsx'))
  return [undefined, ...pages].map((page) => {
    const files = new Set<string>()
    for (const key of page === undefined ? shared : [...shared, page]) filesOf(manifest, key, files)
    const chunks = [...files].map((file) => ({ file: basename(file), gzipBytes: gzipBytes(file) }))
    return {
      page: page ?? 'entry',
      gzipBytes: chunks.reduce((sum, chunk) => sum + chunk.gzipBytes, 0),
      chunks: chunks.toSorted((one, other) => other.gzipBytes - one.gzipBytes),
    }
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify({ limitBytes: FIRST_PAGE_LIMIT_BYTES, pages: measurePages() }, undefined, 2))
}
