import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import type { FieldProblem } from '@tiejun/contract/platform/errors.ts'
import { ProblemError, problemOf } from '../../../api/index.ts'
import type { CardWords } from '../fields/card-words.ts'
import { printYuan } from '../fields/field-values.ts'

/** Bounds of money come in fen and are read in yuan. */
function readableParams(field: CardFieldInfo | undefined, words: CardWords, params: FieldProblem['params']) {
  const entries = Object.entries(params ?? {}).map(([name, value]) => {
    if (field?.type === 'money' && typeof value === 'number') return [name, printYuan(value)]
    if (name === 'enumeration') return [name, words.enumerationName(String(value))]
    return [name, value]
  })
  return Object.fromEntries(entries) as Record<string, unknown>
}

const WORDED_WITH_BOUND: readonly string[] = ['too_small', 'too_big']

/**
 * The refusal of a form's request, with faults at the fields people see: a fault inside a list is that of the list,
 * bounds are in the unit of the field, and what belongs to no field of the form is named in words.
 */
export function withReadableFaults(
  error: unknown,
  words: CardWords,
  fieldAt: (path: string) => { path: string; field: CardFieldInfo } | undefined,
  nameOther: (path: string) => string,
): unknown {
  const problem = problemOf(error)
  if (problem?.fields === undefined) return error
  const fields = problem.fields.map((fault): FieldProblem => {
    const found = fieldAt(fault.path)
    const params = readableParams(found?.field, words, fault.params)
    const isBound = WORDED_WITH_BOUND.includes(fault.code)
    const hasBound = 'minimum' in params || 'maximum' in params
    return {
      path: found?.path ?? nameOther(fault.path),
      code: isBound && hasBound ? `${fault.code}_than` : fault.code,
      params: { ...params, unit: found === undefined ? '' : words.unit(found.field) },
    }
  })
  return new ProblemError({ ...problem, fields })
}
