import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { EndpointDefinition } from '@tiejun/contract/platform/endpoints.ts'

const CONTRACT = join(import.meta.dirname, '../../../contract/src')

const isEndpoint = (value: unknown): value is EndpointDefinition =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'summary' in value

/** One request the contract declares, by the name of its list and its own name: `householdEndpoints.list`. */
export interface DeclaredEndpoint {
  key: string
  definition: EndpointDefinition
}

/** Every request of every `…Endpoints` object the contract exports, found in its files. */
export async function listDeclaredEndpoints(): Promise<DeclaredEndpoint[]> {
  const found: DeclaredEndpoint[] = []
  for (const file of globSync('**/*.ts', { cwd: CONTRACT }).filter((name) => !name.endsWith('.test.ts'))) {
    const exported: Record<string, unknown> = await import(join(CONTRACT, file))
    for (const [list, value] of Object.entries(exported)) {
      if (!list.endsWith('Endpoints') || typeof value !== 'object' || value === null) continue
      for (const [name, definition] of Object.entries(value)) {
        if (isEndpoint(definition)) found.push({ key: `${list}.${name}`, definition })
      }
    }
  }
  return found.toSorted((one, other) => one.key.localeCompare(other.key))
}
