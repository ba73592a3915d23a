import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../../../platform/http/errors.ts'
import { serveEndpoints } from '../../../platform/http/routes.ts'
import type { HouseholdImports } from './household-imports.ts'
import type { UploadedFile } from './kept-file.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Requests of the import of household workbooks. */
export function importRoutes(api: FastifyInstance, imports: HouseholdImports): void {
  api.addHook('onClose', () => imports.close())
  serveEndpoints(api, importEndpoints, {
    template: async ({ reply }) =>
      reply
        .header('content-disposition', attachment('户卡导入模板.xlsx'))
        .type(XLSX)
        .send(imports.template()),
    list: ({ actor, query }) => imports.list(actor, query),
    upload: async ({ actor, request }) => imports.upload(actor, await uploadedFile(request)),
    get: ({ actor, params }) => imports.get(actor, params.id),
    problems: ({ actor, params, query }) => imports.problems(actor, params.id, query),
    errorWorkbook: async ({ actor, params, reply }) => {
      const { name, stream } = await imports.errorWorkbook(actor, params.id)
      return reply.header('content-disposition', attachment(name)).type(XLSX).send(stream)
    },
    preview: ({ actor, params, query }) => imports.preview(actor, params.id, query),
    check: ({ actor, params, body }) => imports.check(actor, params.id, body.incomeYear),
    cancel: ({ actor, params }) => imports.cancel(actor, params.id),
    commit: ({ actor, params, body }) => imports.commit(actor, params.id, body.withoutFaulty),
    undo: ({ actor, params, body }) => imports.undo(actor, params.id, body.reason),
    discard: ({ actor, params }) => imports.discard(actor, params.id),
  })
}

const attachment = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

async function uploadedFile(request: FastifyRequest): Promise<UploadedFile> {
  if (!request.isMultipart()) throw new AppError('malformed_request', { in: 'body', expected: 'multipart' })
  const part = await request.file()
  if (!part) throw new AppError('malformed_request', { in: 'body', expected: 'file' })
  const { incomeYear } = part.fields
  const given = incomeYear && 'value' in incomeYear ? Number(incomeYear.value) : null
  if (given !== null && !(Number.isInteger(given) && given >= 2010 && given <= 2100))
    throw new AppError('malformed_request', undefined, [{ path: 'incomeYear', code: 'not_a_year' }])
  async function* pieces() {
    for await (const piece of part?.file ?? []) yield piece as Uint8Array
    if (part?.file.truncated) throw new AppError('file_too_large')
  }
  return { fileName: part.filename.slice(0, 200), pieces: pieces(), incomeYear: given }
}
