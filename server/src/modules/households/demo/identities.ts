import { idCheckCharacter } from '@tiejun/contract/standards/id-number.ts'
import { satisfiesLuhn } from '@tiejun/contract/standards/bank-account.ts'
import type { Chance } from './random.ts'

type Sex = 'male' | 'female'

// Common surnames and plain given names; nobody is meant by a combination of them.
const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
] as [string, ...string[]]
const MALE = [
  ...'伟强磊军勇杰涛明超刚平辉鹏华飞斌波宇浩亮建国志海峰文林松柱栋根喜旺生顺义德才保全胜利民',
] as [string, ...string[]]
const FEMALE = [...'芳娜敏静丽艳娟霞秀燕玲桂英萍红梅兰凤洁云莲真环雪荣爱妹香月莺媛花琴珍贞莉荷巧美'] as [
  string,
  ...string[],
]

/** A name of two or, mostly, three characters. */
export function inventName(chance: Chance, sex: Sex, surname = chance.pick(SURNAMES)): string {
  const given = sex === 'male' ? MALE : FEMALE
  return surname + chance.pick(given) + (chance.happens(0.3) ? '' : chance.pick(given))
}

export const surnameOf = (name: string): string => name.slice(0, 1)

export const inventSurname = (chance: Chance): string => chance.pick(SURNAMES)

// 996–999 were kept for centenarians, so such numbers are very unlikely to be anybody's.
const ORDER_CODES: Record<Sex, readonly string[]> = { male: ['997', '999'], female: ['996', '998'] }
const HOME = '411722'
const NEIGHBOURS = ['411702', '411721', '411723', '411724', '411725', '411726', '411727', '411728', '411729']
const FARTHER = [
  '411602',
  '411621',
  '411622',
  '411623',
  '411624',
  '411625',
  '411626',
  '411627',
  '411628',
  '411681',
]
const PREFIXES = [HOME, ...NEIGHBOURS, ...FARTHER]

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
const DAY = 86_400_000

/** Which half of the calendar the people of a run are born on, so that a workbook does not meet the demo county. */
export type BirthDays = 'even' | 'odd'

/** Hands out birth dates with valid ID numbers (GB 11643), none of them twice. */
export function identityMaker(chance: Chance, birthDays: BirthDays) {
  const used = new Set<string>()
  const isOurs = (day: string) => Number(day.slice(8)) % 2 === (birthDays === 'even' ? 0 : 1)

  const freeNumber = (day: string, sex: Sex): string | undefined => {
    for (const prefix of PREFIXES) {
      for (const order of ORDER_CODES[sex]) {
        const first17 = prefix + day.replaceAll('-', '') + order
        if (used.has(first17)) continue
        used.add(first17)
        return first17 + idCheckCharacter(first17)
      }
    }
    return undefined
  }

  return {
    /** Somebody of that age, in full years, on the day given. */
    make: (sex: Sex, age: number, today: string): { birthOn: string; idNo: string } => {
      const newest = Date.parse(`${Number(today.slice(0, 4)) - age}${today.slice(4)}T00:00:00Z`)
      for (let tries = 0; tries < 400; tries += 1) {
        const birthOn = dayOf(newest - chance.between(0, 364) * DAY)
        const idNo = isOurs(birthOn) ? freeNumber(birthOn, sex) : undefined
        if (idNo) return { birthOn, idNo }
      }
      throw new RangeError(`no ID numbers left for people aged ${age}: invent fewer households at once`)
    },
  }
}

export type IdentityMaker = ReturnType<typeof identityMaker>

/** A mobile number of a block that is not assigned to anybody (170–171 are virtual operators, 1700000xxxx unused). */
export const inventPhone = (chance: Chance): string =>
  `1700000${String(chance.between(0, 9999)).padStart(4, '0')}`

/** A card number of a block of zeros, with the check digit it needs. */
export function inventBankAccount(chance: Chance): string {
  const front = `623059000${String(chance.between(0, 99_999_999)).padStart(8, '0')}`
  const check = [...'0123456789'].find((digit) => satisfiesLuhn(front + digit))
  return front + (check ?? '0')
}
