import type { FieldProblem, Problem } from '@tiejun/contract/platform/errors.ts'
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { AppError } from './errors.ts'

/** What is wrong with one value, from zod's issue: the code the browser words, and its bounds; never the value. */
export function fieldProblemOf(issue: z.core.$ZodIssue): FieldProblem {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'custom') {
    const { code, ...params } = { code: 'invalid', ...issue.params }
    return { path, code: String(code), params }
  }
  if (issue.code === 'unrecognized_keys')
    return { path, code: 'unknown_field', params: { names: issue.keys } }
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1)
    return { path, code: 'required' }
  if (issue.code === 'too_small')
    return { path, code: 'too_small', params: { minimum: Number(issue.minimum) } }
  if (issue.code === 'too_big') return { path, code: 'too_big', params: { maximum: Number(issue.maximum) } }
  if (issue.code === 'invalid_type' && issue.input === undefined) return { path, code: 'required' }
  return { path, code: issue.code }
}

/** Refuses a record that breaks a contract schema or a rule, naming each field. */
export const invalidFields = (issues: readonly z.core.$ZodIssue[]): AppError =>
  new AppError('invalid_fields', undefined, issues.map(fieldProblemOf))

/** The framework keeps the path as a pointer and the rest of zod's issue in `params`. */
function issueOf({ instancePath, keyword, params }: FastifySchemaValidationError): z.core.$ZodIssue {
  const path = instancePath.split('/').filter((part) => part !== '')
  return { ...params, code: keyword, path } as z.core.$ZodIssue
}

function fromValidation(error: FastifyError): AppError | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  const issues = error.validation.map(issueOf)
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
  if (error.validationContext === 'querystring' && unknown.length > 0) {
    return new AppError('unknown_filter', { names: unknown })
  }
  return new AppError('malformed_request', { in: error.validationContext }, issues.map(fieldProblemOf))
}

function fromFramework(error: FastifyError): AppError | undefined {
  if (error.statusCode === 429) return new AppError('too_many_requests')
  if (error.statusCode === 413) return new AppError('file_too_large')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new AppError('malformed_request', { framework: error.code })
  }
  return undefined
}

/** The problem document of a refusal. */
export const problemOf = (error: AppError, requestId: string): Problem => ({
  type: `urn:tiejun:problem:${error.code}`,
  title: error.code.replaceAll('_', ' '),
  status: error.status,
  code: error.code,
  requestId,
  detail: error.detail,
  fields: error.fields,
})

/** The one place where errors become answers. What nobody foresaw is logged with the request id and says nothing else. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof AppError ? error : (fromValidation(error) ?? fromFramework(error))
  if (!known) {
    // A message or a query of the database may quote values, so only its name, code and place are logged.
    request.log.error(
      { errorName: error.name, errorCode: error.code, stack: placesOf(error) },
      'unforeseen error',
    )
  }
  const answer = known ?? new AppError('internal')
  return reply
    .code(answer.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemOf(answer, request.id))
}

const placesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
