/**
 * Enumeration values are pack data, except that rules of the product lean on some of them. A pack must define these
 * codes in these enumerations; the loader says so when one is missing.
 */
export const CODES_RULES_NEED = {
  sex: ['male', 'female'],
  id_type: ['resident_id', 'disability_card', 'none'],
  relation: ['head', 'spouse'],
  health: ['healthy', 'disabled'],
  disability_type: ['sight', 'hearing', 'speech', 'limbs', 'intellect', 'mental', 'multiple'],
  disability_grade: ['one', 'two', 'three', 'four'],
  danger_level: ['a', 'b', 'c', 'd'],
} as const satisfies Record<string, readonly string[]>

export type Sex = (typeof CODES_RULES_NEED.sex)[number]
export type DisabilityType = (typeof CODES_RULES_NEED.disability_type)[number]
export type DisabilityGrade = (typeof CODES_RULES_NEED.disability_grade)[number]
