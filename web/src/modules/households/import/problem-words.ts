import type { ImportProblem } from '@tiejun/contract/households/import-problems.ts'
import { useTranslation } from 'react-i18next'
import { formatYuan } from '../../../ui/index.ts'
import type { CardWords } from '../fields/card-words.ts'
import { useCardWords } from '../fields/CardWordsProvider.tsx'

type Given = Pick<ImportProblem, 'code' | 'params' | 'header' | 'field' | 'sheet'>

export interface ProblemWords {
  /** The short name of a kind of problem, for counting. */
  nameOf: (code: string) => string
  whatOf: (problem: Given) => string
  todoOf: (problem: Given) => string
}

/** The 56 nationalities would fill a cell for nothing; the first ones show what is meant. */
const MOST_PERMITTED = 20

const asText = (value: unknown, separator: string): string =>
  Array.isArray(value) ? value.join(separator) : String(value)

function permittedIn(enumeration: unknown, words: CardWords, separator: string): string {
  const labels =
    typeof enumeration === 'string' ? words.options(enumeration).map((option) => option.label) : []
  const shown = labels.slice(0, MOST_PERMITTED).join(separator)
  return labels.length > MOST_PERMITTED ? `${shown}…` : shown
}

/** The card's name of a field; its key when the pack does not know it. */
export function fieldName(words: CardWords, key: string): string {
  const field = words.findField(key)
  return field === undefined ? key : words.label(field)
}

/** What may be filled into the wording: the params as people read them. What is not known is left out. */
export function valuesFor(problem: Given, words: CardWords, separator: string): Record<string, string> {
  const header = problem.header ?? (problem.field === null ? '' : fieldName(words, problem.field))
  const permitted = permittedIn(problem.params['enumeration'], words, separator)
  const values: Record<string, string> = {}
  const given = { header, sheet: problem.sheet, permitted, ...problem.params }
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue
    const text = asText(value, separator)
    if (text === '') continue
    if (name.endsWith('Fen') && typeof value === 'number')
      values[name.replace(/Fen$/, 'Yuan')] = formatYuan(value)
    else values[name] = text
  }
  return values
}

const isOf = ({ code, params }: Given, kind: string, name: string, value: boolean) =>
  code === kind && params[name] === value

/** The wordings of what is wrong that fit a problem, the most telling one first. */
export const whatVariants = (problem: Given): string[] => [
  ...(isOf(problem, 'several_heads', 'isInRegistry', true) ? ['whatRegistry'] : []),
  ...(isOf(problem, 'id_number_repeated', 'isSameHousehold', false) ? ['whatElsewhere'] : []),
  'what',
  'name',
]

const TODO_VARIANTS = ['todoSuggested', 'todoElsewhere', 'todo', 'todoPlain']

/**
 * Words the problems of a file, below a CardWordsProvider: the first variant whose every blank can be filled. A wording
 * with a hole in it is never shown, and a code without wording is shown as the code, never swallowed.
 */
export function useProblemWords(): ProblemWords {
  const { i18n } = useTranslation('import-problems')
  const words = useCardWords()
  const separator = i18n.language === 'en' ? ', ' : '、'
  const wordingOf = (code: string, variant: string): string | undefined => {
    const key = `codes.${code}.${variant}`
    const found: unknown = i18n.getResource(i18n.language, 'import-problems', key)
    return typeof found === 'string' ? words.inLetters(found) : undefined
  }
  const filled = (problem: Given, variants: readonly string[]): string | undefined => {
    const values = valuesFor(problem, words, separator)
    const isWhole = (wording: string | undefined): wording is string =>
      wording !== undefined &&
      [...wording.matchAll(/\{\{(\w+)\}\}/g)].every(([, name]) => name !== undefined && name in values)
    return variants
      .map((variant) => wordingOf(problem.code, variant))
      .find(isWhole)
      ?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
  }
  return {
    nameOf: (code) => wordingOf(code, 'name') ?? code,
    whatOf: (problem) => filled(problem, whatVariants(problem)) ?? problem.code,
    todoOf: (problem) => {
      const isRegistry = isOf(problem, 'several_heads', 'isInRegistry', true)
      const parts = [
        filled(problem, TODO_VARIANTS),
        isRegistry ? filled(problem, ['todoRegistry']) : undefined,
      ]
      return parts.filter((part) => part !== undefined).join(i18n.language === 'en' ? ' ' : '')
    },
  }
}
