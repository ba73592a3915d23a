import { expect, test } from 'vitest'
import { z } from 'zod'
import { IncomeYearInput, LivingConditions, MemberInput } from './card.ts'
import { CARD_FIELDS, columnName, findCardField, listColumnFields } from './fields.ts'
import { incomeTotals } from './income-year.ts'

test('every field is named once per entity and every column is a plain snake_case name', () => {
  const keys = CARD_FIELDS.map((field) => `${field.entity}.${field.name}`)
  expect(new Set(keys).size).toBe(keys.length)
  for (const field of CARD_FIELDS) {
    expect(field.column ?? 'derived').toMatch(/^[a-z][a-z0-9_]*$/)
    expect(field.meaning.length, field.name).toBeGreaterThan(3)
  }
})

test('property names turn into column names', () => {
  expect(columnName('houseAreaM2')).toBe('house_area_m2')
  expect(columnName('firstIdentifiedInMonth')).toBe('first_identified_in_month')
})

test('names follow the grammar of dates, months and money', () => {
  const endings = { date: /On$/, month: /InMonth$/, money: /Fen$/, year: /(^y|Y)ear$/ } as const
  for (const field of CARD_FIELDS) {
    const ending = field.type in endings ? endings[field.type as keyof typeof endings] : undefined
    if (ending) expect(field.name).toMatch(ending)
  }
})

test('ID numbers and bank accounts, and nothing else, are sensitive', () => {
  const sensitive = CARD_FIELDS.filter((field) => field.personal === 'sensitive').map((field) => field.name)
  expect(sensitive.sort()).toEqual(['bankAccount', 'headIdNo', 'idNo'])
})

test('age, names of areas and computed income have no column; sex and birth date have', () => {
  const columns = listColumnFields('member').map((field) => field.name)
  expect(columns).toContain('birthOn')
  expect(columns).not.toContain('age')
  expect(findCardField('household.villageName')?.column).toBeNull()
  expect(findCardField('incomeYear.netPerCapitaFen')?.column).toBeNull()
})

test('a request may leave optional fields out, empties a text with a blank, and may not carry derived values', () => {
  const member = MemberInput.parse({ name: ' 张三 ', relation: 'head', idType: 'none', phone: '  ' })
  expect(member).toEqual({ name: '张三', relation: 'head', idType: 'none', phone: null })
  expect(IncomeYearInput.safeParse({ year: 2017, netFen: 1 }).success).toBe(false)
  expect(MemberInput.safeParse({ name: '', relation: 'head', idType: 'none' }).success).toBe(false)
})

test('a response carries every field, and the API description says what it means', () => {
  expect(LivingConditions.safeParse({}).success).toBe(false)
  const described = z.toJSONSchema(z.object({ area: LivingConditions.shape.farmlandMu })).properties?.['area']
  expect(described).toMatchObject({ description: 'Farmland', unit: 'mu', personal: 'none' })
})

test('an area with more decimals than the column holds is refused, not rounded', () => {
  const { farmlandMu } = LivingConditions.shape
  expect(farmlandMu.safeParse(3.25).success).toBe(true)
  expect(farmlandMu.safeParse(1.1).success).toBe(true)
  expect(farmlandMu.safeParse(3.255).success).toBe(false)
  expect(farmlandMu.safeParse(1_000_000).success).toBe(false)
})

test('income is added up from its parts, rewards as transfer, costs less their subsidy taken off', () => {
  const parts = {
    wagePublicPostFen: 600_000,
    wageOtherFen: 1_200_000,
    employmentRewardFen: 10_000,
    industryRewardFen: 20_000,
    businessFen: 500_000,
    businessCostFen: 200_000,
    businessCostSubsidyFen: 50_000,
    propertyDividendFen: 30_000,
    propertyOtherFen: 1,
    familyPlanningFen: 2,
    dibaoFen: 3,
    tekunFen: 4,
    pensionFen: 5,
    ecoCompensationFen: 6,
    transferOtherFen: 7,
    rigidExpenseFen: 999_999,
    yearMemberCount: 4,
  }
  expect(incomeTotals(parts)).toEqual({
    wageFen: 1_800_000,
    propertyFen: 30_001,
    transferFen: 30_027,
    grossFen: 2_360_028,
    netFen: 2_210_028,
    netPerCapitaFen: 552_507,
  })
})

test('per head is rounded half up, also below zero, and unknown without a member count', () => {
  for (const [netFen, members, expected] of [
    [5, 2, 3],
    [4, 3, 1],
    [-5, 2, -2],
    [-4, 3, -1],
    [999_999_999_999, 7, 142_857_142_857],
  ] as const) {
    const parts = {
      wageOtherFen: Math.max(netFen, 0),
      businessCostFen: Math.max(-netFen, 0),
      yearMemberCount: members,
    }
    expect(incomeTotals(parts).netPerCapitaFen).toBe(expected)
  }
  expect(incomeTotals({ wageOtherFen: 1 }).netPerCapitaFen).toBeNull()
})
