import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { type CardEntity, type CardSection, CARD_FIELDS } from '@tiejun/contract/households/fields.ts'

/** Everything of a section empty: nothing entered. */
const blank = (entity: CardEntity, section: CardSection): Record<string, unknown> =>
  Object.fromEntries(
    CARD_FIELDS.filter((field) => field.entity === entity && field.section === section).map((field) => [
      field.name,
      field.type === 'enumerations' ? [] : null,
    ]),
  )

export const CARD_ID = '018f0000-0000-7000-8000-0000000000aa'

/** A card with the least on it; the network of the tests holds it against the contract. */
export function aCard(given: Partial<HouseholdCard> = {}): HouseholdCard {
  const places = { provinceName: '河南省', prefectureName: '驻马店市', countyName: '上蔡县' }
  const identity = {
    ...blank('household', 'identity'),
    ...places,
    townshipName: '黄埠镇',
    villageName: '陈庄村',
    villageCode: '411722101001',
    householdNo: '41172200001',
    headName: '李大山',
    memberCount: 2,
  }
  const card = {
    id: CARD_ID,
    version: 3,
    createdAt: '2017-01-05T09:00:00+08:00',
    changedAt: '2018-02-05T09:00:00+08:00',
    correctedFieldCount: 0,
    allowedActions: ['edit', 'print'],
    identity: { version: 1, values: identity },
    status: { version: 1, values: blank('household', 'status') },
    livingConditions: { version: null, values: blank('livingConditions', 'livingConditions') },
    members: [],
    incomeYears: [],
    helpers: [],
    measures: [],
    ...given,
  }
  // The border: values by the fields of the contract, whose types their list does not know.
  return card as unknown as HouseholdCard
}
