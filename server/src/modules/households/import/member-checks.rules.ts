import type { Sex } from '@tiejun/contract/households/codes.ts'
import type { ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { checkRelations } from '@tiejun/contract/households/relations.ts'
import type { RelatedMember } from '@tiejun/contract/households/relations.ts'
import { checkReadMember, READABLE, RELATION_CODES } from '../members.rules.ts'
import { COPY_NULL } from './cell-text.rules.ts'
import type { DocumentCell } from './document-cells.rules.ts'

/** The cells of one person that the checks look at, in COPY's text form. */
export interface MemberCells {
  idType: string
  relation: string
  sex: string
  birthOn: string
  health: string
  schoolStatus: string
  disabilityType: string
  disabilityGrade: string
  decreaseReason: string
}

/** What the product keeps: as the document tells, else as the file says. */
export interface SettledMember extends MemberCells {
  faults: { code: ImportProblemCode; params: Record<string, unknown>; field: string }[]
}

const given = (text: string): string | null => (text === COPY_NULL ? null : text)

/**
 * The kind of document: as given, else what the number tells, as it does in files without such a column. Without both
 * it stays open: a person the registry knows keeps what stands there.
 */
function settledIdType(idType: string, document: DocumentCell): string {
  if (idType !== COPY_NULL || document.fault !== null) return idType
  if (!document.reading?.ok) return COPY_NULL
  return document.reading.disability ? 'disability_card' : 'resident_id'
}

/** Fills in what the document tells and says what contradicts it, by the rules of entry (members.rules.ts). */
export function settleMember(cells: MemberCells, document: DocumentCell, today: string): SettledMember {
  const idType = settledIdType(cells.idType, document)
  const settled: SettledMember = { ...cells, idType, faults: [] }
  const add = (field: string, code: ImportProblemCode, params: Record<string, unknown> = {}) =>
    settled.faults.push({ field: `member.${field}`, code, params })
  const { reading } = document
  if (reading?.ok) {
    if (cells.sex !== COPY_NULL && cells.sex !== reading.sex) add('sex', 'sex_differs_from_id_number')
    if (cells.birthOn !== COPY_NULL && cells.birthOn !== reading.birthOn)
      add('birthOn', 'birth_differs_from_id_number')
    settled.sex = reading.sex
    settled.birthOn = reading.birthOn
    if (reading.disability) settleDisability(settled, cells, reading.disability, add)
  }
  // A number already refused says nothing more; the kind of document is checked when both are known.
  const isRefused = document.fault !== null
  const values = {
    idType: isRefused || idType === COPY_NULL ? null : idType,
    idNo: document.number,
    birthOn: given(settled.birthOn),
    schoolStatus: given(cells.schoolStatus),
    health: cells.health === COPY_NULL ? null : cells.health.slice(1, -1).split(','),
  }
  for (const { path, code, params } of checkReadMember(values, reading, today)) add(path, code, params)
  return settled
}

function settleDisability(
  settled: SettledMember,
  cells: MemberCells,
  told: { disabilityType: string; disabilityGrade: string },
  add: (field: string, code: ImportProblemCode) => void,
): void {
  for (const field of ['disabilityType', 'disabilityGrade'] as const) {
    if (cells[field] !== COPY_NULL && cells[field] !== told[field]) add(field, 'disability_differs_from_card')
    settled[field] = told[field]
  }
}

/** Whether numbers of this kind of document follow GB 11643. Most files leave the kind out where they do. */
export const followsRule = (idType: string): boolean =>
  idType === COPY_NULL || READABLE.includes(idType) || idType === 'none'

export const relatedMember = (cells: MemberCells): RelatedMember => ({
  relation: cells.relation,
  sex: cells.sex === COPY_NULL ? null : (cells.sex as Sex),
  birthOn: given(cells.birthOn),
  hasLeft: cells.decreaseReason !== COPY_NULL,
})

export interface RelationFault {
  code: ImportProblemCode
  severity: 'error' | 'warning'
  /** Place of the member in the list; undefined when the household as a whole is meant. */
  member: number | undefined
}

/**
 * What cannot be true of the members of a household together.
 * @param isWhole false when the registry may hold members the file does not name: then a missing head is no fault yet
 */
export function relationFaults(members: readonly RelatedMember[], isWhole: boolean): RelationFault[] {
  return checkRelations(members).flatMap(({ kind, members: places, severity }): RelationFault[] => {
    if (kind === 'no_head') return isWhole ? [{ code: 'no_head', severity, member: undefined }] : []
    const code: ImportProblemCode =
      kind === 'age_contradicts_relation' ? 'relation_contradicts_age' : RELATION_CODES[kind]
    // The first head or spouse may stay; it is the others that are one too many.
    const meant = kind === 'several_heads' || kind === 'several_spouses' ? places.slice(1) : places
    return meant.map((member) => ({ code, severity, member }))
  })
}
