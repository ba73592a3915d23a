import type pg from 'pg'

/** What stands for the beginning and the ends of a transaction inside another one. */
const SAVEPOINT = 'tiejun_inner'
const INSTEAD: [RegExp, string][] = [
  [/^\s*(?:begin|start transaction)\b/i, `SAVEPOINT ${SAVEPOINT}`],
  // A role set for the inner transaction would otherwise stay until the outer one ends.
  [/^\s*commit\b/i, `RELEASE SAVEPOINT ${SAVEPOINT}; SET LOCAL ROLE NONE`],
  [/^\s*rollback\s*$/i, `ROLLBACK TO SAVEPOINT ${SAVEPOINT}; RELEASE SAVEPOINT ${SAVEPOINT}`],
]

/**
 * A pool of one connection that is already in a transaction: what is written for transactions of its own (migrations,
 * services, the audit check) works inside that transaction and is undone with it. One at a time; whoever asks for a
 * second connection gets an error rather than a transaction mixed up with another.
 */
export function poolInside(client: pg.ClientBase): pg.Pool {
  let isTaken = false
  const query = (text: unknown, ...rest: unknown[]): unknown => {
    const instead = typeof text === 'string' && INSTEAD.find(([pattern]) => pattern.test(text))
    return Reflect.apply(client.query, client, instead ? [instead[1]] : [text, ...rest])
  }
  const release = () => {
    isTaken = false
  }
  const connection = new Proxy(client, {
    get(target, name) {
      if (name === 'query') return query
      if (name === 'release') return release
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const connect = async () => {
    if (isTaken) throw new Error('the one connection of this transaction is in use')
    isTaken = true
    return connection
  }
  // Only what Kysely and our own code use of a pool; the rest would make no sense inside a transaction.
  return { connect, query, end: async () => undefined } as unknown as pg.Pool
}
