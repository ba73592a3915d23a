import type { ImportPreviewQuery } from '@tiejun/contract/households/import-endpoints.ts'
import type { ImportColumn, ImportEntity, ImportPreviewRow } from '@tiejun/contract/households/import.ts'
import type { z } from 'zod'
import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, encodeCursor } from '../../../platform/lists/keyset.ts'
import type { Vault } from '../../../platform/personal-data/vault.ts'
import { masked } from '../card-values.ts'
import { run } from './commit.store.ts'
import {
  comparable,
  CONFLICT_CODES,
  differencesJson,
  differsCondition,
  newCondition,
  STAGED,
} from './staged-records.rules.ts'
import type { ImportRow } from './import.views.ts'
import type { StagedEntity } from './staged-records.rules.ts'

type Query = z.output<typeof ImportPreviewQuery>
type Side = Record<string, unknown>

interface PreviewRecord {
  sheet: string | null
  row_no: number | null
  record_id: string | null
  household_id: string | null
  household_no: string
  village_code: string
  village_name: string | null
  name: string | null
  year: number | null
  before: Side
  after: Side
  conflicts: string[] | null
  sort: string
}

const NAMES: Record<ImportEntity, string> = {
  household: 'NULL::text AS name, NULL::integer AS year',
  livingConditions: 'NULL::text AS name, NULL::integer AS year',
  member: 'coalesce(s.name, r.name) AS name, NULL::integer AS year',
  incomeYear: 'NULL::text AS name, s.year AS year',
}

const PLACE = `(SELECT name FROM areas a WHERE a.code = s.village_code) AS village_name, s.household_no, s.village_code`
/** The sheet of the file that holds a kind of record; a flat file has but one. */
const sheetOf = (columns: readonly ImportColumn[], entity: ImportEntity): string | null =>
  (columns.find(({ field, letters }) => letters !== null && field?.startsWith(`${entity}.`)) ?? columns[0])
    ?.sheet ?? null

function idsOf(entity: ImportEntity): string {
  if (entity === 'household') return 'r.id AS record_id, r.id AS household_id'
  if (entity === 'livingConditions') return 'r.household_id AS record_id, r.household_id'
  return 'r.id AS record_id, r.household_id'
}

/** The staged rows of one kind; `$1` is the import. */
function stagedOf(
  staged: StagedEntity,
  kind: 'new' | 'changed' | 'unchanged',
): { select: string; from: string } {
  const isNew = newCondition(staged.entity)
  const differs = `(${differsCondition(staged)})`
  const condition = {
    new: isNew,
    changed: `NOT (${isNew}) AND ${differs}`,
    unchanged: `NOT (${isNew}) AND NOT ${differs}`,
  }
  const sides =
    kind === 'changed'
      ? `${differencesJson(staged, 'r')} AS before, ${differencesJson(staged, 's')} AS after`
      : `'{}'::jsonb AS before, '{}'::jsonb AS after`
  return {
    select: `s.row_no, ${idsOf(staged.entity)}, ${PLACE}, ${NAMES[staged.entity]}, ${sides},
      NULL::text[] AS conflicts, s.row_no::text AS sort`,
    from: `${comparable(staged)} AND s.row_no > 0 AND ${condition[kind]}`,
  }
}

/** Records that contradict the registry, with the codes that say how. */
function conflictingOf(staged: StagedEntity): { select: string; from: string } {
  const isHousehold = staged.entity === 'household'
  const codes = CONFLICT_CODES.filter((code) => code.startsWith('household') === isHousehold)
  const list = codes.map((code) => `'${code}'`).join(', ')
  return {
    select: `p.row_no, NULL::uuid AS record_id, NULL::uuid AS household_id, NULL::text AS village_name,
      coalesce(p.household_no, '') AS household_no, '' AS village_code, NULL::text AS name, NULL::integer AS year,
      '{}'::jsonb AS before, '{}'::jsonb AS after, p.conflicts, p.row_no::text AS sort`,
    from: `FROM (SELECT row_no, household_no, array_agg(DISTINCT code) AS conflicts FROM import_problems
      WHERE import_id = $1 AND code IN (${list}) GROUP BY row_no, household_no) p WHERE true`,
  }
}

