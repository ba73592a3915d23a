import type { ImportCounts, ImportEntity, ImportRecordCounts } from '@tiejun/contract/households/import.ts'
import type pg from 'pg'
import type { CheckContext } from './check-context.ts'
import { countAbsent } from './registry-checks.store.ts'
import { comparable, CONFLICT_CODES, differsCondition, newCondition, STAGED } from './staged-records.rules.ts'

interface Compared {
  new: number
  changed: number
  unchanged: number
}

async function compare(client: pg.ClientBase, importId: string, entity: ImportEntity): Promise<Compared> {
  const staged = STAGED[entity]
  const isNew = newCondition(entity)
  const { rows } = await client.query<Compared>(
    `SELECT count(*) FILTER (WHERE is_new) AS new,
            count(*) FILTER (WHERE NOT is_new AND differs) AS changed,
            count(*) FILTER (WHERE NOT is_new AND NOT differs) AS unchanged
     FROM (SELECT ${isNew} AS is_new, CASE WHEN ${isNew} THEN false ELSE (${differsCondition(staged)}) END AS differs
           ${comparable(staged)}) compared`,
    [importId],
  )
  return rows[0] ?? { new: 0, changed: 0, unchanged: 0 }
}

/** Rows that contradict the registry, by what they are about. */
async function countConflicts(
  client: pg.ClientBase,
  importId: string,
): Promise<{ households: number; persons: number }> {
  const { rows } = await client.query<{ households: number; persons: number }>(
    `SELECT count(DISTINCT (sheet_no, row_no)) FILTER (WHERE code LIKE 'household%') AS households,
            count(DISTINCT (sheet_no, row_no)) FILTER (WHERE code NOT LIKE 'household%') AS persons
     FROM import_problems WHERE import_id = $1 AND code = ANY ($2::text[])`,
    [importId, CONFLICT_CODES],
  )
  return rows[0] ?? { households: 0, persons: 0 }
}

/** What a commit would do, after faulty households and matches have been stored. */
export async function countChecked(
  client: pg.ClientBase,
  { importId, counts, log }: CheckContext,
): Promise<ImportCounts> {
  const conflicts = await countConflicts(client, importId)
  const of = async (entity: ImportEntity, rows: number, conflicting: number): Promise<ImportRecordCounts> => {
    const compared = await compare(client, importId, entity)
    const taken = compared.new + compared.changed + compared.unchanged
    return { rows, ...compared, conflicting, faulty: Math.max(0, rows - taken - conflicting) }
  }
  return {
    rows: counts.rows,
    households: await of('household', counts.households, conflicts.households),
    persons: await of('member', counts.members, conflicts.persons),
    livingConditions: await of('livingConditions', counts.living, 0),
    incomeYears: await of('incomeYear', counts.incomes, 0),
    absentPersons: await countAbsent(client, importId),
    faultyHouseholds: log.faulty.size,
  }
}
