import type {
  Helper,
  Household,
  IncomeYear,
  LivingConditions,
  Measure,
} from '@tiejun/contract/households/card.ts'
import type { identityDerived } from '@tiejun/contract/households/household.ts'
import type { incomeYearDerived } from '@tiejun/contract/households/income-year.ts'
import {
  type BirthDays,
  type IdentityMaker,
  identityMaker,
  inventBankAccount,
  inventName,
  inventPhone,
} from './identities.ts'
import { type InventedMember, inventMembers } from './members.ts'
import { type Chance, chanceOf } from './random.ts'

export type InventedIncome = Omit<IncomeYear, 'id' | keyof typeof incomeYearDerived>

/** One invented household, as somebody would have typed it. */
export interface InventedHousehold {
  household: Omit<Household, 'id' | keyof typeof identityDerived>
  livingConditions: LivingConditions
  members: InventedMember[]
  incomeYears: InventedIncome[]
  helpers: Omit<Helper, 'id'>[]
  measures: Omit<Measure, 'id'>[]
}

export interface Invention {
  seed: number
  households: number
  /** 12-digit codes of the villages they live in. */
  villages: readonly [string, ...string[]]
  /** Ages are counted on this day. */
  today: string
  /** Income years, oldest first. */
  years: readonly number[]
  birthDays: BirthDays
}

interface Story {
  chance: Chance
  identities: IdentityMaker
  nextHouseholdNo: () => string
  nextPersonNo: () => string
}

const CATEGORIES = { general: 58, allowance: 32, tekun: 10 }
const CAUSES = {
  illness: 46,
  disability: 17,
  lack_of_labour: 13,
  lack_of_skill: 10,
  lack_of_funds: 6,
  schooling: 5,
  lack_of_drive: 2,
  disaster: 1,
}
type Category = keyof typeof CATEGORIES

function inventStatus(chance: Chance, category: Category, years: readonly number[]) {
  const last = years.at(-1) ?? 2017
  const hasExited = category === 'general' ? chance.happens(0.72) : chance.happens(0.5)
  const exitYear = hasExited ? chance.between(2014, last) : null
  const mainCause = chance.weighted(CAUSES)
  const other = chance.weighted(CAUSES)
  const first = chance.weighted({ '2014-01': 80, '2015-12': 12, '2016-12': 6, '2017-08': 2 })
  return {
    identificationStandard: 'national',
    firstIdentifiedInMonth: exitYear !== null && first.slice(0, 4) > String(exitYear) ? '2014-01' : first,
    poorAttribute: `${category}_${hasExited ? 'exited' : 'poor'}`,
    householdType: null,
    povertyStatus: hasExited ? 'exited_with_support' : 'not_exited',
    plannedExitYear: exitYear ?? chance.between(last + 1, 2020),
    exitYear,
    returnYear: null,
    returnReason: null,
    mainCause,
    otherCauses: other !== mainCause && chance.happens(0.5) ? [other] : [],
    isRelocated: false,
    relocationWay: null,
    relocationAddress: null,
    industrySupportTypes: chance.happens(0.6)
      ? [chance.weighted({ planting: 40, breeding: 25, photovoltaic: 20, asset_income: 15 })]
      : [],
  }
}

function inventLiving(chance: Chance): LivingConditions {
  const farmlandMu = chance.between(0, 140) / 10
  const danger = chance.weighted({ a: 52, b: 40, c: 6, d: 2 })
  return {
    farmlandMu,
    irrigatedMu: Math.round(farmlandMu * chance.between(5, 10)) / 10,
    // Shangcai is a plain of farmland: hardly a household has woods, orchards or water.
    woodlandMu: 0,
    returnedForestMu: 0,
    orchardMu: chance.happens(0.04) ? chance.between(1, 20) / 10 : 0,
    grasslandMu: 0,
    waterSurfaceMu: chance.happens(0.02) ? chance.between(1, 10) / 10 : 0,
    hasJoinedCooperative: chance.happens(0.35),
    isLedByEnterprise: chance.happens(0.2),
    isLedByPioneer: chance.happens(0.15),
    hasProductionPower: chance.happens(0.97),
    hasHouseholdPower: true,
    hasBroadcastTv: chance.happens(0.96),
    hasSafeWater: chance.happens(0.98),
    hasWaterDifficulty: false,
    hasSanitaryToilet: chance.happens(0.45),
    roadDistanceKm: chance.between(0, 30) / 10,
    accessRoadType: chance.weighted({ concrete: 70, earth: 18, brick: 9, gravel: 3 }),
    houseAreaM2: chance.between(40, 160),
    houseStructure: chance.weighted({
      brick_and_concrete: 52,
      brick_and_wood: 42,
      earth_and_wood: 3,
      reinforced_concrete: 3,
    }),
    isDangerousHouse: danger === 'c' || danger === 'd',
    dangerLevel: danger,
    renovationYear: chance.happens(0.15) ? chance.between(2014, 2017) : null,
    fuelType: chance.weighted({ firewood: 55, clean_energy: 30, coal: 15 }),
  }
}

const yuan = (chance: Chance, low: number, high: number): number => chance.between(low, high) * 100

