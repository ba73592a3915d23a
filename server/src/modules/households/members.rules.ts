import type { CardProblemCode } from '@tiejun/contract/households/card-problems.ts'
import { Sex } from '@tiejun/contract/households/codes.ts'
import { checkRelations, type RelationProblemKind } from '@tiejun/contract/households/relations.ts'
import {
  type DisabilityCardFault,
  type DocumentReading,
  readDocumentNumber,
} from '@tiejun/contract/standards/disability-card.ts'
import { ageOn, normaliseIdNumber } from '@tiejun/contract/standards/id-number.ts'
import type { CardProblem } from './card-fields.rules.ts'

type Values = Record<string, unknown>

export const DOCUMENT_FAULTS: Record<DisabilityCardFault, CardProblemCode> = {
  spreadsheet_number: 'digits_lost',
  length: 'id_number_length',
  charset: 'id_number_characters',
  region: 'id_number_characters',
  birth_date: 'id_number_date',
  future_birth_date: 'id_number_date',
  checksum: 'id_number_checksum',
  disability_type: 'disability_type_wrong',
  disability_grade: 'disability_grade_wrong',
  reissue: 'id_number_characters',
}

/** Kinds of document whose numbers follow GB 11643; the numbers of others follow no rule. */
export const READABLE: readonly unknown[] = ['resident_id', 'disability_card']

function readDocument({ idType, idNo }: Values, today: string): DocumentReading | undefined {
  return READABLE.includes(idType) && typeof idNo === 'string' ? readDocumentNumber(idNo, today) : undefined
}

/** What the document tells of the member; sex, birth date and disability follow from it and are never chosen. */
function settledBy(reading: DocumentReading | undefined): Values {
  if (!reading?.ok) return {}
  const { sex, birthOn, disability } = reading
  return {
    sex,
    birthOn,
    ...(disability && {
      disabilityType: disability.disabilityType,
      disabilityGrade: disability.disabilityGrade,
    }),
  }
}

/** The member as it will be kept: document number in one spelling, and what it tells filled in. */
export function settledMember(values: Values, today: string): Values {
  const { idNo } = values
  const spelled = typeof idNo === 'string' ? { ...values, idNo: normaliseIdNumber(idNo) } : values
  return { ...spelled, ...settledBy(readDocument(spelled, today)) }
}

const SETTLED_DIFFERS: Record<string, CardProblemCode> = {
  sex: 'sex_differs_from_id_number',
  birthOn: 'birth_differs_from_id_number',
  disabilityType: 'disability_differs_from_card',
  disabilityGrade: 'disability_differs_from_card',
}

/** Values a request states against what the document number tells. */
export function checkStated(stated: Values, values: Values, today: string): CardProblem[] {
  const told = settledBy(readDocument(values, today))
  return Object.entries(SETTLED_DIFFERS).flatMap(([path, code]) => {
    const value = stated[path]
    const isStated = value !== undefined && value !== null
    return isStated && path in told && told[path] !== value ? [{ path, code }] : []
  })
}

/** What is wrong with one member by itself. */
export function checkMember(values: Values, today: string): CardProblem[] {
  return checkReadMember(values, readDocument(values, today), today)
}

/** The same when the document number has been read already, as the import does with 350,000 of them. */
export function checkReadMember(
  values: Values,
  reading: DocumentReading | undefined,
  today: string,
): CardProblem[] {
  const { health, birthOn } = values
  const problems = checkDocument(values, reading)
  if (typeof birthOn === 'string' && birthOn > today)
    problems.push({ path: 'birthOn', code: 'date_in_future' })
  if (Array.isArray(health) && health.includes('healthy') && health.length > 1)
    problems.push({ path: 'health', code: 'healthy_excludes_others' })
  return [...problems, ...checkSchooling(values, today)]
}

function checkDocument(values: Values, reading: DocumentReading | undefined): CardProblem[] {
  const { idType, idNo } = values
  const path = 'idNo'
  if (idType === 'none') return idNo ? [{ path, code: 'id_number_unexpected' }] : []
  if (!READABLE.includes(idType)) return []
  if (typeof idNo !== 'string') return [{ path, code: 'id_number_missing' }]
  if (!reading) return []
  if (!reading.ok) return [{ path, code: DOCUMENT_FAULTS[reading.fault] }]
  const isCard = reading.disability !== null
  return isCard === (idType === 'disability_card') ? [] : [{ path, code: 'id_number_type_differs' }]
}

const BELOW_SCHOOL: readonly unknown[] = ['preschool_age', 'kindergarten']
const OLDEST_BELOW_SCHOOL = 9
const YOUNGEST_AT_SCHOOL = 4

/** Only what is surely wrong: a ten-year-old below school age, a pupil of three. */
function checkSchooling({ schoolStatus, birthOn }: Values, today: string): CardProblem[] {
  if (!schoolStatus || schoolStatus === 'not_at_school' || typeof birthOn !== 'string') return []
  const age = ageOn(birthOn, today)
  const isWrong = BELOW_SCHOOL.includes(schoolStatus) ? age > OLDEST_BELOW_SCHOOL : age < YOUNGEST_AT_SCHOOL
  return isWrong ? [{ path: 'schoolStatus', code: 'school_status_contradicts_age', params: { age } }] : []
}

export const RELATION_CODES: Record<RelationProblemKind, CardProblemCode> = {
  no_head: 'no_head',
  several_heads: 'several_heads',
  several_spouses: 'several_spouses',
  sex_contradicts_relation: 'relation_contradicts_sex',
  spouse_same_sex_as_head: 'spouse_same_sex_as_head',
  head_sex_contradicts_relation: 'head_sex_contradicts_relation',
  age_contradicts_relation: 'relation_contradicts_sex',
}

/** A member among the others, with the id by which faults are compared before and after. */
export interface HouseholdMember {
  id: string
  values: Values
}

/**
 * What cannot be true of the members together. Each problem's path is the id of the member meant, or empty for the
 * household. Doubtful ages are only warnings and no hindrance.
 */
export function checkHousehold(members: readonly HouseholdMember[]): CardProblem[] {
  const related = members.map(({ values }) => ({
    relation: String(values['relation']),
    sex: Sex.safeParse(values['sex']).data ?? null,
    birthOn: typeof values['birthOn'] === 'string' ? values['birthOn'] : null,
    hasLeft: hasLeft(values),
  }))
  const errors = checkRelations(related).filter((problem) => problem.severity === 'error')
  return errors.flatMap((problem): CardProblem[] => {
    const code = RELATION_CODES[problem.kind]
    if (problem.kind === 'several_heads' || problem.members.length === 0) return [{ path: '', code }]
    return problem.members.map((place) => ({ path: members[place]?.id ?? '', code }))
  })
}

export const hasLeft = (values: Values): boolean => Boolean(values['decreaseReason'])

/** Document numbers that two present members share, as the ids of the later ones. */
export function repeatedDocuments(
  members: readonly HouseholdMember[],
  numberOf: (no: string) => string,
): string[] {
  const seen = new Set<string>()
  return members.flatMap(({ id, values }) => {
    if (hasLeft(values) || typeof values['idNo'] !== 'string') return []
    const number = numberOf(values['idNo'])
    if (seen.has(number)) return [id]
    seen.add(number)
    return []
  })
}
