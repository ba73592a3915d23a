import { ERROR_STATUS, Problem, type ErrorCode } from '@tiejun/contract/platform/errors.ts'

/** A request that was refused or that failed: always carries a problem document, made here when none came. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** What went wrong on the way, so that the wording can tell a broken line from a broken server. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

export const problemOf = (error: unknown): Problem | undefined =>
  error instanceof ProblemError ? error.problem : undefined

export const hasCode = (error: unknown, ...codes: ErrorCode[]): boolean => {
  const problem = problemOf(error)
  return problem !== undefined && codes.includes(problem.code)
}

/** Reads the problem document of a refused answer; a proxy's HTML page becomes a problem of the same status. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const requestId = response.headers.get('x-request-id') ?? ''
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = Problem.safeParse(body)
  if (parsed.success) return new ProblemError(parsed.data)
  const code = codeOfStatus(response.status)
  return new ProblemError({
    type: `urn:tiejun:problem:${code}`,
    title: response.statusText,
    status: response.status,
    code,
    requestId,
  })
}

const BY_STATUS: Partial<Record<number, ErrorCode>> = {
  400: 'malformed_request',
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  413: 'file_too_large',
  429: 'too_many_requests',
  502: 'not_ready',
  503: 'not_ready',
  504: 'not_ready',
}

const codeOfStatus = (status: number): ErrorCode => BY_STATUS[status] ?? 'internal'

/** Answers of these codes are final: asking again cannot help. */
export const isFinal = (error: unknown): boolean => {
  const problem = problemOf(error)
  return problem !== undefined && ERROR_STATUS[problem.code] < 500 && problem.code !== 'too_many_requests'
}
