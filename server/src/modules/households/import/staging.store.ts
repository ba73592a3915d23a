import pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'

/** One COPY under way on a connection of its own, in a transaction that ends with all the others. */
export interface CopyTarget {
  /** Adds a line; nothing waits here, so that rows are read without a pause. */
  line(text: string): void
  /** Waits until the server has taken what was added; called between batches. */
  drain(): Promise<void>
  /** Ends the COPY; the rows are seen after `commit`. */
  end(): Promise<void>
  commit(): Promise<void>
  abort(): Promise<void>
}

const PIECE_CHARACTERS = 256 * 1024

/** The stream of a COPY as a queue of lines: adding never waits, sending waits for the server and throws what it says. */
function linesInto(stream: CopyStreamQuery) {
  let failure: Error | undefined
  let wake: () => void = () => undefined
  stream.on('error', (error: Error) => {
    failure = error
    wake()
  })
  stream.on('drain', () => wake())
  stream.on('finish', () => wake())
  const woken = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  let pending: string[] = []
  let size = 0
  const send = async () => {
    if (failure) throw failure
    if (size === 0) return
    const piece = `${pending.join('\n')}\n`
    pending = []
    size = 0
    const drained = woken()
    if (!stream.write(piece)) await drained
    if (failure) throw failure
  }
  return {
    add: (line: string) => {
      pending.push(line)
      size += line.length
    },
    drain: async () => {
      if (size >= PIECE_CHARACTERS) await send()
    },
    end: async () => {
      await send()
      const finished = woken()
      stream.end()
      await finished
      if (failure) throw failure
    },
  }
}

/**
 * Opens a COPY into a staging table. COPY refuses to run for a role that row-level security applies to, so it runs
 * as the connection's own role, the owner; what is copied has been checked against the actor's reach before.
 */
export async function openCopy(
  settings: pg.PoolConfig,
  table: string,
  columns: readonly string[],
): Promise<CopyTarget> {
  const client = new pg.Client(settings)
  // A lost connection shows as a failed write; without a listener it would end the thread.
  client.on('error', () => undefined)
  await client.connect()
  await client.query('BEGIN')
  const { add, drain, end } = linesInto(
    client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)),
  )
  return {
    line: add,
    drain,
    end,
    commit: async () => {
      await client.query('COMMIT')
      await client.end()
    },
    abort: async () => {
      // Closing the connection rolls back, also in the middle of a COPY.
      await client.end().catch(() => undefined)
    },
  }
}
