import { IMPORT_WORDING } from '@tiejun/contract/households/import-wording.ts'
import type { ImportVocabulary } from './import-fields.rules.ts'

/** Forms of one wording; the special ones apply when the params call for them. */
interface Wording {
  name: string
  what?: string
  whatElsewhere?: string
  whatRegistry?: string
  todo: string
  todoSuggested?: string
  todoPlain?: string
  todoElsewhere?: string
  todoRegistry?: string
}

type Params = Readonly<Record<string, unknown>>

const MOST_PERMITTED = 30

function fill(text: string, values: Params): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    return Array.isArray(value) ? value.join('、') : String(value ?? '')
  })
}

const yuan = (fen: unknown) => (typeof fen === 'number' ? (fen / 100).toFixed(2) : '')

function chooseWhat(words: Wording, params: Params): string {
  if (params['isSameHousehold'] === false && words.whatElsewhere) return words.whatElsewhere
  if (params['isInRegistry'] === true && words.whatRegistry) return words.whatRegistry
  return words.what ?? words.name
}

function chooseTodo(words: Wording, params: Params, permitted: readonly string[]): string {
  if (params['suggestion'] && words.todoSuggested) return words.todoSuggested
  if (params['isInRegistry'] === true && words.todoRegistry) return words.todo + words.todoRegistry
  const { townships } = params
  if (Array.isArray(townships) && townships.length > 0 && words.todoElsewhere) return words.todoElsewhere
  return permitted.length === 0 && words.todoPlain ? words.todoPlain : words.todo
}

function isWorded(code: string): code is keyof typeof IMPORT_WORDING {
  return Object.hasOwn(IMPORT_WORDING, code)
}

/** A problem in Chinese: what is wrong, and what to do about it. */
export function wordProblem(
  code: string,
  params: Params,
  header: string | null,
  { enumerations }: ImportVocabulary,
): { what: string; todo: string } {
  const words: Wording = isWorded(code) ? IMPORT_WORDING[code] : { name: code, todo: '请核对后重新上传。' }
  const permitted = (enumerations[String(params['enumeration'] ?? '')] ?? []).map(({ label }) => label)
  const values = {
    header: header ?? '',
    ...params,
    declaredYuan: yuan(params['declaredFen']),
    computedYuan: yuan(params['computedFen']),
    permitted: permitted.slice(0, MOST_PERMITTED),
  }
  return {
    what: fill(chooseWhat(words, params), values),
    todo: fill(chooseTodo(words, params, permitted), values),
  }
}
