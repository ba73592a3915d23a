import { normaliseIdNumber } from '@tiejun/contract/standards/id-number.ts'
import type { CheckContext, HouseholdState } from './check-context.ts'
import { relationFaults } from './member-checks.rules.ts'
import type { FoundProblem } from './problem-log.ts'
import type { ReadColumn, SheetColumns } from './sheet-columns.ts'

/** Checks what only shows when all rows of a household have passed. */
export function checkWholeHouseholds(
  context: CheckContext,
  households: SheetColumns | undefined,
  members: SheetColumns | undefined,
): void {
  for (const state of context.households.values()) {
    if (members) checkRelationsOf(context, state, members)
    if (households && members) checkDeclared(context, state, households)
  }
}

function checkRelationsOf(context: CheckContext, state: HouseholdState, members: SheetColumns): void {
  const column = members.byKey.get('member.relation')
  const isWhole = !state.isKnown
  if (isWhole && state.members.length === 0) {
    add(context, state, undefined, { code: 'no_head' })
    return
  }
  for (const { code, member } of relationFaults(state.members, isWhole)) {
    const row = member === undefined ? state.memberRows[0] : state.memberRows[member]
    const params = code === 'several_heads' ? { count: headCount(state), isInRegistry: false } : {}
    context.log.add({ code, params, sheet: members.place, row, column, householdNo: state.householdNo })
  }
}

const headCount = ({ members }: HouseholdState) =>
  members.filter(({ relation, hasLeft }) => relation === 'head' && !hasLeft).length

function add(
  context: CheckContext,
  state: HouseholdState,
  column: ReadColumn | undefined,
  problem: Pick<FoundProblem, 'code' | 'params' | 'cell'>,
): void {
  const { firstSheet, firstRow, householdNo } = state
  context.log.add({ ...problem, sheet: firstSheet, row: firstRow, column, householdNo })
}

/** What the national export repeats about the members is held against the members themselves. */
function checkDeclared(context: CheckContext, state: HouseholdState, sheet: SheetColumns): void {
  const { declared, headName, headIdNo, members } = state
  const counted = members.filter(({ hasLeft }) => !hasLeft).length
  if (declared.count !== null && counted > 0 && declared.count !== counted) {
    add(context, state, sheet.byKey.get('household.memberCount'), {
      code: 'member_count_differs',
      params: { declared: declared.count, counted },
      cell: declared.count,
    })
  }
  const nameColumn = sheet.byKey.get('household.headName')
  if (declared.headName !== null && headName !== null && declared.headName !== headName)
    add(context, state, nameColumn, { code: 'head_differs', cell: declared.headName })
  const numberColumn = sheet.byKey.get('household.headIdNo')
  if (declared.headIdNo !== null && headIdNo !== null && normaliseIdNumber(declared.headIdNo) !== headIdNo)
    add(context, state, numberColumn, { code: 'head_differs', cell: declared.headIdNo })
}
