import { z } from 'zod'

/**
 * Every code an answer can carry, with its HTTP status. The one list: the server throws by it,
 * the OpenAPI description names it, and the browser words it (web/src/platform/errors).
 */
export const ERROR_STATUS = {
  malformed_request: 400,
  unknown_filter: 400,
  not_signed_in: 401,
  sign_in_failed: 401,
  account_locked: 401,
  second_factor_required: 401,
  second_factor_wrong: 401,
  csrf_token_wrong: 403,
  forbidden: 403,
  password_change_required: 403,
  second_factor_enrolment_required: 403,
  not_found: 404,
  action_not_allowed: 409,
  changed_meanwhile: 409,
  already_exists: 409,
  roles_exclude_each_other: 409,
  undo_blocked: 409,
  import_has_problems: 409,
  as_of_out_of_range: 422,
  invalid_fields: 422,
  password_too_weak: 422,
  workbook_unreadable: 422,
  file_too_large: 413,
  too_many_requests: 429,
  internal: 500,
  not_ready: 503,
} as const

export const ErrorCode = z.enum(Object.keys(ERROR_STATUS) as [keyof typeof ERROR_STATUS])
export type ErrorCode = keyof typeof ERROR_STATUS

/** One fault of one field of a request or record. */
export const FieldProblem = z
  .object({
    path: z.string().describe('The field, as a dotted path in the request body, e.g. members.0.idNumber'),
    code: z.string().describe('What is wrong, machine-readable, e.g. id_number_checksum'),
    params: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Values for the wording; never personal data'),
  })
  .meta({ id: 'FieldProblem', description: '字段错误 — what is wrong with one field' })
export type FieldProblem = z.infer<typeof FieldProblem>

/** RFC 9457 problem document, with the project's code and the request id for the log. */
export const Problem = z
  .object({
    type: z.string().describe('urn:tiejun:problem:<code>'),
    title: z.string().describe('The code in words, in English, for developers'),
    status: z.number().int(),
    code: ErrorCode,
    requestId: z.string().describe('To be quoted when asking for help; the log has the same id'),
    detail: z.record(z.string(), z.unknown()).optional().describe('What is allowed instead, by code'),
    fields: z.array(FieldProblem).optional().describe('Faults by field, for 400 and 422'),
  })
  .meta({ id: 'Problem', description: '问题说明 (RFC 9457) — why a request was refused' })
export type Problem = z.infer<typeof Problem>
