import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { BackupError } from './backup-error.ts'
import { PASSPHRASE_LEAST_CHARACTERS } from './carried-key.ts'

/**
 * A passphrase typed at the terminal without being shown, or the first line of standard input when that is none. Never an
 * argument: those stand in the list of processes and in the history of the shell.
 */
export async function readPassphrase(prompt: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal) process.stderr.write(`${prompt}：`)
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal })
  // In raw mode Ctrl-C is a key; ended input counts as an empty line.
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  const line = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
  lines.close()
  if (isTerminal) process.stderr.write('\n')
  return line
}

/** A new passphrase; asked twice at a terminal, because a slip of the finger would lock the key away for ever. */
export async function readNewPassphrase(): Promise<string> {
  const passphrase = await readPassphrase(
    `请设定口令（至少 ${PASSPHRASE_LEAST_CHARACTERS} 个字符，恢复时要用）`,
  )
  if (passphrase.length < PASSPHRASE_LEAST_CHARACTERS) {
    throw new BackupError(
      `口令太短：至少 ${PASSPHRASE_LEAST_CHARACTERS} 个字符，可以是一句话。`,
      `the passphrase needs ${PASSPHRASE_LEAST_CHARACTERS} characters`,
    )
  }
  if (process.stdin.isTTY !== true || (await readPassphrase('请再输入一次')) === passphrase) return passphrase
  throw new BackupError('两次输入的口令不同：请重新备份。', 'the two passphrases differ')
}
