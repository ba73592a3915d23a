import type { Member } from '@tiejun/contract/households/card.ts'
import { type IdentityMaker, inventName, inventPhone, inventSurname, surnameOf } from './identities.ts'
import type { Chance } from './random.ts'

/** A member as typed: everything but what the ID number tells and what is computed. */
export type InventedMember = Omit<Member, 'id' | 'age'>

type Sex = 'male' | 'female'
interface Role {
  relation: string
  sex: Sex
  age: number
}

/** Who lives together: head and perhaps spouse, parents, children, grandchildren; ages fit the relations. */
function inventRoles(chance: Chance): Role[] {
  const headSex = chance.weighted({ male: 82, female: 18 })
  const headAge = chance.weighted({ young: 15, middle: 55, old: 30 })
  const age = { young: chance.between(24, 39), middle: chance.between(40, 59), old: chance.between(60, 84) }[
    headAge
  ]
  const roles: Role[] = [{ relation: 'head', sex: headSex, age }]
  const spouseSex = headSex === 'male' ? 'female' : 'male'
  if (chance.happens(headAge === 'old' ? 0.55 : 0.72)) {
    roles.push({ relation: 'spouse', sex: spouseSex, age: Math.max(22, age + chance.between(-4, 4)) })
  }
  const children = Number(chance.weighted({ '0': 10, '1': 29, '2': 42, '3': 19 }))
  for (let child = 0; child < children; child += 1) {
    const sex = chance.weighted({ male: 53, female: 47 })
    const childAge = age - chance.between(22, 34)
    if (childAge >= 0) roles.push({ relation: sex === 'male' ? 'son' : 'daughter', sex, age: childAge })
  }
  if (age < 60 && chance.happens(0.34)) {
    const sex = chance.weighted({ male: 38, female: 62 })
    roles.push({
      relation: sex === 'male' ? 'father' : 'mother',
      sex,
      age: Math.min(96, age + chance.between(20, 30)),
    })
  }
  if (age >= 58 && chance.happens(0.5)) {
    const sex = chance.weighted({ male: 52, female: 48 })
    const grandchildAge = Math.max(1, Math.min(17, age - chance.between(46, 60)))
    roles.push({ relation: sex === 'male' ? 'grandson' : 'granddaughter', sex, age: grandchildAge })
  }
  return roles
}

/** Years of school by age on 31 March: primary 6–11, junior 12–14, senior 15–17. */
function schoolOf(chance: Chance, age: number): string {
  if (age < 3) return 'preschool_age'
  if (age < 6) return 'kindergarten'
  if (age < 12) return 'primary'
  if (age < 15) return `junior_${age - 11}`
  if (age < 18) return chance.happens(0.7) ? `senior_${age - 14}` : `secondary_vocational_${age - 14}`
  if (age < 22 && chance.happens(0.4)) return `bachelor_${Math.min(4, age - 17)}`
  return 'not_at_school'
}

function educationOf(chance: Chance, age: number): string | null {
  if (age < 16) return null
  if (age > 65) return chance.weighted({ illiterate: 45, primary: 42, junior_middle: 12, senior_middle: 1 })
  return chance.weighted({
    illiterate: 6,
    primary: 34,
    junior_middle: 46,
    senior_middle: 11,
    college: 2,
    bachelor_or_above: 1,
  })
}

function labourOf(chance: Chance, age: number, isIll: boolean, isAtSchool: boolean): string {
  if (age < 16 || isAtSchool) return 'none'
  if (age >= 60) return chance.happens(0.45) ? 'weak_or_half' : 'none'
  if (isIll) return chance.weighted({ weak_or_half: 60, lost: 30, ordinary: 10 })
  return chance.weighted({ ordinary: 86, skilled: 8, weak_or_half: 6 })
}

function healthOf(chance: Chance, age: number): string[] {
  const isWeak = chance.happens(age > 60 ? 0.5 : age > 40 ? 0.22 : 0.05)
  if (!isWeak) return ['healthy']
  const kind = chance.weighted({ chronic_illness: 58, serious_illness: 17, disabled: 20, both: 5 })
  return kind === 'both' ? ['chronic_illness', 'disabled'] : [kind]
}

