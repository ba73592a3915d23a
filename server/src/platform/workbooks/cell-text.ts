import { WorkbookError } from './workbook-error.ts'
import { unescapeXml } from './package-parts.ts'

/** Turns the bytes [from, to) of XML text into a string. */
export type TextDecode = (bytes: Buffer, from: number, to: number) => string

const SLOTS = 8192
const LONGEST_KEPT = 96

/**
 * A decoder that remembers recent non-ASCII texts. In a register most Chinese cells repeat a short vocabulary
 * (汉族, 一般农户 …); finding the string again costs less than decoding and collecting it.
 * ASCII texts (numbers of cards, phones) are mostly unique and cheap, so they bypass it.
 */
export function textDecoder(): TextDecode {
  const keptBytes: (Buffer | undefined)[] = Array.from({ length: SLOTS }, () => undefined)
  const keptTexts: string[] = Array.from({ length: SLOTS }, () => '')
  return (bytes, from, to) => {
    let seen = 0
    let hash = 0
    let special = false
    for (let pos = from; pos < to; pos += 1) {
      const byte = bytes[pos] ?? 0
      seen |= byte
      hash = (Math.imul(hash, 31) + byte) | 0
      if (byte === 0x26 || byte === 0x5f) special = true // & and _ : entities and _xHHHH_
    }
    if (seen < 0x80)
      return special ? unescapeCell(bytes.toString('latin1', from, to)) : bytes.toString('latin1', from, to)
    if (to - from > LONGEST_KEPT) return unescapeCell(bytes.toString('utf8', from, to))
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    const kept = keptBytes[slot]
    if (kept && isSame(kept, bytes, from, to)) return keptTexts[slot] ?? ''
    const text = special ? unescapeCell(bytes.toString('utf8', from, to)) : bytes.toString('utf8', from, to)
    keptBytes[slot] = Buffer.from(bytes.subarray(from, to))
    keptTexts[slot] = text
    return text
  }
}

function isSame(kept: Buffer, bytes: Buffer, from: number, to: number): boolean {
  if (kept.length !== to - from) return false
  for (let pos = 0; pos < kept.length; pos += 1) if (kept[pos] !== bytes[from + pos]) return false
  return true
}

/** Resolves XML entities and `_xHHHH_` (ECMA-376 part 1, 22.9.2.19), by which Excel writes control characters. */
function unescapeCell(text: string): string {
  const plain = unescapeXml(text).replace(/\r\n?/g, '\n')
  if (!plain.includes('_x')) return plain
  return plain.replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/**
 * The text of a shared string (`<si>`) or inline string (`<is>`) whose content is [from, to): its `<t>` or the
 * `<t>` of all its rich-text runs, without phonetic runs (`<rPh>`), which are reading aids, not content.
 */
export function stringItemText(
  bytes: Buffer,
  from: number,
  to: number,
  prefix: number,
  decode: TextDecode,
): string {
  let text = ''
  let inPhonetic = false
  for (let pos = from; pos < to;) {
    const open = bytes.indexOf(0x3c, pos)
    if (open < 0 || open >= to) break
    const closes = bytes[open + 1] === 0x2f
    const name = open + prefix + (closes ? 2 : 1)
    const end = bytes.indexOf(0x3e, name)
    if (end < 0 || end >= to || bytes[open + 1] === 0x21)
      throw new WorkbookError('damaged', 'broken text in a cell')
    pos = end + 1
    if (isTag(bytes, name, 0x72, 0x50)) inPhonetic = !closes // rPh
    else if (!closes && !inPhonetic && isTag(bytes, name, 0x74) && bytes[end - 1] !== 0x2f) {
      const stop = bytes.indexOf(0x3c, pos)
      if (stop < 0 || stop > to) throw new WorkbookError('damaged', 'broken text in a cell')
      text = text === '' ? decode(bytes, pos, stop) : text + decode(bytes, pos, stop)
      pos = stop
    }
  }
  return text
}

/** Whether the tag name at `at` is the one letter given, or starts with the two letters given. */
function isTag(bytes: Buffer, at: number, first: number, second?: number): boolean {
  if (bytes[at] !== first) return false
  const next = bytes[at + 1] ?? 0
  return second === undefined ? next <= 0x20 || next === 0x3e || next === 0x2f : next === second
}
