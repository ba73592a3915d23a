import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import type { TableEnd } from './backup-file.ts'

const LINE_END = 0x0a

/** Passes COPY text on and says afterwards what it was. A row is a line: line ends inside values are written as \n. */
export function meter(): { stream: Transform; measured(): TableEnd } {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  const stream = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      bytes += piece.length
      for (let at = piece.indexOf(LINE_END); at !== -1; at = piece.indexOf(LINE_END, at + 1)) rows += 1
      done(null, piece)
    },
  })
  return { stream, measured: () => ({ rows, bytes, sha256: hash.digest('hex') }) }
}
