// Proves what the documents claim: every link, path and command in them exists, every table explains itself.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { ROOT } from './command.ts'

const DOCUMENTS = ['*.md', 'docs/**/*.md', '{server,web,contract}/src/**/*.md', 'packs/**/*.md']
const REQUIRED = ['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']
/** A word in backticks is a path when it starts with a folder or file of the root and names something below it. */
const PATH_START = /^(\.ci|bench|contract|docs|journeys|packs|scripts|server|test|web)\//
const NPM_BUILT_IN = ['test', 'start']

const scripts = readScripts()
const problems = [
  ...REQUIRED.filter((name) => !existsSync(join(ROOT, name))).map((name) => `${name}: is missing`),
  ...globSync(DOCUMENTS, { cwd: ROOT, exclude: (name) => name.includes('node_modules') }).flatMap(
    checkDocument,
  ),
  ...globSync('server/migrations/*.sql', { cwd: ROOT }).flatMap(checkMigration),
]
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'every link, path, command and table comment is right' : '')
process.exitCode = problems.length === 0 ? 0 : 1

function checkDocument(document: string): string[] {
  const text = readFileSync(join(ROOT, document), 'utf8')
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...brokenLinks(document, line), ...missingPaths(document, line), ...unknownCommands(line)].map(
        (problem) => `${document}:${index + 1}: ${problem}`,
      ),
    )
}

function brokenLinks(document: string, line: string): string[] {
  const links = [...line.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
  return links
    .filter((link) => !/^([a-z]+:|#)/.test(link))
    .filter((link) => !existsSync(join(ROOT, dirname(document), decodeURI(link.replace(/#.*$/, '')))))
    .map((link) => `the link ${link} leads nowhere`)
}

function missingPaths(document: string, line: string): string[] {
  const words = [...line.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '')
  return (
    words
      .filter((word) => PATH_START.test(word))
      // Patterns and examples: <module>, X.routes.ts, NNNN_…, *.ts, {a,b}
      .filter((word) => !/[<>*{}…]|NNNN|\bX\./.test(word))
      .filter((word) => !exists(word) && !exists(join(dirname(document), word)))
      .map((word) => `there is no ${word}`)
  )
}

function unknownCommands(line: string): string[] {
  const named = [...line.matchAll(/\bnpm (?:run )(?:-s |--silent )?([a-z][\w:-]*)/g)].map(
    (match) => match[1] ?? '',
  )
  return named
    .filter((name) => !scripts.has(name) && !NPM_BUILT_IN.includes(name))
    .map((name) => `package.json has no script ${name}`)
}

/** Chinese, because the tables are read by the office's own database people. */
function checkMigration(migration: string): string[] {
  const sql = readFileSync(join(ROOT, migration), 'utf8').replaceAll(/--.*$/gm, '')
  const created = [...sql.matchAll(/CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)"?/gi)]
  // A partition shares the comment of its parent.
  return created
    .filter((match) => !/^\s+PARTITION\s+OF\b/i.test(sql.slice(match.index + match[0].length)))
    .map((match) => match[1] ?? '')
    .filter((table) => !hasChineseComment(sql, table))
    .map((table) => `${migration}: table ${table} has no COMMENT ON TABLE in Chinese`)
}

function hasChineseComment(sql: string, table: string): boolean {
  const comment = new RegExp(`COMMENT\\s+ON\\s+TABLE\\s+"?${table}"?\\s+IS\\s+'([^']*)'`, 'i').exec(sql)
  return /\p{Script=Han}/u.test(comment?.[1] ?? '')
}

function exists(path: string): boolean {
  // A line number or a trailing dot is not part of the path.
  return existsSync(join(ROOT, normalize(path.replace(/(:\d+)?[.,;]?$/, ''))))
}

function readScripts(): Set<string> {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8')
  const parsed: { scripts?: Record<string, string> } = JSON.parse(text)
  return new Set(Object.keys(parsed.scripts ?? {}))
}
