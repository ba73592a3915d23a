import { choice, choices, knownCount, month, requiredText, text, year, yesNo } from './field-kinds.ts'

/**
 * 基本信息: who and where the household is. Sources S1…S8 are those of the national system's exports, sheets and
 * forms as listed in the pack's copy of the field list.
 */
export const identityTyped = {
  householdNo: requiredText('Number given by the national system; unique and never reused', {
    source: 'S1,S2',
    maxLength: 40,
    personal: 'personal',
  }),
  villageCode: requiredText(
    '12-digit statistical code of the administrative village; all area names follow from it',
    {
      source: 'S1,S2,S3',
      maxLength: 12,
    },
  ),
  naturalVillage: text('Natural village, hamlet or group under the administrative village', {
    source: 'S1,S3',
    maxLength: 40,
  }),
  address: text('Home address as printed on the card', { source: 'S4', personal: 'personal' }),
  householdPhone: text('Phone of the household: mobile, or landline 0396-xxxxxxx', {
    source: 'S1,S2,S3',
    maxLength: 20,
    personal: 'personal',
  }),
  bankName: text('Bank that pays subsidies to the household', {
    source: 'S3',
    maxLength: 80,
    personal: 'personal',
  }),
  bankAccount: text('Account of the all-in-one card (一卡通)', {
    source: 'S3',
    maxLength: 32,
    personal: 'sensitive',
  }),
  handbookNo: text("Number of the household's assistance handbook", { source: 'SYN', maxLength: 40 }),
  isMartyrFamily: yesNo('Family of a soldier or martyr', { source: 'S2,S3' }),
  oneChildOrTwoDaughters: choice(
    'family_planning_household',
    'Family-planning household with one child or two daughters',
    {
      source: 'S5',
    },
  ),
  changeNote: text('Remarks and explanation of changes', {
    source: 'S3',
    maxLength: 1000,
    personal: 'personal',
  }),
}

/** 基本信息 that follows from members and areas, and is therefore never entered. */
export const identityDerived = {
  provinceName: requiredText('Province, from the village code', { source: 'S2', origin: 'derived' }),
  prefectureName: requiredText('Prefecture-level city, from the village code', {
    source: 'S3',
    origin: 'derived',
  }),
  countyName: requiredText('County, from the village code', { source: 'S1,S2,S3', origin: 'derived' }),
  townshipName: requiredText('Township or subdistrict, from the village code', {
    source: 'S1,S2,S3',
    origin: 'derived',
  }),
  villageName: requiredText('Administrative village, from the village code', {
    source: 'S1,S2,S3',
    origin: 'derived',
  }),
  headName: text('Name of the member whose relation is head; null while there is none', {
    source: 'S2,S4',
    origin: 'derived',
    maxLength: 40,
    personal: 'personal',
  }),
  headIdNo: text('ID number of the member whose relation is head; masked unless the post allows', {
    source: 'S2,S6',
    origin: 'derived',
    maxLength: 22,
    personal: 'sensitive',
  }),
  memberCount: knownCount('Members that have not left: those without a reason for natural decrease', {
    source: 'S1,S2',
    origin: 'derived',
    unit: 'persons',
  }),
}

/** 识别与脱贫: why the household is on the register and what became of it, with resettlement and industry support. */
export const statusTyped = {
  identificationStandard: choice(
    'identification_standard',
    'Standard by which the household was identified',
    { source: 'S5' },
  ),
  firstIdentifiedInMonth: month('Month in which the household was first identified', { source: 'S1' }),
  poorAttribute: choice(
    'poor_attribute',
    'Category of the poor household: general, low-income allowance, or destitute support',
    {
      source: 'S3,S5',
    },
  ),
  householdType: choice('household_type', 'Exited household or ordinary farm household', {
    source: 'S1,S2,S5',
  }),
  povertyStatus: choice('poverty_status', 'Where the household stands on the way out of poverty', {
    source: 'S5',
  }),
  plannedExitYear: year('Year in which the household was planned to exit', { source: 'S3' }),
  exitYear: year('Year in which the household exited poverty', { source: 'S4' }),
  returnYear: year('Year in which the household fell back into poverty', { source: 'S3' }),
  returnReason: choice('poverty_cause', 'Reason for falling back into poverty', { source: 'S3' }),
  mainCause: choice('poverty_cause', 'Main cause of poverty', { source: 'S1,S3,S4,S5' }),
  otherCauses: choices('poverty_cause', 'At most two further causes of poverty', {
    source: 'S3,S4',
    maxItems: 2,
  }),
  isRelocated: yesNo('Household of the resettlement programme', { source: 'S3' }),
  relocationWay: choice('relocation_way', 'How the household was resettled', { source: 'S3' }),
  relocationAddress: text('Address of the resettlement', { source: 'S3', personal: 'personal' }),
  industrySupportTypes: choices(
    'industry_support_type',
    'Kinds of industry support that reach the household',
    { source: 'S2' },
  ),
}
