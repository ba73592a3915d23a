import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import type { HouseholdListQuery, HouseholdPage } from '@tiejun/contract/households/list.ts'
import { countyDateOf } from '../../platform/clock/clock.ts'
import { momentOf, readAsOf } from '../../platform/clock/moment.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { assistanceService } from './assistance.service.ts'
import { getCard } from './card.views.ts'
import { comparisonService } from './comparison.service.ts'
import { exportService } from './export.service.ts'
import { headService } from './head.service.ts'
import { readHistory } from './history.views.ts'
import { importedHouseholds, readImportHistory } from './imported.views.ts'
import { countSelected, readPage, selectHouseholds } from './list.views.ts'
import { cardMeans, type HouseholdMeans } from './means.ts'
import { membersService } from './members.service.ts'
import { newHouseholdService } from './new-household.service.ts'
import { personsService } from './persons.service.ts'
import { searchesService } from './searches.service.ts'
import { sectionsService } from './sections.service.ts'
import { unmaskService } from './unmask.service.ts'
import { villageProfileService } from './village-profile.service.ts'

function readingService(means: HouseholdMeans) {
  const { db, clock, vault } = means
  return {
    list: async (actor: Actor, query: HouseholdListQuery): Promise<HouseholdPage> => {
      const moment = momentOf(query.asOf, clock)
      const read = async (tx: Tx): Promise<HouseholdPage> => {
        const shown = cardMeans(means, actor, moment)
        const selection = await selectHouseholds(tx, shown, query, importedHouseholds)
        const total = await countSelected(tx, selection)
        const page = await readPage(tx, shown, selection, query)
        return { ...page, total, year: selection.year, search: selection.search, ...readAsOf(moment) }
      }
      return db.asReader(actor, 'households.view', read, moment)
    },
    card: async (actor: Actor, id: string, asOf?: string): Promise<HouseholdCard> => {
      const moment = momentOf(asOf, clock)
      const read = (tx: Tx) => getCard(tx, cardMeans(means, actor, moment), id)
      return db.asReader(actor, 'households.view', read, moment)
    },
    history: (actor: Actor, id: string, page: { limit: number; after?: string | undefined }) =>
      db.asReader(actor, 'households.view', (tx) =>
        readHistory(tx, id, page, () => readImportHistory(tx, vault, id)),
      ),
  }
}

/** Everything that can be asked of the cards and done to them. */
export const householdServices = (means: HouseholdMeans) => ({
  ...readingService(means),
  ...comparisonService(means),
  ...exportService(
    { ...means, countyDateOf: (instant) => countyDateOf(new Date(instant)) },
    importedHouseholds,
  ),
  ...personsService(means),
  ...searchesService(means),
  ...newHouseholdService(means),
  ...sectionsService(means),
  ...membersService(means),
  ...headService(means),
  ...assistanceService(means),
  ...unmaskService(means),
  ...villageProfileService(means),
})

export type HouseholdServices = ReturnType<typeof householdServices>
