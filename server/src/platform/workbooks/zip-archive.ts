import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { PassThrough, Readable } from 'node:stream'
import { WorkbookError } from './workbook-error.ts'

/** Limits on what a file may unpack to. Counted on real output, never on what the archive claims. */
export interface UnpackLimits {
  /** Most bytes one part may unpack to. */
  maxPartBytes: number
  /** Most output bytes per input byte, looked at beyond 16 MB of output. Full registers reach 10. */
  maxRatio: number
}

interface Entry {
  name: string
  method: number
  crc: number
  packedBytes: number
  headerAt: number
}

/** Random access to the bytes of the file: an import streams from disk and never holds the archive. */
export interface ByteSource {
  readonly size: number
  read(at: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

export interface ZipArchive {
  has(name: string): boolean
  names(): string[]
  /** The unpacked bytes of a part, in pieces. Throws `damaged` on a wrong checksum, `too_large` past a limit. */
  stream(name: string): AsyncGenerator<Buffer>
  /** A small part as a whole, at most 64 MB. */
  text(name: string): Promise<string>
}

const PIECE = 512 * 1024
const RATIO_FREE_BYTES = 16 * 1024 * 1024
const SMALL_PART_BYTES = 64 * 1024 * 1024
const FULL_32 = 0xffff_ffff

export async function openBytes(source: Buffer | string): Promise<ByteSource> {
  if (typeof source !== 'string') {
    return {
      size: source.length,
      read: async (at, length) => source.subarray(at, at + length),
      close: async () => {},
    }
  }
  const handle = await open(source, 'r')
  const { size } = await handle.stat()
  return { size, read: (at, length) => readFully(handle, at, length), close: () => handle.close() }
}

async function readFully(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(0, length))
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/** Opens a zip by its central directory. Throws `damaged` when there is none, as in a half-copied file. */
export async function openZip(bytes: ByteSource, limits: UnpackLimits): Promise<ZipArchive> {
  const entries = new Map<string, Entry>()
  for (const entry of await listEntries(bytes)) entries.set(entry.name, entry)
  const get = (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw new WorkbookError('damaged', `part ${name} is missing`)
    return entry
  }
  return {
    has: (name) => entries.has(name),
    names: () => [...entries.keys()],
    stream: (name) => unpack(bytes, get(name), limits),
    text: async (name) => {
      const pieces: Buffer[] = []
      const small = { ...limits, maxPartBytes: Math.min(SMALL_PART_BYTES, limits.maxPartBytes) }
      for await (const piece of unpack(bytes, get(name), small)) pieces.push(piece)
      return Buffer.concat(pieces)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
    },
  }
}

async function* unpack(bytes: ByteSource, entry: Entry, limits: UnpackLimits): AsyncGenerator<Buffer> {
  if (entry.method !== 0 && entry.method !== 8) throw new WorkbookError('damaged', 'unknown packing method')
  const packed = Readable.from(packedPieces(bytes, entry), { objectMode: false })
  // zlib works in the thread pool: unpacking the next piece runs beside the parsing of this one.
  const output = entry.method === 8 ? createInflateRaw({ chunkSize: PIECE }) : new PassThrough()
  packed.on('error', (error) => output.destroy(error))
  packed.pipe(output)
  let total = 0
  let checksum = 0
  try {
    for await (const chunk of output) {
      const piece: Buffer = chunk
      total += piece.length
      if (total > limits.maxPartBytes)
        throw new WorkbookError('too_large', `${entry.name} unpacks to over the limit`)
      if (total > RATIO_FREE_BYTES && total > entry.packedBytes * limits.maxRatio) {
        throw new WorkbookError('too_large', `${entry.name} unpacks at an impossible ratio`)
      }
      checksum = crc32(piece, checksum)
      yield piece
    }
  } catch (error) {
    if (error instanceof WorkbookError) throw error
    throw new WorkbookError('damaged', `${entry.name} cannot be unpacked`, { cause: error })
  } finally {
    packed.destroy()
    output.destroy()
  }
  if (checksum !== entry.crc) throw new WorkbookError('damaged', `${entry.name} has a wrong checksum`)
}

async function* packedPieces(bytes: ByteSource, entry: Entry): AsyncGenerator<Buffer> {
  const header = await bytes.read(entry.headerAt, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) {
    throw new WorkbookError('damaged', `${entry.name} has no local header`)
  }
  let at = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const end = at + entry.packedBytes
  if (end > bytes.size) throw new WorkbookError('damaged', `${entry.name} is cut off`)
  for (; at < end; at += PIECE) yield await bytes.read(at, Math.min(PIECE, end - at))
}

async function listEntries(bytes: ByteSource): Promise<Entry[]> {
  const tailAt = Math.max(0, bytes.size - 65_557)
  const tail = await bytes.read(tailAt, bytes.size - tailAt)
  const endAt = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (endAt < 0 || endAt + 22 > tail.length) throw new WorkbookError('damaged', 'no zip directory')
  let size = tail.readUInt32LE(endAt + 12)
  let at = tail.readUInt32LE(endAt + 16)
  if (size === FULL_32 || at === FULL_32) [size, at] = await zip64Directory(bytes, tailAt + endAt)
  if (at + size > bytes.size) throw new WorkbookError('damaged', 'zip directory out of the file')
  const directory = await bytes.read(at, size)
  const entries: Entry[] = []
  for (let pos = 0; pos + 46 <= directory.length;) {
    if (directory.readUInt32LE(pos) !== 0x02014b50) throw new WorkbookError('damaged', 'broken zip directory')
    const end =
      pos +
      46 +
      directory.readUInt16LE(pos + 28) +
      directory.readUInt16LE(pos + 30) +
      directory.readUInt16LE(pos + 32)
    if (end > directory.length) throw new WorkbookError('damaged', 'broken zip directory')
    entries.push(readEntry(directory, pos))
    pos = end
  }
  return entries
}

async function zip64Directory(bytes: ByteSource, endAt: number): Promise<[size: number, at: number]> {
  const locator = await bytes.read(Math.max(0, endAt - 20), 20)
  if (locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50)
    throw new WorkbookError('damaged', 'no zip64 end')
  const end = await bytes.read(Number(locator.readBigUInt64LE(8)), 56)
  if (end.length < 56 || end.readUInt32LE(0) !== 0x06064b50)
    throw new WorkbookError('damaged', 'no zip64 end')
  return [Number(end.readBigUInt64LE(40)), Number(end.readBigUInt64LE(48))]
}

function readEntry(directory: Buffer, pos: number): Entry {
  if ((directory.readUInt16LE(pos + 8) & 1) === 1)
    throw new WorkbookError('encrypted', 'a part of the zip is encrypted')
  const nameEnd = pos + 46 + directory.readUInt16LE(pos + 28)
  const entry: Entry = {
    // Some writers use backslashes or a leading slash; part names compare without them.
    name: directory
      .toString('utf8', pos + 46, nameEnd)
      .replaceAll('\\', '/')
      .replace(/^\//, ''),
    method: directory.readUInt16LE(pos + 10),
    crc: directory.readUInt32LE(pos + 16),
    packedBytes: directory.readUInt32LE(pos + 20),
    headerAt: directory.readUInt32LE(pos + 42),
  }
  const unpackedFull = directory.readUInt32LE(pos + 24) === FULL_32
  const extra = directory.subarray(nameEnd, nameEnd + directory.readUInt16LE(pos + 30))
  return entry.packedBytes === FULL_32 || entry.headerAt === FULL_32
    ? withZip64Sizes(entry, extra, unpackedFull)
    : entry
}

function withZip64Sizes(entry: Entry, extra: Buffer, unpackedFull: boolean): Entry {
  for (let pos = 0; pos + 4 <= extra.length; pos += 4 + extra.readUInt16LE(pos + 2)) {
    if (extra.readUInt16LE(pos) !== 1) continue
    const end = pos + 4 + extra.readUInt16LE(pos + 2)
    let field = pos + 4 + (unpackedFull ? 8 : 0)
    const next = () => {
      if (field + 8 > Math.min(end, extra.length)) throw new WorkbookError('damaged', 'broken zip64 field')
      field += 8
      return Number(extra.readBigUInt64LE(field - 8))
    }
    const packedBytes = entry.packedBytes === FULL_32 ? next() : entry.packedBytes
    const headerAt = entry.headerAt === FULL_32 ? next() : entry.headerAt
    return { ...entry, packedBytes, headerAt }
  }
  throw new WorkbookError('damaged', 'zip64 sizes are missing')
}
