import { WorkbookError } from './workbook-error.ts'

/** One stretch of XML holding only whole elements of the wanted kind; `prefix` is the length of `x:` in `<x:row>`. */
export interface XmlStretch {
  bytes: Buffer
  prefix: number
}

// A hundred cells of the longest allowed text take a tenth of this; no real row comes near.
const LARGEST_ELEMENT = 32 * 1024 * 1024

/**
 * Cuts a part into stretches that end right before a start tag `<element`, so that a scanner never sees half an
 * element. The first stretch begins with the head of the document; the last one holds the
 * end of `parent`, and what stands far behind it is left out.
 */
export async function* wholeElements(
  pieces: AsyncIterable<Buffer>,
  element: string,
  parent: string,
): AsyncGenerator<XmlStretch> {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let prefix: string | undefined
  let isOver = false
  for await (const piece of pieces) {
    // Read on to the end although nothing more is wanted: the checksum covers the whole part.
    if (isOver) continue
    // The root tag stands in the first piece: pieces are half a megabyte.
    prefix ??= prefixOfRoot(piece)
    const cut = Math.max(0, lastStart(piece, `<${prefix}${element}`))
    const rest = piece.subarray(cut)
    if (cut > 0) {
      waiting.push(piece.subarray(0, cut))
      yield {
        bytes: waiting.length > 1 ? Buffer.concat(waiting) : piece.subarray(0, cut),
        prefix: prefix.length,
      }
      waiting = []
      waitingBytes = 0
    }
    // The end tag may begin in the bytes that wait already.
    const seam = waiting.at(-1)?.subarray(-64) ?? Buffer.alloc(0)
    isOver = Buffer.concat([seam, rest]).includes(`</${prefix}${parent}`, 0, 'latin1')
    waiting.push(rest)
    waitingBytes += rest.length
    if (waitingBytes > LARGEST_ELEMENT) throw new WorkbookError('too_large', 'an element without end')
    if (!isOver) continue
    yield { bytes: Buffer.concat(waiting), prefix: prefix.length }
    waiting = []
    waitingBytes = 0
  }
  if (waitingBytes > 0) yield { bytes: Buffer.concat(waiting), prefix: prefix?.length ?? 0 }
}

function prefixOfRoot(piece: Buffer): string {
  const head = piece.toString('latin1', 0, 4096)
  if (head.startsWith('\u00ff\u00fe') || head.startsWith('\u00fe\u00ff')) {
    throw new WorkbookError('damaged', 'a part in UTF-16')
  }
  return /<([\w.-]+:)?[A-Za-z]/.exec(head)?.[1] ?? ''
}

/** Position of the last `<row` that is a whole name: not `<rowBreaks`, and not cut off at the end. */
function lastStart(piece: Buffer, start: string): number {
  for (let at = piece.length; at > 0;) {
    const found = piece.lastIndexOf(start, at - 1, 'latin1')
    if (found < 0) return -1
    if (isNameEnd(piece[found + start.length])) return found
    at = found
  }
  return -1
}

/** Whether the byte ends a tag name: white space, `>` or `/`. */
export function isNameEnd(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= 0x20 || byte === 0x3e || byte === 0x2f)
}
