import { z } from 'zod'
import { helperTyped, measureTyped } from './assistance.ts'
import { forRequest } from './field-kinds.ts'
import { identityDerived, identityTyped, statusTyped } from './household.ts'
import { incomeYearDerived, incomeYearTyped } from './income-year.ts'
import { livingConditionsTyped } from './living-conditions.ts'
import { memberDerived, memberTyped } from './member.ts'
import { villageProfileTyped } from './village-profile.ts'

const id = z.uuid()

/** 户: identity and status of a household as the API sends it. Names of areas and of the head are looked up. */
export const Household = z
  .object({ id, ...identityTyped, ...identityDerived, ...statusTyped })
  .meta({ id: 'Household', description: '户：基本信息与识别脱贫情况' })
export type Household = z.infer<typeof Household>

export const LivingConditions = z
  .object(livingConditionsTyped)
  .meta({ id: 'LivingConditions', description: '生产生活条件' })
export type LivingConditions = z.infer<typeof LivingConditions>

export const Member = z
  .object({ id, ...memberTyped, ...memberDerived })
  .meta({ id: 'Member', description: '家庭成员' })
export type Member = z.infer<typeof Member>

export const IncomeYear = z
  .object({ id, ...incomeYearTyped, ...incomeYearDerived })
  .meta({ id: 'IncomeYear', description: '年度收入' })
export type IncomeYear = z.infer<typeof IncomeYear>

export const Helper = z.object({ id, ...helperTyped }).meta({ id: 'Helper', description: '帮扶责任人' })
export type Helper = z.infer<typeof Helper>

export const Measure = z.object({ id, ...measureTyped }).meta({ id: 'Measure', description: '帮扶措施' })
export type Measure = z.infer<typeof Measure>

export const VillageProfile = z
  .object(villageProfileTyped)
  .meta({ id: 'VillageProfile', description: '村情' })
export type VillageProfile = z.infer<typeof VillageProfile>

/**
 * Requests carry what people enter and nothing derived; an unknown or derived name is refused, so that nobody's
 * input is dropped in silence. Sensitive values reach the browser masked, so a change leaves them out unless
 * they were entered anew. In a change a field left out stays as it was and null empties it.
 */
export const HouseholdIdentityInput = z
  .strictObject(forRequest(identityTyped))
  .meta({ id: 'HouseholdIdentityEntry', description: '户基本信息（录入）' })
export const HouseholdStatusInput = z
  .strictObject(forRequest(statusTyped))
  .meta({ id: 'HouseholdStatusEntry', description: '识别与脱贫情况（录入）' })
export const LivingConditionsInput = z
  .strictObject(forRequest(livingConditionsTyped))
  .meta({ id: 'LivingConditionsEntry', description: '生产生活条件（录入）' })
export const MemberInput = z
  .strictObject(forRequest(memberTyped))
  .meta({ id: 'MemberEntry', description: '家庭成员（录入）' })
export const IncomeYearInput = z
  .strictObject(forRequest(incomeYearTyped))
  .meta({ id: 'IncomeYearEntry', description: '年度收入（录入）' })
export const HelperInput = z
  .strictObject(forRequest(helperTyped))
  .meta({ id: 'HelperEntry', description: '帮扶责任人（录入）' })
export const MeasureInput = z
  .strictObject(forRequest(measureTyped))
  .meta({ id: 'MeasureEntry', description: '帮扶措施（录入）' })
export const VillageProfileInput = z
  .strictObject(forRequest(villageProfileTyped))
  .meta({ id: 'VillageProfileEntry', description: '村情（录入）' })

export type HouseholdIdentityInput = z.infer<typeof HouseholdIdentityInput>
export type HouseholdStatusInput = z.infer<typeof HouseholdStatusInput>
export type LivingConditionsInput = z.infer<typeof LivingConditionsInput>
export type MemberInput = z.infer<typeof MemberInput>
export type IncomeYearInput = z.infer<typeof IncomeYearInput>
export type HelperInput = z.infer<typeof HelperInput>
export type MeasureInput = z.infer<typeof MeasureInput>
export type VillageProfileInput = z.infer<typeof VillageProfileInput>