/** Work away from home of somebody able to work: the wage of the year follows from it. */
function inventWork(chance: Chance, labour: string) {
  const none = { workArea: null, employer: null, workMonths: null, monthlyWageFen: null }
  if (labour !== 'ordinary' && labour !== 'skilled') return none
  if (!chance.happens(0.62)) return none
  return {
    workArea: chance.weighted({ in_township: 14, in_county: 18, in_province: 26, outside_province: 42 }),
    employer: chance.pick(['建筑工地', '电子厂', '服装厂', '鞋厂', '饭店', '物流园', '家具厂', '养殖场']),
    workMonths: chance.between(3, 11),
    monthlyWageFen: chance.between(14, 38) * 10_000,
  }
}

function insurancesOf(chance: Chance, age: number, isPoor: boolean) {
  return {
    hasResidentMedicalInsurance: chance.happens(0.99),
    hasEmployeeMedicalInsurance: false,
    hasSeriousIllnessInsurance: chance.happens(0.97),
    hasCommercialMedicalInsurance: chance.happens(0.35),
    hasMedicalAssistance: chance.happens(0.08),
    hasOtherHealthSupport: chance.happens(0.12),
    hasResidentPension: age >= 16 && chance.happens(0.9),
    hasEmployeePension: false,
    hasAccidentInsuranceSubsidy: chance.happens(0.3),
    hasDibao: isPoor,
    isDeFactoUnattendedChild: false,
  }
}

export interface MemberSetting {
  chance: Chance
  identities: IdentityMaker
  today: string
  category: 'general' | 'allowance' | 'tekun'
  identifiedInMonth: string
  nextPersonNo: () => string
}

function inventMember(setting: MemberSetting, role: Role, surname: string, order: number): InventedMember {
  const { chance, category } = setting
  const { birthOn, idNo } = setting.identities.make(role.sex, role.age, setting.today)
  const isAtHome = ['head', 'son', 'daughter', 'grandson', 'granddaughter', 'father'].includes(role.relation)
  const health = healthOf(chance, role.age)
  const isIll = !health.includes('healthy')
  const schoolStatus = schoolOf(chance, role.age)
  const labourSkill = labourOf(chance, role.age, isIll, schoolStatus !== 'not_at_school')
  const isDisabled = health.includes('disabled')
  return {
    personNo: setting.nextPersonNo(),
    orderInHousehold: order,
    name: inventName(chance, role.sex, isAtHome ? surname : undefined),
    relation: role.relation,
    idType: 'resident_id',
    idNo,
    sex: role.sex,
    birthOn,
    ethnicity: chance.happens(0.985) ? 'han' : 'hui',
    politicalStatus: role.age > 24 && chance.happens(0.04) ? 'party_member' : 'masses',
    phone: role.age >= 18 && chance.happens(0.6) ? inventPhone(chance) : null,
    education: schoolStatus === 'not_at_school' ? educationOf(chance, role.age) : null,
    schoolStatus,
    dropoutReason: null,
    graduateUnemployedReason: null,
    canSpeakMandarin: role.age < 45 || chance.happens(0.3),
    health,
    disabilityType: isDisabled
      ? chance.weighted({ limbs: 50, intellect: 15, mental: 12, sight: 12, hearing: 11 })
      : null,
    disabilityGrade: isDisabled ? chance.weighted({ one: 15, two: 30, three: 30, four: 25 }) : null,
    disabilityCardYear: isDisabled ? chance.between(2009, 2016) : null,
    labourSkill,
    ...inventWork(chance, labourSkill),
    publicPostType: null,
    publicPostMonths: null,
    ...insurancesOf(chance, role.age, category === 'allowance'),
    isTekun: category === 'tekun',
    personIdentifiedInMonth: setting.identifiedInMonth,
    increaseReason: null,
    decreaseReason: null,
  }
}

/** The members of one household, head first; those supported as destitute live alone. */
export function inventMembers(setting: MemberSetting): InventedMember[] {
  const { chance, category } = setting
  const roles: Role[] =
    category === 'tekun'
      ? [{ relation: 'head', sex: chance.weighted({ male: 85, female: 15 }), age: chance.between(60, 88) }]
      : inventRoles(chance)
  const surname = surnameOf(inventName(chance, 'male', inventSurname(chance)))
  const members = roles.map((role, index) => inventMember(setting, role, surname, index + 1))
  const worker = members.find((member) => member.labourSkill === 'weak_or_half')
  if (worker && chance.happens(0.2)) {
    worker.publicPostType = chance.weighted({
      cleaner: 60,
      facility_keeper: 15,
      photovoltaic_post: 15,
      road_keeper: 10,
    })
    worker.publicPostMonths = chance.between(6, 12)
  }
  return members
}
