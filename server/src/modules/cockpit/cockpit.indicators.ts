import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { type Indicator, oncePerTransaction } from '../../platform/indicators/indicator.ts'
import { householdIndicators } from '../households/index.ts'
import { countUnitsByKind } from './organisation.views.ts'

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0)

/** 组织机构 */
function organisationFigures(): Indicator[] {
  const byKind = oncePerTransaction(countUnitsByKind)
  const common = { action: 'organisation.view', keepsHistory: false }
  return [
    {
      ...common,
      id: 'working_groups',
      group: 'report',
      label: '工作组',
      labelEn: 'Working groups',
      unit: '个',
      unitEn: 'groups',
      counts: '办公室在用的工作组',
      countsEn: 'Active working groups of the office',
      count: async (tx) => (await byKind(tx)).get('working_group') ?? 0,
      href: '/organisation?kind=working_group',
    },
    {
      ...common,
      id: 'units',
      group: 'registry',
      label: '单位',
      labelEn: 'Units',
      unit: '个',
      unitEn: 'units',
      counts: '在用的单位，不含村',
      countsEn: 'Active units, without villages',
      count: async (tx) => sum((await byKind(tx)).values()),
      href: '/organisation',
    },
  ]
}

const HOUSEHOLDS = { action: 'households.view', keepsHistory: true, unit: '户', unitEn: 'households' }

/** 档卡 */
const registryFigures: Indicator[] = [
  {
    ...HOUSEHOLDS,
    id: 'records_maintained',
    group: 'report',
    label: '维护系统信息',
    labelEn: 'System records maintained',
    counts: '录入以后有栏目被人工更正的档卡；导入不算，补录成员、措施等不算',
    countsEn: 'Cards of which a field was changed by hand after entry; neither imports nor additions count',
    count: householdIndicators.countCorrected,
    href: '/households?corrected=yes',
  },
  {
    ...HOUSEHOLDS,
    id: 'households',
    group: 'registry',
    label: '档卡户数',
    labelEn: 'Households',
    counts: '全部档卡',
    countsEn: 'All cards',
    count: householdIndicators.countHouseholds,
    href: '/households',
  },
  {
    ...HOUSEHOLDS,
    id: 'persons',
    group: 'registry',
    label: '档卡人数',
    labelEn: 'Persons',
    unit: '人',
    unitEn: 'persons',
    counts: '全部档卡上未离户的成员',
    countsEn: 'Members on all cards who have not left',
    count: householdIndicators.countPersons,
    href: '/persons',
  },
]

interface Breakdown {
  group: 'category' | 'cause'
  enumeration: string
  counts: { zh: string; en: string }
  byCode: (typeof householdIndicators)['countByCategory']
}

/** One indicator for each value of an enumeration of the pack, all answered by one query. */
function breakdown(pack: Pack, { group, enumeration, counts, byCode }: Breakdown): Indicator[] {
  const ask = oncePerTransaction(byCode)
  return (pack.enumerations[enumeration]?.values ?? []).map((value) => ({
    ...HOUSEHOLDS,
    id: `${group}.${value.code}`,
    group,
    label: value.zh,
    labelEn: value.en,
    counts: counts.zh,
    countsEn: counts.en,
    count: async (tx) => (await ask(tx)).find(({ code }) => code === value.code)?.count ?? 0,
    href: `/households?${group}=${value.code}`,
  }))
}

/** Every indicator the built modules declare. */
export const declaredIndicators = (pack: Pack): Indicator[] => [
  ...organisationFigures(),
  ...registryFigures,
  ...breakdown(pack, {
    group: 'category',
    enumeration: 'poor_attribute',
    counts: { zh: '贫困户属性为此项的档卡', en: 'Cards of this category' },
    byCode: householdIndicators.countByCategory,
  }),
  ...breakdown(pack, {
    group: 'cause',
    enumeration: 'poverty_cause',
    counts: { zh: '主要致贫原因为此项的档卡', en: 'Cards with this main cause of poverty' },
    byCode: householdIndicators.countByCause,
  }),
]
