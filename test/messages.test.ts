import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ERROR_STATUS } from '@tiejun/contract/platform/errors.ts'
import { expect, test } from 'vitest'
import { simplifiedFiles, traditionalOf, traditionalPath } from '../scripts/traditional.ts'

const ROOT = join(import.meta.dirname, '..')

interface Messages {
  readonly [key: string]: string | Messages
}

async function messagesOf(path: string): Promise<Messages> {
  const file: { messages: Messages } = await import(path)
  return file.messages
}

/** Every text by its whole key, e.g. `list.total`. */
function flatten(messages: Messages, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted()

const nameOf = (path: string) => basename(path).replace('.messages.zh.ts', '')

test.for(simplifiedFiles())(
  '%s has the same keys and values to fill in all three languages',
  async (path) => {
    const chinese = flatten(await messagesOf(path))
    for (const language of ['en', 'zh-TW']) {
      const other = flatten(await messagesOf(path.replace(/\.zh\.ts$/, `.${language}.ts`)))
      expect([...other.keys()].toSorted(), language).toEqual([...chinese.keys()].toSorted())
      for (const [key, text] of chinese) {
        expect(placeholders(other.get(key) ?? ''), `${key} in ${language}`).toEqual(placeholders(text))
      }
    }
  },
)

test.for(simplifiedFiles())('%s: the traditional wording is that of the script', (path) => {
  expect(readFileSync(traditionalPath(path), 'utf8')).toBe(traditionalOf(readFileSync(path, 'utf8')))
})

test('no two message files share a name, which is their namespace', () => {
  const names = simplifiedFiles().map(nameOf)
  expect(names).toEqual([...new Set(names)])
})

test('every error code says what happened and what to do next', async () => {
  for (const language of ['zh', 'en', 'zh-TW']) {
    const path = join(ROOT, `web/src/platform/errors/errors.messages.${language}.ts`)
    const texts = flatten(await messagesOf(path))
    for (const code of [...Object.keys(ERROR_STATUS), 'unreachable', 'unexpected']) {
      expect(texts.get(`codes.${code}.title`), `${code} in ${language}`).toBeTruthy()
      expect(texts.get(`codes.${code}.advice`), `${code} in ${language}`).toBeTruthy()
    }
  }
})

/** The keys a file asks for in so many words, each as the whole keys it may stand for. */
function keysAskedIn(file: string): { key: string; candidates: string[] }[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const used = [...text.matchAll(/(?:useTranslation\(\[?|TFunction<)'([\w-]+)'/g)].map(
    (match) => match[1] ?? '',
  )
  const keys = [...text.matchAll(/(?<![\w.])t\('([^'$]+)'/g)].map((match) => match[1] ?? '')
  const titles = [...text.matchAll(/^\s*title: '([\w-]+:[\w.-]+)'/gm)].map((match) => match[1] ?? '')
  return [...keys, ...titles].map((key) => ({
    key,
    candidates: key.includes(':') ? [key] : used.map((namespace) => `${namespace}:${key}`),
  }))
}

test('every key a page asks for has its wording', async () => {
  const known = new Set<string>()
  for (const path of simplifiedFiles()) {
    for (const key of flatten(await messagesOf(path)).keys()) known.add(`${nameOf(path)}:${key}`)
  }
  const files = globSync('web/src/**/*.{ts,tsx}', { cwd: ROOT }).filter(
    (file) => !/\.test\.tsx?$|\.messages\./.test(file),
  )
  const asked = files.flatMap((file) => keysAskedIn(file).map((each) => ({ file, ...each })))
  expect(asked.length).toBeGreaterThan(150)
  const missing = asked.filter(({ candidates }) => !candidates.some((key) => known.has(key)))
  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})
