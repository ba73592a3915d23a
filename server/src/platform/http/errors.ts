import { ERROR_STATUS, type ErrorCode, type FieldProblem } from '@tiejun/contract/platform/errors.ts'

/** Every refusal the product makes on purpose. Worded by the browser from the code; carries no personal data. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: Record<string, unknown> | undefined
  readonly fields: FieldProblem[] | undefined

  constructor(code: ErrorCode, detail?: Record<string, unknown>, fields?: FieldProblem[]) {
    super(code)
    this.name = 'AppError'
    this.code = code
    this.detail = detail
    this.fields = fields
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}
