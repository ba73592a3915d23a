import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const SOURCES = globSync('{contract,server,web}/src/**/*.{ts,tsx}', { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.generated.ts'))
const PRODUCT = SOURCES.filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** The modules of the blueprint's list that exist so far, in its order: a module may use those before it. */
const MODULE_ORDER = ['areas', 'organisation', 'households', 'cockpit']

const folders = (path: string) =>
  readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

/** What a file imports, as paths from the root; packages as their name. */
function importsOf(file: string): string[] {
  const specifiers = [...textOf(file).matchAll(/(?<![.\w])(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map(
    (match) => match[1] ?? '',
  )
  return specifiers.map((specifier) => {
    if (specifier.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(file), specifier))
    return specifier.replace(/^@tiejun\/contract\//, 'contract/src/')
  })
}

const moduleOf = (path: string) =>
  /^(?:contract\/src|(?:server|web)\/src\/modules)\/([a-z-]+)\//.exec(path)?.[1]

test('every module has the same name in contract, server and web', () => {
  const contract = folders('contract/src').filter((name) => name !== 'platform' && name !== 'standards')
  expect(folders('server/src/modules')).toEqual(contract)
  expect(folders('web/src/modules')).toEqual(contract)
  expect([...MODULE_ORDER].sort()).toEqual(contract)
})

test('the contract imports nothing but itself and zod', () => {
  for (const file of PRODUCT.filter((path) => path.startsWith('contract/'))) {
    const strangers = importsOf(file).filter((path) => !/^contract\/src\/|^zod$/.test(path))
    expect(strangers, file).toEqual([])
  }
})

test('the web never imports the server, and the server never the web', () => {
  for (const file of SOURCES) {
    const other = file.startsWith('web/') ? /^server\/|^@tiejun\/server/ : /^web\/|^@tiejun\/web/
    expect(
      importsOf(file).filter((path) => other.test(path)),
      file,
    ).toEqual([])
  }
})

test('rules do no input or output: they import only rules, contracts and types', () => {
  for (const file of PRODUCT.filter((path) => path.endsWith('.rules.ts'))) {
    const text = textOf(file)
    const run = [...text.matchAll(/^import (?!type\b)[^']*'([^']+)'/gm)].map((match) => match[1] ?? '')
    const strangers = run.filter((path) => !/\.rules\.ts$|^@tiejun\/contract\//.test(path))
    expect(strangers, file).toEqual([])
    expect(/\basync\b|\bawait\b/.test(text), `${file} is never async`).toBe(false)
  }
})

test('modules reach each other only through index.ts, and only those above them in the list', () => {
  for (const file of PRODUCT.filter((path) => path.startsWith('server/src/modules/'))) {
    const own = moduleOf(file) ?? ''
    for (const path of importsOf(file)) {
      const other = path.startsWith('server/') ? moduleOf(path) : undefined
      if (!other || other === own) continue
      expect(path, `${file} imports ${path}`).toMatch(/\/index\.ts$/)
      expect(MODULE_ORDER.indexOf(other), `${file} imports ${path}`).toBeLessThan(MODULE_ORDER.indexOf(own))
    }
  }
})

test('the platform knows no module', () => {
  for (const file of PRODUCT.filter((path) => /^(server|web)\/src\/(platform|ui|api)\//.test(path))) {
    expect(
      importsOf(file).filter((path) => /\/modules\//.test(path)),
      file,
    ).toEqual([])
  }
})

test('the design system knows no business word: it imports no contract of a module', () => {
  for (const file of PRODUCT.filter((path) => path.startsWith('web/src/ui/'))) {
    const business = importsOf(file).filter((path) => /^contract\/src\/(?!platform\/)/.test(path))
    expect(business, file).toEqual([])
  }
})

test('nothing on the server asks the time but the clock', () => {
  const asksTime = /new Date\(\)|Date\.now\(\)|\bnow\(\)(?! )/
  for (const file of PRODUCT.filter((path) => path.startsWith('server/src/modules/'))) {
    const lines = textOf(file)
      .split('\n')
      .filter((line) => asksTime.test(line) && !/clock\.now\(\)/.test(line))
    expect(lines, file).toEqual([])
  }
})

test('imports make no circles', () => {
  const graph = new Map(
    PRODUCT.map((file) => [file, importsOf(file).filter((path) => SOURCES.includes(path))]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, trail: string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    // A type alone makes no circle at run time, but it ties the files together all the same.
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of graph.keys()) visit(file, [])
  expect(circles).toEqual([])
})

test('the county schema is named nowhere', () => {
  for (const file of [
    ...PRODUCT.filter((path) => path.startsWith('server/')),
    ...globSync('server/migrations/*.sql', { cwd: ROOT }),
  ]) {
    expect(/\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ON)\s+"?public"?\./i.test(textOf(file)), file).toBe(false)
  }
})

test('every table has row-level security and a Chinese comment', () => {
  const sql = globSync('server/migrations/*.sql', { cwd: ROOT }).sort().map(textOf).join('\n')
  const tables = [...sql.matchAll(/^CREATE (?:UNLOGGED )?TABLE (\w+)/gm)].map((match) => match[1] ?? '')
  expect(tables.length).toBeGreaterThan(15)
  for (const table of tables) {
    expect(sql, `${table} has row-level security`).toContain(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`)
    expect(sql, `${table} has a comment`).toMatch(
      new RegExp(`COMMENT ON TABLE ${table} IS '[^']*\\p{Script=Han}`, 'u'),
    )
  }
})
