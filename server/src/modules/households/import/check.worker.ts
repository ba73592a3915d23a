import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { WorkbookError } from '../../../platform/workbooks/index.ts'
import { runCheck } from './run-check.ts'
import type { CheckTask, CheckOutcome } from './run-check.ts'

// Counts and fen fit a double; the same parser the pool of the main thread has.
pg.types.setTypeParser(20, Number)

const port = parentPort
if (!port) throw new Error('this file runs as a worker thread')

// What the thread was started with is a CheckTask: check-runner.ts is the only one to start it.
const task = workerData as CheckTask

async function outcome(): Promise<CheckOutcome> {
  try {
    return await runCheck(task)
  } catch (error) {
    if (error instanceof WorkbookError)
      return { kind: 'unreadable', code: error.kind, params: { ...error.place } }
    // The message may quote what stands in the file, so only the place of the fault leaves the thread.
    const stack =
      error instanceof Error
        ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
        : []
    return { kind: 'failed', name: error instanceof Error ? error.name : 'unknown', stack: stack.join('\n') }
  }
}

port.postMessage(await outcome())
port.close()
