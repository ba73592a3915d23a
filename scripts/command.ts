import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The root folder of the project. */
export const ROOT = join(import.meta.dirname, '..')

/** What a command left behind. */
export interface Outcome {
  /** 0 when all is well; 127 when the command could not be started. */
  code: number
  /** Standard output and standard error in the order written; empty when they were shown as they came. */
  output: string
}

interface Choices {
  env?: Record<string, string | undefined>
  /** Show the output as it comes instead of collecting it. */
  isShown?: boolean
}

/** Runs a command in the root folder to its end. Never throws: a command that is not there has code 127. */
export function runCommand(command: string, args: string[], choices: Choices = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...choices.env },
      stdio: [
        'ignore',
        ...(choices.isShown ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const)),
      ],
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs a JavaScript or TypeScript file of the project or its packages on the Node we run on. */
export function runNode(file: string, args: string[], choices?: Choices): Promise<Outcome> {
  return runCommand(process.execPath, [join(ROOT, file), ...args], choices)
}
