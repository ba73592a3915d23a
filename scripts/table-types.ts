// Writes (or with --verify checks) the table types from a migrated database; see CONTRIBUTING.md.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
export const TABLE_TYPES = join(ROOT, 'server/src/platform/database/tables.generated.ts')

/** Runs kysely-codegen against a database; returns its exit status and what it said. */
export function generateTableTypes(databaseUrl: string, verify: boolean): { status: number; output: string } {
  const result = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      '--dialect=postgres',
      `--url=${databaseUrl}`,
      `--out-file=${TABLE_TYPES}`,
      '--date-parser=string',
      '--numeric-parser=number',
      '--type-mapping={"int8":"number"}',
      // The views as of an instant have the columns of the tables they are named after.
      '--exclude-pattern=*$as_of.*',
      ...(verify ? ['--verify'] : []),
    ],
    { cwd: ROOT, encoding: 'utf8' },
  )
  return { status: result.status ?? 1, output: result.stdout + result.stderr }
}

if (process.argv[1] === import.meta.filename) {
  const url = process.argv[2]
  if (!url) throw new Error('usage: table-types.ts DATABASE_URL [--verify]')
  const { status, output } = generateTableTypes(url, process.argv.includes('--verify'))
  process.stdout.write(output)
  process.exitCode = status
}
