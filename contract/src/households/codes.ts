import { z } from 'zod'

/** Relations that a rule below speaks of; a pack may have further ones, about which the rules say nothing. */
export const RelationCode = z.enum([
  'head',
  'spouse',
  'son',
  'daughter',
  'daughter_in_law',
  'son_in_law',
  'grandson',
  'granddaughter',
  'daughters_son',
  'daughters_daughter',
  'father',
  'mother',
  'wifes_father',
  'wifes_mother',
  'husbands_father',
  'husbands_mother',
  'paternal_grandfather',
  'paternal_grandmother',
  'maternal_grandfather',
  'maternal_grandmother',
  'great_grandson',
  'great_granddaughter',
])
export type RelationCode = z.infer<typeof RelationCode>

export const Sex = z.enum(['male', 'female'])
export type Sex = z.infer<typeof Sex>

/**
 * Enumeration values are pack data, except that rules of the product lean on some of them. A pack must define these
 * codes in these enumerations; the loader says so when one is missing.
 */
export const CODES_RULES_NEED = {
  sex: Sex.options,
  id_type: ['resident_id', 'disability_card', 'none'],
  relation: RelationCode.options,
  health: ['healthy', 'disabled'],
  disability_type: ['sight', 'hearing', 'speech', 'limbs', 'intellect', 'mental', 'multiple'],
  disability_grade: ['one', 'two', 'three', 'four'],
  danger_level: ['a', 'b', 'c', 'd'],
  poverty_status: ['not_exited', 'pre_exit', 'exited_with_support', 'exited_without_support'],
  school_status: ['not_at_school', 'preschool_age', 'kindergarten'],
} as const satisfies Record<string, readonly string[]>
