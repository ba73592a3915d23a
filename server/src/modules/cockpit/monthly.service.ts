import type { MonthlyFigures, MonthlyQuery, MonthlySeries } from '@tiejun/contract/cockpit/monthly.ts'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import { endOfDay } from '../../platform/clock/moment.ts'
import { type Database, findHistoryStart, type Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/http/errors.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { householdsByMonth } from '../households/index.ts'
import { lastDayOf, monthProblems, monthsAsked, monthsBetween, totalsOf } from './monthly.rules.ts'

const VIEW = 'figures.view'

type Wording = Omit<MonthlySeries, 'values'>

const HOUSEHOLDS: Wording = {
  id: 'households',
  label: '档卡户数',
  labelEn: 'Households',
  unit: '户',
  unitEn: 'households',
}
const PERSONS: Wording = {
  id: 'persons',
  label: '档卡人数',
  labelEn: 'Persons',
  unit: '人',
  unitEn: 'persons',
}

/** 逐月成效数字, counted from the history of the registry. */
export function monthlyService(db: Database, clock: Clock, pack: Pack) {
  const categories = pack.enumerations['poor_attribute']?.values ?? []

  async function listSeries(tx: Tx, ends: readonly Date[], isKnown: readonly boolean[]) {
    const households = await householdsByMonth.households(tx, ends)
    const persons = await householdsByMonth.persons(tx, ends)
    const byCategory = await householdsByMonth.categories(tx, ends)
    return [
      { ...HOUSEHOLDS, values: totalsOf(households, isKnown) },
      { ...PERSONS, values: totalsOf(persons, isKnown) },
      ...categories.map(({ code, zh, en }) => ({
        ...HOUSEHOLDS,
        id: `category.${code}`,
        label: zh,
        labelEn: en,
        values: totalsOf(
          byCategory.filter((change) => change.code === code),
          isKnown,
        ),
      })),
    ]
  }

  return {
    /** Throws `invalid_fields` for months to come, in the wrong order, or too many. */
    monthly: async (actor: Actor, query: MonthlyQuery): Promise<MonthlyFigures> => {
      const asked = monthsAsked(query, clock.today())
      const problems = monthProblems(asked, clock.today())
      if (problems.length > 0) throw new AppError('invalid_fields', undefined, problems)
      const months = monthsBetween(asked)
      const now = clock.now()
      const ends = months.map((month) => {
        const end = endOfDay(lastDayOf(month))
        return end < now ? end : now
      })
      return db.asReader(actor, VIEW, async (tx) => {
        const start = await findHistoryStart(tx)
        const isKnown = ends.map((end) => start !== null && start <= end)
        return {
          months: months.map((month, place) => ({ month, asOf: (ends[place] ?? now).toISOString() })),
          series: await listSeries(tx, ends, isKnown),
        }
      })
    },
  }
}
