/**
 * Something outside the program keeps it from starting: a taken port, an unreachable database.
 * The message is the whole answer: one sentence in Chinese, then in English, saying what to do; no stack is shown.
 */
export class StartupError extends Error {
  constructor(chinese: string, english: string, options?: ErrorOptions) {
    super(`${chinese} [${english}]`, options)
    this.name = 'StartupError'
  }
}
