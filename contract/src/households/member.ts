import {
  choice,
  choices,
  count,
  date,
  decimal,
  money,
  month,
  requiredChoice,
  requiredText,
  text,
  year,
  yesNo,
} from './field-kinds.ts'

const insured = (meaning: string, source = 'S2') => yesNo(meaning, { source })

/**
 * 家庭成员. A member with a `decreaseReason` has left the household: the row stays for history and is not counted.
 * `settled` fields have columns, and the service fills them from the ID number (or the disability card) whenever it
 * tells them; a request may carry them only when it does not: GB 11643 gives sex and birth date, the disability card's
 * 19th and 20th characters give type and grade.
 */
export const memberTyped = {
  personNo: text('Number given by the national system; unique in the country', {
    source: 'S1,S2',
    maxLength: 40,
    personal: 'personal',
  }),
  orderInHousehold: count('Place on the card: head 1, spouse 2, then the others', {
    source: 'S2',
    minimum: 1,
    maximum: 99,
  }),
  name: requiredText('Name', { source: 'S1,S2,S3,S4', maxLength: 40, personal: 'personal' }),
  relation: requiredChoice(
    'relation',
    'Relation to the head of the household; exactly one member is the head',
    { source: 'S1,S2,S3,S4,S5' },
  ),
  idType: requiredChoice('id_type', 'Kind of document the ID number is from; none for those not registered', {
    source: 'S2',
  }),
  idNo: text('Document number: 18-digit ID, 20-digit disability card, or 22 with re-issue suffix', {
    source: 'S1,S2,S3,S6',
    maxLength: 22,
    personal: 'sensitive',
  }),
  sex: choice('sex', 'Sex, from digit 17 of the ID number', {
    source: 'S2,S3,S4',
    origin: 'settled',
    personal: 'personal',
  }),
  birthOn: date('Birth date, from the ID number', {
    source: 'S2,S6',
    origin: 'settled',
    personal: 'personal',
  }),
  ethnicity: choice('ethnicity', 'Ethnic group', { source: 'S1,S2,S3,S4', personal: 'personal' }),
  politicalStatus: choice('political_status', 'Political status', {
    source: 'S2,S3,S5',
    personal: 'personal',
  }),
  phone: text('Phone of this person', { source: 'S1,S2,S3', maxLength: 20, personal: 'personal' }),
  education: choice('education', 'Education of those who are not at school', {
    source: 'S1,S2,S3,S4,S5',
    personal: 'personal',
  }),
  schoolStatus: choice('school_status', 'Where somebody at school stands', {
    source: 'S1,S2,S3,S4,S5',
    personal: 'personal',
  }),
  dropoutReason: choice('dropout_reason', 'Why a child of school age is not at school', {
    source: 'S2,S3',
    personal: 'personal',
  }),
  graduateUnemployedReason: choice('graduate_unemployed_reason', 'Why a graduate has no job', {
    source: 'S2',
    personal: 'personal',
  }),
  canSpeakMandarin: yesNo('Speaks standard Chinese', { source: 'S2,S3' }),
  health: choices('health', 'State of health; healthy excludes the others', {
    source: 'S1,S2,S3,S4,S5',
    personal: 'personal',
    maxItems: 3,
  }),
  disabilityType: choice('disability_type', 'Kind of disability, 19th character of the disability card', {
    source: 'S7',
    origin: 'settled',
    personal: 'personal',
  }),
  disabilityGrade: choice(
    'disability_grade',
    'Grade of disability, 20th character of the disability card; one is the most severe',
    {
      source: 'S7',
      origin: 'settled',
      personal: 'personal',
    },
  ),
  disabilityCardYear: year('Year the disability card was issued', { source: 'S2', personal: 'personal' }),
  labourSkill: choice('labour_skill', 'Ability to work', { source: 'S1,S2,S3,S5,S6', personal: 'personal' }),
  workArea: choice('work_area', 'Where the person works away from home', {
    source: 'S2,S5',
    personal: 'personal',
  }),
  employer: text('Employer of somebody working away', { source: 'S2', maxLength: 100, personal: 'personal' }),
  workMonths: decimal('Months worked away in the year', {
    source: 'S1,S2',
    unit: 'months',
    precision: 3,
    scale: 1,
    maximum: 12,
  }),
  monthlyWageFen: money('Wage of a month worked away', { source: 'SYN', personal: 'personal' }),
  publicPostType: choice('public_post_type', 'Public-service post held', { source: 'S2' }),
  publicPostMonths: count('Months in the public-service post in the year', {
    source: 'S2',
    unit: 'months',
    maximum: 12,
  }),
  hasResidentMedicalInsurance: insured('In the medical insurance of residents', 'S2,S3'),
  hasEmployeeMedicalInsurance: insured('In the medical insurance of employees'),
  hasSeriousIllnessInsurance: insured('In the serious-illness insurance', 'S1,S2'),
  hasCommercialMedicalInsurance: insured('In a commercial supplementary medical insurance', 'S2,S3'),
  hasMedicalAssistance: insured('Receives medical assistance'),
  hasOtherHealthSupport: insured('Receives other health support'),
  hasResidentPension: insured('In the pension insurance of residents', 'S2,S3,S4'),
  hasEmployeePension: insured('In the pension insurance of employees'),
  hasDibao: insured('Receives the rural minimum living allowance (dibao)', 'S2,S3,S4'),
  isTekun: insured('Supported as a destitute person (tekun)'),
  hasAccidentInsuranceSubsidy: insured('Receives the subsidy for accident insurance', 'S2,S3'),
  isDeFactoUnattendedChild: insured('Child whom in fact nobody brings up'),
  personIdentifiedInMonth: month(
    'Month this person was identified; later than the household when joining later',
    { source: 'S1' },
  ),
  increaseReason: choice('increase_reason', 'Why the person joined the household', { source: 'BK' }),
  decreaseReason: choice('decrease_reason', 'Why the person left the household; null for present members', {
    source: 'BK',
  }),
}

export const memberDerived = {
  age: count('Full years on the day of the answer; null without a birth date', {
    source: 'S4,S6',
    origin: 'derived',
    unit: 'years',
    personal: 'personal',
    maximum: 150,
  }),
}
