import type { FigureGroup } from '@tiejun/contract/platform/indicators.ts'
import type { Tx } from '../database/database.ts'

/** 指标: one number a module can count, and the page that shows exactly the records behind it. */
export interface Indicator {
  /** Of the figure of the policy pack it answers, or a name of its own. */
  id: string
  group: FigureGroup
  label: string
  labelEn: string
  unit: string
  unitEn: string
  counts: string
  countsEn: string
  /** Counts within the reach of the transaction. */
  count: (tx: Tx) => Promise<number>
  /** Page of the web with its filters. */
  href: string
  /** Whether that page can show the records of then when the number is read as of the past. */
  keepsHistory: boolean
  /** The action that page needs; who lacks it, or has it elsewhere, gets the number without the link. */
  action: string
}

/** One query that gives many numbers, asked once in a transaction however many indicators read it. */
export function oncePerTransaction<Result>(query: (tx: Tx) => Promise<Result>): (tx: Tx) => Promise<Result> {
  const asked = new WeakMap<Tx, Promise<Result>>()
  return (tx) => {
    const answer = asked.get(tx) ?? query(tx)
    asked.set(tx, answer)
    return answer
  }
}
