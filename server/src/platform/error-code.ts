/** The code of an error of the operating system or of PostgreSQL, such as ENOENT or 23505; undefined when it has none. */
export const errorCodeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
