import { parse as parseCsv } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { PackProblem } from './problems.ts'

export type Path = readonly (string | number)[]

/** Collects what is wrong in one file; `at` gives the place inside it. */
export interface PackDocument<T> {
  file: string
  /** Undefined when the file could not be read or has the wrong shape; its problems say why. */
  content: T | undefined
  problems: PackProblem[]
  report: (at: Path, message: string) => void
}

/** ['posts', 3, 'actions', 1] → posts[3].actions[1] */
function written(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
}

function newDocument<T>(file: string, lineOf: (at: Path) => number | null): PackDocument<T> {
  const problems: PackProblem[] = []
  const report = (at: Path, message: string) => {
    problems.push({ file, path: written(at), line: lineOf(at), message })
  }
  return { file, content: undefined, problems, report }
}

const chinese = z.locales.zhCN().localeError

const KINDS: Record<string, string> = {
  string: '文字（数字要加引号）',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '带名称的项',
  record: '带名称的项',
}

function wording(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type' && value === undefined) return '缺少这一项，请补上'
  if (issue.code === 'invalid_type') return `应为${KINDS[issue.expected] ?? issue.expected}`
  if (issue.code === 'unrecognized_keys') return `不认识的项 ${issue.keys.join('、')}，请删除或检查拼写`
  if (issue.code === 'invalid_value')
    return `只能是 ${issue.values.map(String).join('、')} 之一，写成了 ${String(value)}`
  if (issue.code === 'invalid_format' && issue.format === 'regex')
    return `${JSON.stringify(value)} 的写法不对，应符合 ${issue.pattern}`
  if (issue.code === 'invalid_union') return '几种写法都不符合，请对照其他条目检查'
  return issue.message
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.entries(value).find(([name]) => name === String(step))?.[1]
  }, data)
}

function check<T>(document: PackDocument<T>, schema: z.ZodType<T>, data: unknown): PackDocument<T> {
  const result = schema.safeParse(data, { error: chinese })
  if (result.success) return { ...document, content: result.data }
  for (const issue of result.error.issues) {
    const path = issue.path.filter((step) => typeof step !== 'symbol')
    document.report(path, wording(issue, valueAt(data, path)))
  }
  return document
}

function readText(dir: string, file: string): string | undefined {
  try {
    return readFileSync(join(dir, file), 'utf8')
  } catch {
    return undefined
  }
}

const MISSING = '文件不存在或无法读取，请放到政策包文件夹里'

/** Reads one YAML file and checks it against its shape; never throws. */
export function readYaml<T>(dir: string, file: string, schema: z.ZodType<T>): PackDocument<T> {
  const text = readText(dir, file)
  const lines = new LineCounter()
  const yaml = parseDocument(text ?? '', { lineCounter: lines, prettyErrors: false })
  const lineOf = (at: Path): number | null => {
    for (let length = at.length; length > 0; length--) {
      const node = yaml.getIn(at.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return null
  }
  const document = newDocument<T>(file, lineOf)
  if (text === undefined) {
    document.report([], MISSING)
    return document
  }
  for (const error of yaml.errors) {
    const { line } = lines.linePos(error.pos[0])
    document.problems.push({
      file,
      path: '',
      line,
      message: `YAML 写法有误（${error.code}）：${error.message}`,
    })
  }
  return yaml.errors.length > 0 ? document : check(document, schema, yaml.toJS())
}

/** Reads one CSV file with a header row, `#` lines being notes; line numbers are those of the file. */
export function readCsv<T>(dir: string, file: string, schema: z.ZodType<T>): PackDocument<T[]> {
  const text = readText(dir, file)
  const rowLines: number[] = []
  const lineOf = (at: Path) => (typeof at[0] === 'number' ? (rowLines[at[0]] ?? null) : null)
  const document = newDocument<T[]>(file, lineOf)
  if (text === undefined) {
    document.report([], MISSING)
    return document
  }
  try {
    const rows: unknown[] = parseCsv(text, {
      columns: true,
      comment: '#',
      bom: true,
      skip_empty_lines: true,
      on_record: (record: unknown, context) => {
        rowLines.push(context.lines)
        return record
      },
    })
    return check(document, z.array(schema), rows)
  } catch (error) {
    document.report([], `CSV 写法有误：${error instanceof Error ? error.message : String(error)}`)
    return document
  }
}
