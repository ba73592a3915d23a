import { z } from 'zod'

/** A JSON Schema as far as examples are drawn from it. */
interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  example?: unknown
  examples?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  prefixItems?: Schema[]
  minItems?: number
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
}

const STRINGS: Record<string, string> = {
  uuid: '0162846b-2c00-7000-8000-000000000001',
  date: '2018-04-02',
  'date-time': '2018-04-02T09:00:00+08:00',
  email: 'office@example.com',
  uri: 'https://example.com/',
}

/** Texts for fields with a pattern; the first that fits is shown. */
const PATTERNED = [
  'general',
  '411722101001',
  '123456',
  '2018-04',
  '2018',
  'wang.fang',
  '13903961234',
  'A01',
  '0',
  '脱贫',
]

/** Deeper than any answer of ours; a schema that refers to itself ends here. */
const DEEPEST = 8

function sample(schema: Schema, defs: Record<string, Schema>, depth: number): unknown {
  const target = schema.$ref ? defs[schema.$ref.split('/').at(-1) ?? ''] : undefined
  if (target) return sample(target, defs, depth + 1)
  const given = [schema.example, schema.examples?.[0], schema.const, schema.default, schema.enum?.[0]]
  const first = given.find((value) => value !== undefined)
  if (first !== undefined) return first
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return sampleOneOf(alternatives, defs, depth)
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => sample(part, defs, depth)))
  }
  return sampleOfType(schema, defs, depth)
}

/** The first that is not null says more; near the bottom null ends what would go on for ever. */
function sampleOneOf(alternatives: Schema[], defs: Record<string, Schema>, depth: number): unknown {
  const telling = alternatives.find(({ type }) => type !== 'null')
  return telling && depth < DEEPEST ? sample(telling, defs, depth) : null
}

function sampleOfType(schema: Schema, defs: Record<string, Schema>, depth: number): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'string':
      if (schema.format && STRINGS[schema.format]) return STRINGS[schema.format]
      return schema.pattern ? patterned(schema.pattern) : '文字'.padEnd(schema.minLength ?? 0, '字')
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)
    case 'boolean':
      return true
    case 'null':
      return null
    case 'array':
      return sampleArray(schema, defs, depth)
    case 'object':
      return sampleObject(schema, defs, depth)
    default:
      return {}
  }
}

function patterned(pattern: string): string {
  const expression = new RegExp(pattern, 'u')
  return PATTERNED.find((text) => expression.test(text)) ?? '文字'
}

function sampleArray(schema: Schema, defs: Record<string, Schema>, depth: number): unknown[] {
  if (schema.prefixItems) return schema.prefixItems.map((item) => sample(item, defs, depth + 1))
  if (!schema.items || depth >= DEEPEST) return []
  const { items } = schema
  return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => sample(items, defs, depth + 1))
}

function sampleObject(schema: Schema, defs: Record<string, Schema>, depth: number): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {})
  const shown = depth < DEEPEST ? properties : properties.filter(([name]) => schema.required?.includes(name))
  return Object.fromEntries(shown.map(([name, property]) => [name, sample(property, defs, depth + 1)]))
}

/**
 * An example of what a schema of the contract accepts (`input`) or answers (`output`): what its `.meta({ example })`
 * says, else drawn from its shape. A test holds every example against its schema, so that one that cannot be drawn
 * (a pattern, a rule between fields) gets its `.meta({ example })`.
 */
export function exampleOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  // Zod's type of a JSON Schema is wider than what we read of it.
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Schema
  return sample(json, json.$defs ?? {}, 0)
}
