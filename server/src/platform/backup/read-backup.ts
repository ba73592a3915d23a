import { createHash, type KeyObject } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { BackupError, damaged } from './backup-error.ts'
import {
  type CopiedTable,
  DIGEST_BYTES,
  FORMAT_VERSION,
  HEADER_BYTES,
  Manifest,
  MANIFEST_MOST_BYTES,
  SIGNATURE,
  Summary,
  TableEnd,
  type TableOfBackup,
} from './backup-file.ts'
import { meter } from './copied-bytes.ts'
import { FRAME, FRAME_HEAD_BYTES, FRAME_MOST_BYTES, frameOpener } from './sealed-frames.ts'

const BUFFER_BYTES = 1024 * 1024

/** A backup whose bytes are those that were written; what they say needs the key. */
export interface OpenedBackup {
  path: string
  bytes: number
  manifest: Manifest
  sha256: string
}

/** What stands in a backup besides its rows. */
export interface BackupContents {
  tables: CopiedTable[]
  summary: Summary
}

/** Takes the COPY text of a table; it has ended when `settled` resolves. */
export type TableTarget = (table: TableOfBackup) => Writable

/**
 * Opens a backup and compares it with its digest. Nothing of it is believed before that.
 * @throws BackupError when it is no backup, one of a newer format, damaged or incomplete
 */
export async function openBackup(path: string): Promise<OpenedBackup> {
  const input = await openInput(path)
  try {
    await readHeader(input, path)
    const sha256 = await compareDigest(input, path)
    input.rewind(HEADER_BYTES)
    const { manifest } = await readManifest(input, path)
    return { path, bytes: input.size, manifest, sha256 }
  } finally {
    await input.close()
  }
}

/**
 * Reads a backup from its first to its last byte, opening every frame.
 * @param target where the rows go; without it they are only checked
 * @throws BackupError when anything in it is not as it was written
 */
export async function readBackup(
  { path }: OpenedBackup,
  backupKey: KeyObject,
  signal: AbortSignal,
  target: TableTarget = () => new Writable({ write: (_piece, _encoding, done) => done() }),
): Promise<BackupContents> {
  const input = await openInput(path)
  try {
    await readHeader(input, path)
    const { manifest, text } = await readManifest(input, path)
    const openFrame = frameOpener(backupKey, Buffer.from(manifest.key.salt, 'base64'), text)
    const next = () => readFrame(input, path, openFrame)
    const tables: CopiedTable[] = []
    for (const table of manifest.tables)
      tables.push(await readTable(table, next, target(table), path, signal))
    const last = await next()
    if (last.kind !== FRAME.summary || input.left() !== DIGEST_BYTES) throw altered(path)
    return { tables, summary: parsed(Summary, last.body, path) }
  } finally {
    await input.close()
  }
}

async function readTable(
  table: TableOfBackup,
  next: () => Promise<Frame>,
  target: Writable,
  path: string,
  signal: AbortSignal,
): Promise<CopiedTable> {
  let end: TableEnd | undefined
  async function* pieces() {
    for (;;) {
      const { kind, body } = await next()
      if (kind === FRAME.piece) yield body
      else if (kind !== FRAME.tableEnd) throw altered(path)
      else {
        end = parsed(TableEnd, body, path)
        return
      }
    }
  }
  const { stream, measured } = meter()
  await pipeline(Readable.from(pieces()), createZstdDecompress(), stream, target, { signal })
  const found = measured()
  if (end === undefined || found.sha256 !== end.sha256 || found.rows !== end.rows) throw altered(path)
  return { name: table.name, label: table.label, ...found }
}

interface Frame {
  kind: number
  body: Buffer
}

async function readFrame(
  input: Input,
  path: string,
  openFrame: ReturnType<typeof frameOpener>,
): Promise<Frame> {
  const head = await input.read(FRAME_HEAD_BYTES)
  const kind = head.readUInt8(0)
  const length = head.readUInt32BE(1)
  if (length > FRAME_MOST_BYTES || length > input.left() - DIGEST_BYTES) throw altered(path)
  try {
    return { kind, body: openFrame(kind, await input.read(length)) }
  } catch (error) {
    throw altered(path, error)
  }
}