/** The income of one year: wages follow from work, allowances from the category, the rest from land and luck. */
function inventIncome(
  chance: Chance,
  household: Pick<InventedHousehold, 'members' | 'livingConditions'>,
  category: Category,
  year: number,
): InventedIncome {
  const { members } = household
  const growth = 0.82 + (year - 2014) * 0.06
  const wages = members.reduce(
    (fen, member) => fen + (member.workMonths ?? 0) * (member.monthlyWageFen ?? 0),
    0,
  )
  const publicMonths = members.reduce((months, member) => months + (member.publicPostMonths ?? 0), 0)
  const isOld = (member: InventedMember) => (member.birthOn ?? '9') <= `${year - 60}-12-31`
  const businessFen =
    Math.round((household.livingConditions.farmlandMu ?? 0) * growth) * yuan(chance, 900, 1600)
  return {
    year,
    wagePublicPostFen: publicMonths * 50_000,
    wageOtherFen: Math.round((wages * 0.55 * growth) / 10_000) * 10_000,
    employmentRewardFen: 0,
    industryRewardFen: chance.happens(0.1) ? yuan(chance, 200, 2000) : 0,
    businessFen,
    businessCostFen: Math.round((businessFen * 0.3) / 100) * 100,
    businessCostSubsidyFen: 0,
    propertyDividendFen: year >= 2016 && chance.happens(0.3) ? yuan(chance, 200, 3000) : 0,
    propertyOtherFen: chance.happens(0.2) ? yuan(chance, 100, 1500) : 0,
    familyPlanningFen: chance.happens(0.05) ? yuan(chance, 960, 1920) : 0,
    dibaoFen: category === 'allowance' ? members.length * yuan(chance, 1300, 1900) : 0,
    tekunFen: category === 'tekun' ? yuan(chance, 3800, 4600) : 0,
    pensionFen: members.filter(isOld).length * 93_600,
    ecoCompensationFen: 0,
    transferOtherFen: yuan(chance, 100, 900),
    rigidExpenseFen: chance.happens(0.3) ? yuan(chance, 300, 20_000) : 0,
    yearMemberCount: members.length,
    membersJan: members.length,
    membersDec: members.length,
  }
}

const UNITS: readonly [string, ...string[]] = [
  '县财政局',
  '县教体局',
  '县水利局',
  '县交通局',
  '县民政局',
  '县人社局',
  '乡镇政府',
  '县住建局',
]

function inventHelp(chance: Chance, identified: string): Pick<InventedHousehold, 'helpers' | 'measures'> {
  const unit = chance.pick(UNITS)
  const category = chance.weighted({
    industry: 35,
    medical: 30,
    education: 15,
    labour_transfer: 12,
    farm_subsidy: 8,
  })
  const content = {
    industry: '到户增收项目入股分红',
    medical: '家庭医生签约，住院先诊疗后付费',
    education: '教育资助',
    labour_transfer: '技能培训并介绍务工',
    farm_subsidy: '耕地地力保护补贴',
  }[category]
  const year = Math.max(2016, Number(identified.slice(0, 4)))
  return {
    helpers: [
      {
        helperName: inventName(chance, chance.weighted({ male: 65, female: 35 })),
        unit,
        unitLevel: unit === '乡镇政府' ? 'township' : 'county',
        post: chance.pick(['科员', '副科长', '主任科员', '股长']),
        phone: inventPhone(chance),
        politicalStatus: chance.happens(0.8) ? 'party_member' : 'masses',
        startedOn: `${year}-0${chance.between(1, 9)}-01`,
        endedOn: null,
      },
    ],
    measures: [
      {
        category,
        unit,
        content,
        costFen: yuan(chance, 200, 5000),
        providedOn: `2017-${String(chance.between(1, 12)).padStart(2, '0')}-15`,
        needs: null,
        plan: null,
        effect: null,
        effectOn: null,
      },
    ],
  }
}

function inventHousehold(story: Story, invention: Invention, villageCode: string): InventedHousehold {
  const { chance } = story
  const category = chance.weighted(CATEGORIES)
  const status = inventStatus(chance, category, invention.years)
  const identifiedInMonth = status.firstIdentifiedInMonth
  const members = inventMembers({ ...story, category, identifiedInMonth, today: invention.today })
  const livingConditions = inventLiving(chance)
  const group = `${chance.between(1, 12)}组`
  return {
    household: {
      householdNo: story.nextHouseholdNo(),
      villageCode,
      naturalVillage: group,
      address: `${group}${chance.between(1, 80)}号`,
      householdPhone: chance.happens(0.9) ? inventPhone(chance) : null,
      bankName: '上蔡农村商业银行',
      bankAccount: chance.happens(0.95) ? inventBankAccount(chance) : null,
      handbookNo: null,
      isMartyrFamily: chance.happens(0.01),
      oneChildOrTwoDaughters: chance.weighted({ no: 93, one_child: 4, two_daughters: 3 }),
      changeNote: null,
      ...status,
    },
    livingConditions,
    members,
    incomeYears: invention.years.map((year) =>
      inventIncome(chance, { members, livingConditions }, category, year),
    ),
    ...inventHelp(chance, identifiedInMonth),
  }
}

/** A run of numbers of the national system's length; the seed stands in front, so that two runs do not meet. */
function numbering(first: string, seed: number, digits: number): () => string {
  let last = 0
  const front = first + String(seed % 1000).padStart(3, '0')
  return () => {
    last += 1
    return front + String(last).padStart(digits, '0')
  }
}

/** Invents households one after the other, spread evenly over the villages; the same invention gives the same ones. */
export function* inventHouseholds(invention: Invention): Generator<InventedHousehold> {
  const chance = chanceOf(invention.seed)
  const story: Story = {
    chance,
    identities: identityMaker(chance, invention.birthDays),
    nextHouseholdNo: numbering('8', invention.seed, 6),
    nextPersonNo: numbering('9', invention.seed, 8),
  }
  for (let index = 0; index < invention.households; index += 1) {
    const village = Math.floor((index * invention.villages.length) / invention.households)
    yield inventHousehold(story, invention, invention.villages[village] ?? invention.villages[0])
  }
}
