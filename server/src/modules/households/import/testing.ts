import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Answer, Client } from '../../../testing/test-app.ts'
import type { CellInput, SheetDefinition } from '../../../platform/workbooks/index.ts'
import { writeWorkbook } from '../../../platform/workbooks/index.ts'

// What tests of the import share: small workbooks as people would make them, sent as a browser sends them.

export type Row = Record<string, CellInput>

/** A sheet from rows keyed by header; the headers are those of all rows, in order of appearance. */
export function aSheet(
  name: string,
  rows: readonly Row[],
  titleRows: readonly string[] = [],
): SheetDefinition {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return {
    name,
    titleRows,
    columns: headers.map((header) => ({ header, kind: 'text' as const })),
    rows: rows.map((row) => headers.map((header) => row[header])),
  }
}

export async function aWorkbook(...sheets: SheetDefinition[]): Promise<Buffer> {
  const out = new PassThrough()
  const [bytes] = await Promise.all([buffer(out), writeWorkbook({ sheets }, out)])
  return bytes
}

export function multipart(
  bytes: Buffer,
  fileName: string,
  incomeYear?: number,
): { type: string; bytes: Buffer } {
  const line = '----tiejun-test'
  const year =
    incomeYear === undefined
      ? ''
      : `--${line}\r\ncontent-disposition: form-data; name="incomeYear"\r\n\r\n${incomeYear}\r\n`
  const head = `${year}--${line}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${line}`,
    bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${line}--\r\n`)]),
  }
}

const AT_WORK = new Set(['checking', 'committing', 'undoing'])

/** Asks until nothing is at work any more. */
export async function settled(client: Client, id: string): Promise<Answer> {
  for (;;) {
    const answer = await client.get(`/household-imports/${id}`)
    if (!AT_WORK.has(answer.body.status)) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Uploads a file and waits for its check; answers the import. */
export async function checked(
  client: Client,
  bytes: Buffer,
  fileName = '档卡.xlsx',
  incomeYear?: number,
): Promise<Answer['body']> {
  const answer = await client.upload('/household-imports', multipart(bytes, fileName, incomeYear))
  if (answer.status !== 201)
    throw new Error(`upload was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  return (await settled(client, answer.body.id)).body
}

/** The problems of an import as "row code". */
export async function problemsOf(client: Client, id: string): Promise<string[]> {
  const { body } = await client.get(`/household-imports/${id}/problems?limit=200`)
  return body.rows.map((one: { row: number | null; code: string }) => `${one.row ?? '-'} ${one.code}`)
}
