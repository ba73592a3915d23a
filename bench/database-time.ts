import pg from 'pg'

/** Milliseconds that the queries of this process spent in the database since the last reset, and how many there were. */
export interface DatabaseTime {
  reset(): void
  read(): { ms: number; queries: number; texts: string[] }
}

const FRAME = /^\s*(?:begin|start transaction|commit|rollback|select set_config)/i

/**
 * Counts every query that goes through the driver, from sending to answer. The frame of a transaction (BEGIN, the
 * settings of the reach, COMMIT) takes time too and is counted in it, but not among the queries.
 */
export function watchDatabaseTime(): DatabaseTime {
  let ms = 0
  let texts: string[] = []
  const original = pg.Client.prototype.query
  const measured = function (this: pg.Client, ...given: unknown[]): unknown {
    const [first] = given
    const text =
      typeof first === 'string' ? first : String((first as { text?: string } | undefined)?.text ?? '')
    const started = performance.now()
    const result = Reflect.apply(original, this, given) as unknown
    if (result instanceof Promise) {
      const stop = () => {
        ms += performance.now() - started
        if (!FRAME.test(text)) texts.push(text)
      }
      result.then(stop, stop)
    }
    return result
  }
  // The driver has a dozen overloads; all of them pass through unchanged.
  pg.Client.prototype.query = measured as typeof original
  return {
    reset: () => {
      ms = 0
      texts = []
    },
    read: () => ({ ms, queries: texts.length, texts }),
  }
}