/** The digest was right, so these bytes were put there on purpose. */
const altered = (path: string, cause?: unknown): BackupError =>
  new BackupError(
    `备份文件 ${path} 的内容与密钥的校验不符，可能被人改动过，没有恢复任何内容：请改用另一份备份。`,
    'the contents of the backup do not match its seal; use another backup',
    { cause },
  )

async function readHeader(input: Input, path: string): Promise<void> {
  const foreign = new BackupError(
    `文件 ${path} 不是铁军的备份文件：请检查文件名。`,
    'this file is no backup of this product',
  )
  if (input.size < HEADER_BYTES) throw foreign
  const header = await input.read(HEADER_BYTES)
  if (!header.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw foreign
  const version = header.readUInt8(SIGNATURE.length)
  if (header.readUInt8(SIGNATURE.length + 1) !== 255 - version) throw damaged(path, 'its header')
  if (version === FORMAT_VERSION) return
  throw new BackupError(
    `备份文件 ${path} 的格式（第 ${version} 版）比本程序的（第 ${FORMAT_VERSION} 版）新：请先升级程序再恢复。`,
    `the backup has format ${version}, this program reads ${FORMAT_VERSION}; upgrade first`,
  )
}

async function compareDigest(input: Input, path: string): Promise<string> {
  input.rewind(0)
  const hash = createHash('sha256')
  if (input.left() < DIGEST_BYTES) throw damaged(path, 'it is too short')
  while (input.left() > DIGEST_BYTES) {
    hash.update(await input.read(Math.min(BUFFER_BYTES, input.left() - DIGEST_BYTES)))
  }
  const written = await input.read(DIGEST_BYTES)
  const found = hash.digest()
  if (!found.equals(written)) throw damaged(path, 'it does not match its digest')
  return found.toString('hex')
}

async function readManifest(input: Input, path: string): Promise<{ manifest: Manifest; text: Buffer }> {
  const length = (await input.read(4)).readUInt32BE()
  if (length > MANIFEST_MOST_BYTES || length > input.left()) throw damaged(path, 'its manifest')
  const text = await input.read(length)
  return { manifest: parsed(Manifest, text, path), text }
}

function parsed<Shape extends z.ZodType>(shape: Shape, text: Buffer, path: string): z.infer<Shape> {
  try {
    return shape.parse(JSON.parse(text.toString('utf8')))
  } catch (cause) {
    throw damaged(path, 'a part of it cannot be understood', { cause })
  }
}

/** A file read from front to back in pieces of the size asked for. */
interface Input {
  size: number
  /** The next bytes; they stay valid. Throws when the file ends before. */
  read(length: number): Promise<Buffer>
  left(): number
  rewind(to: number): void
  close(): Promise<void>
}

async function openInput(path: string): Promise<Input> {
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new BackupError(
      cause.code === 'ENOENT'
        ? `没有文件 ${path}：请检查文件名。`
        : `无法读取 ${path}：请检查它是不是文件、是否有读取权限。`,
      `the backup cannot be read: ${cause.message}`,
      { cause },
    )
  })
  const found = await handle.stat()
  if (found.isFile()) return inputOf(handle, found.size, path)
  await handle.close()
  throw new BackupError(`${path} 不是文件：请给出备份文件的路径。`, 'this is not a file')
}

function inputOf(handle: FileHandle, size: number, path: string): Input {
  let at = 0
  const read = async (length: number): Promise<Buffer> => {
    const bytes = Buffer.allocUnsafe(length)
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, at + filled)
      if (bytesRead === 0) throw damaged(path, 'it ends too early')
      filled += bytesRead
    }
    at += length
    return bytes
  }
  return {
    size,
    read,
    left: () => size - at,
    rewind: (to) => {
      at = to
    },
    close: () => handle.close(),
  }
}
