import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A part to be packed; its bytes are asked for when its turn comes. */
export interface ZipPart {
  name: string
  data: AsyncIterable<Buffer> | Iterable<Buffer>
}

interface Written {
  name: Buffer
  checksum: number
  packedBytes: number
  unpackedBytes: number
  headerAt: number
}

const LARGEST = 0xffff_ffff
// Level 3 packs sheet XML twice as fast as 6 and makes the file a sixth larger (measured on 120 MB of a register).
const LEVEL = 3
// Sizes behind the data (bit 3), names in UTF-8 (bit 11).
const FLAGS = 0x0808
// 1 January 1980, the first day zip can name: the same rows give the same bytes on every day.
const DAY = 0x0021

/** Packs parts one after the other; nothing but one record per part is kept. */
export async function* zipBytes(parts: AsyncIterable<ZipPart>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let at = 0
  for await (const part of parts) {
    const record: Written = {
      name: Buffer.from(part.name),
      checksum: 0,
      packedBytes: 0,
      unpackedBytes: 0,
      headerAt: at,
    }
    const header = localHeader(record)
    at += header.length
    yield header
    for await (const piece of pack(part.data, record)) {
      at += piece.length
      yield piece
    }
    const descriptor = dataDescriptor(record)
    at += descriptor.length
    yield descriptor
    if (record.unpackedBytes > LARGEST || at > LARGEST) throw new RangeError('A workbook of more than 4 GiB')
    written.push(record)
  }
  yield directory(written, at)
}

async function* pack(data: ZipPart['data'], record: Written): AsyncGenerator<Buffer> {
  async function* counted() {
    for await (const piece of data) {
      record.unpackedBytes += piece.length
      record.checksum = crc32(piece, record.checksum)
      yield piece
    }
  }
  const source = Readable.from(counted(), { objectMode: false })
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 64 * 1024 })
  source.on('error', (error) => deflate.destroy(error))
  source.pipe(deflate)
  try {
    for await (const chunk of deflate) {
      const piece: Buffer = chunk
      record.packedBytes += piece.length
      yield piece
    }
  } finally {
    source.destroy()
    deflate.destroy()
  }
}

function localHeader({ name }: Written): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(8, 8)
  header.writeUInt16LE(DAY, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function dataDescriptor({ checksum, packedBytes, unpackedBytes }: Written): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(checksum, 4)
  descriptor.writeUInt32LE(packedBytes % 2 ** 32, 8)
  descriptor.writeUInt32LE(unpackedBytes % 2 ** 32, 12)
  return descriptor
}

function directory(written: Written[], at: number): Buffer {
  const entries = Buffer.concat(written.flatMap((record) => [directoryEntry(record), record.name]))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(written.length, 8)
  end.writeUInt16LE(written.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([entries, end])
}

function directoryEntry({ name, checksum, packedBytes, unpackedBytes, headerAt }: Written): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(FLAGS, 8)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt16LE(DAY, 14)
  entry.writeUInt32LE(checksum, 16)
  entry.writeUInt32LE(packedBytes, 20)
  entry.writeUInt32LE(unpackedBytes, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(headerAt, 42)
  return entry
}
