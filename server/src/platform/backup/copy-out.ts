import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { TableEnd, TableOfBackup } from './backup-file.ts'
import { meter } from './copied-bytes.ts'

/** The table and the columns of a row, as COPY names them. */
export const copiedPart = (client: pg.PoolClient, { name, columns }: TableOfBackup): string =>
  `${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`

/** Writes the rows of a table as COPY text through the streams; what they were. */
export async function copyOut(
  client: pg.PoolClient,
  table: TableOfBackup,
  signal: AbortSignal,
  ...targets: [...NodeJS.ReadWriteStream[], Writable]
): Promise<TableEnd> {
  const { stream, measured } = meter()
  const rows = client.query(copyTo(`COPY ${copiedPart(client, table)} TO STDOUT`))
  await pipeline([rows, stream, ...targets], { signal })
  return measured()
}

/** One after the other: they share a connection and a file. */
export async function inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await work(item))
  return results
}
