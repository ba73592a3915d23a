import swagger from '@fastify/swagger'
import { type EndpointDefinition, successStatus } from '@tiejun/contract/platform/endpoints.ts'
import { ErrorCode, Problem } from '@tiejun/contract/platform/errors.ts'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { exampleOf } from './examples.ts'

const PROBLEM_MEDIA = 'application/problem+json'
const JSON_MEDIA = 'application/json'

/** The parts of an OpenAPI operation that are completed here. */
interface Operation {
  parameters?: { name: string; in: string; example?: unknown }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description?: string; content?: Record<string, Media> }>
}

interface Media {
  schema?: object
  example?: unknown
}

interface Document {
  paths?: Record<string, Record<string, Operation>>
}

const FILE_BODY = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
    },
  },
}

const PROBLEM_EXAMPLE: Problem = {
  type: 'urn:tiejun:problem:not_found',
  title: 'not found',
  status: 404,
  code: ErrorCode.enum.not_found,
  requestId: '0162846b-2c00-7000-8000-000000000001',
}

/** What a success carries besides JSON, which the framework has described from the schema. */
function describeSuccess(definition: EndpointDefinition): {
  description: string
  content?: Record<string, Media>
} {
  const { response } = definition
  const file = { schema: { type: 'string', format: 'binary' } }
  if (response === 'file') return { description: '文件', content: { 'application/octet-stream': file } }
  if (response === 'events') {
    return { description: '事件流', content: { 'text/event-stream': { schema: { type: 'string' } } } }
  }
  return { description: '完成' }
}

function complete(operation: Operation, definition: EndpointDefinition): void {
  const { body, response, params, query } = definition
  if (body === 'file') operation.requestBody = { content: FILE_BODY }
  const request = operation.requestBody?.content[JSON_MEDIA]
  if (request && typeof body === 'object') request.example = exampleOf(body, 'input')
  const status = String(successStatus(definition))
  if (typeof response !== 'object') operation.responses[status] = describeSuccess(definition)
  const success = operation.responses[status]?.content?.[JSON_MEDIA]
  if (success && typeof response === 'object') success.example = exampleOf(response, 'output')
  const given = { ...exampleParts(params), ...exampleParts(query) }
  for (const parameter of operation.parameters ?? []) parameter.example = given[parameter.name]
  for (const [key, refusal] of Object.entries(operation.responses)) {
    if (!/^[45]XX$/i.test(key) || !refusal.content) continue
    refusal.description = key.startsWith('4') ? '拒绝' : '故障'
    refusal.content = { [PROBLEM_MEDIA]: { ...refusal.content[JSON_MEDIA], example: PROBLEM_EXAMPLE } }
  }
}

function exampleParts(schema: EndpointDefinition['query']): Record<string, unknown> {
  const example = schema ? exampleOf(schema, 'input') : {}
  return typeof example === 'object' && example !== null ? { ...example } : {}
}

/** OpenAPI writes /households/{id} where the contract writes /households/:id. */
const pathOf = ({ path }: EndpointDefinition): string => path.replaceAll(/:(\w+)/g, '{$1}')

/** OpenAPI 3.1 of everything that is served from the contract, with examples. */
export async function addDescription(app: FastifyInstance, sessionCookie: string): Promise<void> {
  const served: EndpointDefinition[] = []
  app.addHook('onRoute', ({ config, method }) => {
    // A GET is registered once more as HEAD.
    if (config?.endpoint && method === config.endpoint.method) served.push(config.endpoint)
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '铁军 Tiejun API', version: '0.1.0', description: '县脱贫攻坚办公室工作系统接口' },
      servers: [{ url: '/api' }],
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookie } } },
    },
    stripBasePath: true,
    transform: jsonSchemaTransform,
    transformObject: (given) => {
      const document = jsonSchemaTransformObject(given)
      // The library's type has one member for each version of OpenAPI; the parts used here are the same in all.
      const { paths = {} } = document as Document
      for (const definition of served) {
        const operation = paths[pathOf(definition)]?.[definition.method.toLowerCase()]
        if (operation) complete(operation, definition)
      }
      return document
    },
  })
}