/** Present persons of the file's households whom the file does not name. */
const ABSENT = {
  select: `NULL::integer AS row_no, r.id AS record_id, r.household_id, f.household_no, r.village_code,
    (SELECT name FROM areas a WHERE a.code = r.village_code) AS village_name, r.name, NULL::integer AS year,
    '{}'::jsonb AS before, '{}'::jsonb AS after, NULL::text[] AS conflicts, r.id::text AS sort`,
  from: `FROM (SELECT DISTINCT household_id, household_no FROM import_members WHERE import_id = $1) f
    JOIN members r ON r.household_id = f.household_id AND r.decrease_reason IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM import_member_matches x WHERE x.import_id = $1 AND x.member_id = r.id)`,
}

/** What a commit would do, record by record, computed from the staged rows and the registry as they are now. */
export async function readPreview(
  tx: Tx,
  vault: Vault,
  { id: importId, columns }: Pick<ImportRow, 'id' | 'columns'>,
  query: Query,
) {
  const entity = query.kind === 'absent' ? 'member' : query.entity
  const staged = STAGED[entity]
  const { select, from } =
    query.kind === 'absent'
      ? ABSENT
      : query.kind === 'conflicting'
        ? conflictingOf(staged)
        : stagedOf(staged, query.kind)
  const [after] = query.after ? decodeCursor(query.after, 1) : [null]
  const isById = query.kind === 'absent'
  const sort = isById ? 'sort::uuid' : 'sort::integer'
  const condition = after === null ? '' : `WHERE ${sort} > $3::${isById ? 'uuid' : 'integer'}`
  const { rows } = await run<PreviewRecord>(
    tx,
    `SELECT * FROM (SELECT ${select} ${from}) page ${condition} ORDER BY ${sort} LIMIT $2`,
    [importId, query.limit + 1, ...(after === null ? [] : [after])],
  )
  const counted = await run<{ total: number }>(tx, `SELECT count(*) AS total ${from}`, [importId])
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const sheet = sheetOf(columns, entity)
  return {
    rows: page.map((row) => present(row, staged, sheet, vault)),
    total: counted.rows[0]?.total ?? 0,
    next: rows.length > query.limit && last ? encodeCursor([last.sort]) : null,
  }
}

function present(
  row: PreviewRecord,
  staged: StagedEntity,
  sheet: string | null,
  vault: Vault,
): ImportPreviewRow {
  const changes = staged.columns
    .filter(({ column, field }) => field !== null && column in row.after)
    .map(({ column, field }) => ({
      field: field ?? column,
      before: shown(vault, field ?? '', column, row.before[column]),
      after: shown(vault, field ?? '', column, row.after[column]),
    }))
  return {
    entity: staged.entity,
    sheet: row.row_no === null ? null : sheet,
    row: row.row_no,
    recordId: row.record_id,
    householdId: row.household_id,
    householdNo: row.household_no,
    villageCode: row.village_code,
    villageName: row.village_name ?? '',
    name: row.name,
    year: row.year,
    changes,
    conflicts: row.conflicts ?? [],
  }
}

type Shown = ImportPreviewRow['changes'][number]['before']

/** A value as it may be shown; jsonb writes sealed bytes as '\x…'. */
function shown(vault: Vault, field: string, column: string, value: unknown): Shown {
  if (value === null || value === undefined) return null
  const [, name = ''] = field.split('.')
  const entity = field.startsWith('member') ? 'member' : 'household'
  const clear =
    column.endsWith('_sealed') && typeof value === 'string'
      ? vault.decrypt(Buffer.from(value.slice(2), 'hex'))
      : value
  return masked(entity, name, clear) as Shown
}
