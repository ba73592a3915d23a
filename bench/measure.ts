import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Measured } from './main.ts'

/** The middle of several measurements; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN
  const high = sorted[Math.floor(middle)] ?? Number.NaN
  return (low + high) / 2
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** A line of the result; `limit` is the most the value may be. */
export const line = (name: string, value: number, unit: string, limit: number | null = null): Measured => ({
  name,
  value: round(value),
  unit,
  limit,
  met: limit === null ? null : value <= limit,
})

/** Milliseconds a piece of work takes. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const started = performance.now()
  const result = await work()
  return { ms: performance.now() - started, result }
}

/** Median milliseconds of several runs, after some that do not count. */
export async function medianOf(runs: number, warmUps: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < warmUps + runs; run += 1) {
    const { ms } = await timed(work)
    if (run >= warmUps) times.push(ms)
  }
  return median(times)
}

const SAMPLE_EVERY_MS = 50
const MEGABYTE = 1024 * 1024

/** What a piece of work does to its process: longest block of the event loop and highest resident memory. */
export async function watched<Result>(work: () => Promise<Result>) {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  let peak = process.memoryUsage.rss()
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, SAMPLE_EVERY_MS)
  loop.enable()
  try {
    const { ms, result } = await timed(work)
    return {
      ms,
      result,
      longestBlockMs: round(loop.max / 1e6, 1),
      peakMegabytes: Math.round(peak / MEGABYTE),
    }
  } finally {
    loop.disable()
    clearInterval(sampler)
  }
}
