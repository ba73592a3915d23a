import { describe, expect, test } from 'vitest'
import { RelationCode } from './codes.ts'
import type { Sex } from './codes.ts'
import { checkRelations, RELATION_RULES } from './relations.ts'
import type { RelatedMember } from './relations.ts'

function person(relation: string, sex: Sex | null = null, birthOn: string | null = null): RelatedMember {
  return { relation, sex, birthOn, hasLeft: false }
}

const kinds = (...members: RelatedMember[]) => checkRelations(members).map((problem) => problem.kind)
const head = person('head', 'male', '1965-03-12')
const headWoman = person('head', 'female', '1965-03-12')

describe('one household', () => {
  test('has exactly one head', () => {
    expect(kinds(person('son', 'male'))).toEqual(['no_head'])
    expect(checkRelations([head, person('son'), person('head')])).toEqual([
      { kind: 'several_heads', members: [0, 2], severity: 'error' },
    ])
    expect(kinds(head)).toEqual([])
  })

  test('does not count those who left, and may be left by all', () => {
    expect(kinds({ ...head, hasLeft: true }, person('head', 'female'))).toEqual([])
    expect(kinds({ ...head, hasLeft: true })).toEqual([])
    expect(kinds({ ...head, hasLeft: true }, person('spouse'))).toEqual(['no_head'])
  })

  test('has at most one spouse, of the other sex', () => {
    expect(kinds(head, person('spouse', 'female'), person('spouse', 'female'))).toEqual(['several_spouses'])
    expect(kinds(head, person('spouse', 'male'))).toEqual(['spouse_same_sex_as_head'])
    expect(kinds(head, person('spouse'))).toEqual([])
  })
})

test('every relation that names a sex refuses the other', () => {
  const other = { male: 'female', female: 'male' } as const
  for (const relation of RelationCode.options) {
    const { sex, headSex } = RELATION_RULES[relation]
    if (!sex) continue
    const fittingHead = headSex === 'female' ? headWoman : head
    expect(kinds(fittingHead, person(relation, sex)), relation).toEqual([])
    expect(kinds(fittingHead, person(relation, other[sex])), relation).toEqual(['sex_contradicts_relation'])
  }
})

test('sons are men and daughters-in-law women, whatever the table says', () => {
  expect(kinds(head, person('son', 'female'))).toEqual(['sex_contradicts_relation'])
  expect(kinds(head, person('daughter_in_law', 'male'))).toEqual(['sex_contradicts_relation'])
})

test('only a man has 岳父岳母, only a woman 公公婆婆', () => {
  expect(kinds(headWoman, person('wifes_father', 'male'))).toEqual(['head_sex_contradicts_relation'])
  expect(kinds(headWoman, person('wifes_mother', 'female'))).toEqual(['head_sex_contradicts_relation'])
  expect(kinds(head, person('husbands_father', 'male'))).toEqual(['head_sex_contradicts_relation'])
  expect(kinds(head, person('husbands_mother', 'female'))).toEqual(['head_sex_contradicts_relation'])
  expect(kinds(headWoman, person('husbands_mother', 'female'))).toEqual([])
})

test('children older than the head and parents younger are warned about', () => {
  const warning = { kind: 'age_contradicts_relation', members: [1], severity: 'warning' }
  expect(checkRelations([head, person('son', 'male', '1960-01-01')])).toEqual([warning])
  expect(checkRelations([head, person('mother', 'female', '1970-01-01')])).toEqual([warning])
  expect(checkRelations([head, person('granddaughter', 'female', '2010-01-01')])).toEqual([])
  expect(checkRelations([head, person('paternal_grandfather', 'male', '1920-01-01')])).toEqual([])
})

test('relations of the pack that no rule speaks of are accepted', () => {
  expect(kinds(head, person('other', 'female'), person('sibling', 'male'))).toEqual([])
})
