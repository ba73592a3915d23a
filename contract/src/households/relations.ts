import { RelationCode } from './codes.ts'
import type { Sex } from './codes.ts'

interface RelationRule {
  /** Sex this relation implies. */
  sex?: Sex
  /** Sex the head must have for anybody to stand in this relation to them. */
  headSex?: Sex
  /** Whether such a person is of an older or younger generation than the head. */
  generation?: 'older' | 'younger'
}

const older = (sex: Sex, headSex?: Sex): RelationRule => ({ sex, headSex, generation: 'older' })
const younger = (sex: Sex): RelationRule => ({ sex, generation: 'younger' })

/**
 * What each relation to the head says about the person, from the meaning of the words on the card (与户主关系).
 * In-laws' ages say nothing certain: a young spouse of a second marriage may have parents younger than the head.
 */
export const RELATION_RULES: Record<RelationCode, RelationRule> = {
  head: {},
  spouse: {},
  son: younger('male'),
  daughter: younger('female'),
  daughter_in_law: { sex: 'female' },
  son_in_law: { sex: 'male' },
  grandson: younger('male'),
  granddaughter: younger('female'),
  daughters_son: younger('male'),
  daughters_daughter: younger('female'),
  father: older('male'),
  mother: older('female'),
  wifes_father: { sex: 'male', headSex: 'male' },
  wifes_mother: { sex: 'female', headSex: 'male' },
  husbands_father: { sex: 'male', headSex: 'female' },
  husbands_mother: { sex: 'female', headSex: 'female' },
  paternal_grandfather: older('male'),
  paternal_grandmother: older('female'),
  maternal_grandfather: older('male'),
  maternal_grandmother: older('female'),
  great_grandson: younger('male'),
  great_granddaughter: younger('female'),
}

export type RelationProblemKind =
  | 'no_head'
  | 'several_heads'
  | 'several_spouses'
  | 'sex_contradicts_relation'
  | 'spouse_same_sex_as_head'
  | 'head_sex_contradicts_relation'
  | 'age_contradicts_relation'

export interface RelationProblem {
  kind: RelationProblemKind
  /** Places in the list handed in; empty when the household as a whole is meant. */
  members: number[]
  /** A warning may be kept after a look: step-parents can be younger than their step-children. */
  severity: 'error' | 'warning'
}

export interface RelatedMember {
  relation: string
  sex: Sex | null
  birthOn: string | null
  /** Members with a reason for natural decrease are history and take no part. */
  hasLeft: boolean
}

type Present = RelatedMember & { place: number }

function ruleOf({ relation }: RelatedMember): RelationRule {
  const known = RelationCode.safeParse(relation)
  return known.success ? RELATION_RULES[known.data] : {}
}

function contradicts(stated: Sex | null | undefined, implied: Sex | undefined): boolean {
  return Boolean(stated && implied && stated !== implied)
}

function hasWrongAge(member: RelatedMember, head: RelatedMember): boolean {
  const { generation } = ruleOf(member)
  if (!generation || !member.birthOn || !head.birthOn) return false
  return generation === 'older' ? member.birthOn >= head.birthOn : member.birthOn <= head.birthOn
}

function problemsOfMember(member: Present, head: Present | undefined): RelationProblem[] {
  const rule = ruleOf(member)
  const kinds: RelationProblemKind[] = []
  if (contradicts(member.sex, rule.sex)) kinds.push('sex_contradicts_relation')
  if (head && contradicts(head.sex, rule.headSex)) kinds.push('head_sex_contradicts_relation')
  if (head && member.relation === 'spouse' && member.sex && member.sex === head.sex)
    kinds.push('spouse_same_sex_as_head')
  if (head && hasWrongAge(member, head)) kinds.push('age_contradicts_relation')
  return kinds.map((kind) => ({
    kind,
    members: [member.place],
    severity: kind === 'age_contradicts_relation' ? 'warning' : 'error',
  }))
}

/**
 * What cannot be true of a household: not exactly one head, two spouses, a 之子 who is a woman, a 岳父 of a woman, a
 * spouse of the head's own sex (民法典第一千零四十六条: marriage is between man and woman), and, as a warning, children older than
 * the head or parents younger. A household everybody has left has no problems.
 */
export function checkRelations(members: readonly RelatedMember[]): RelationProblem[] {
  const present = members.map((member, place) => ({ ...member, place })).filter((member) => !member.hasLeft)
  if (present.length === 0) return []
  const placesOf = (relation: string) =>
    present.filter((member) => member.relation === relation).map(({ place }) => place)
  const heads = placesOf('head')
  const spouses = placesOf('spouse')
  const problems: RelationProblem[] = []
  if (heads.length === 0) problems.push({ kind: 'no_head', members: [], severity: 'error' })
  if (heads.length > 1) problems.push({ kind: 'several_heads', members: heads, severity: 'error' })
  if (spouses.length > 1) problems.push({ kind: 'several_spouses', members: spouses, severity: 'error' })
  // With two heads nobody can say to which of them a relation is meant.
  const head = heads.length === 1 ? present.find((member) => member.relation === 'head') : undefined
  return [...problems, ...present.flatMap((member) => problemsOfMember(member, head))]
}

/** What is wrong and what to do, for forms and the table of import problems. */
export const RELATION_PROBLEM_WORDING: Record<RelationProblemKind, { wrong: string; remedy: string }> = {
  no_head: { wrong: '这一户没有户主', remedy: '请把其中一人的“与户主关系”改为户主' },
  several_heads: { wrong: '这一户有两个以上户主', remedy: '每户只能有一个户主，请改正其他人的“与户主关系”' },
  several_spouses: { wrong: '这一户有两个以上配偶', remedy: '请核对“与户主关系”' },
  sex_contradicts_relation: { wrong: '性别与“与户主关系”不符', remedy: '请核对证件号码和“与户主关系”' },
  spouse_same_sex_as_head: { wrong: '配偶与户主性别相同', remedy: '请核对两人的证件号码和“与户主关系”' },
  head_sex_contradicts_relation: {
    wrong: '“与户主关系”与户主性别不符',
    remedy: '户主是男的才有岳父岳母，户主是女的才有公公婆婆，请核对',
  },
  age_contradicts_relation: {
    wrong: '年龄与“与户主关系”不符',
    remedy: '请核对辈分和证件号码；确有特殊情况可以保留',
  },
}
