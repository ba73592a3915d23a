import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { idCheckCharacter } from '@tiejun/contract/standards/id-number.ts'
import type { Client } from './test-app.ts'

// Builders fill in what a test does not care about, through the same requests as people use.

/** 黄埠镇 has the demo accounts `township` and `village`; the other township is out of their reach. */
export const HERE = { township: '411722101000', village: '411722101001', otherVillage: '411722101201' }
export const ELSEWHERE = { township: '411722102000', village: '411722102201' }

let numbersGiven = 0

/** An invented ID number; the order codes 996–999 of the demo convention belong to nobody. */
export function anIdNumber(birthOn: string, sex: 'male' | 'female' = 'male'): string {
  // The order code says only the sex; who needs many people of one day asks for other days.
  const orderCode = sex === 'male' ? '997' : '998'
  const first17 = `411722${birthOn.replaceAll('-', '')}${orderCode}`
  return first17 + idCheckCharacter(first17)
}

/** A birth date that no other call has given, so that people differ. */
function aBirthDate(): string {
  numbersGiven += 1
  return new Date(Date.UTC(1950, 0, 1 + numbersGiven)).toISOString().slice(0, 10)
}

/** A head with a valid ID number; give what the test is about. */
export function aMember(values: Record<string, unknown> = {}): Record<string, unknown> {
  const sex = values['relation'] === 'spouse' ? 'female' : 'male'
  return {
    name: '张三',
    relation: 'head',
    idType: 'resident_id',
    idNo: anIdNumber(aBirthDate(), sex),
    ethnicity: 'han',
    ...values,
  }
}

export interface HouseholdParts {
  identity?: Record<string, unknown>
  status?: Record<string, unknown>
  livingConditions?: Record<string, unknown>
  members?: Record<string, unknown>[]
}

/** The request that puts a household on the register. */
export function aNewHousehold({ identity, status, livingConditions, members }: HouseholdParts = {}) {
  numbersGiven += 1
  return {
    identity: {
      householdNo: `4117220${String(numbersGiven).padStart(5, '0')}`,
      villageCode: HERE.village,
      ...identity,
    },
    status: { poorAttribute: 'general_poor', povertyStatus: 'not_exited', mainCause: 'illness', ...status },
    ...(livingConditions && { livingConditions }),
    members: members ?? [aMember()],
  }
}

/** A household on the register, entered by that person; its card. */
export async function aHousehold(by: Client, parts: HouseholdParts = {}): Promise<HouseholdCard> {
  const answer = await by.post('/households', aNewHousehold(parts))
  if (answer.status !== 201) throw new Error(`no household: ${JSON.stringify(answer.body)}`)
  return answer.body
}
