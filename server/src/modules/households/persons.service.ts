import {
  CardPersonColumn,
  type CardPersonExportQuery,
  type CardPersonListQuery,
  type CardPersonPage,
  type CardPersonRow,
} from '@tiejun/contract/households/persons.ts'
import type { FastifyReply } from 'fastify'
import { recordAudit } from '../../platform/audit/record.ts'
import { momentOf, readAsOf } from '../../platform/clock/moment.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type ExportColumn, sendList } from '../../platform/lists/export.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { cardMeans, type HouseholdMeans } from './means.ts'
import type { PackFacts } from './pack-facts.ts'
import { countSelectedPersons, readPersons, selectPersons } from './persons-list.views.ts'
import { getSearch } from './searches.service.ts'

/** Sorted by age, each page of a file sorts the county anew: few pages. */
const EXPORT_PAGE = 5000

/** Where a column has its heading in the pack, and its labels when it holds codes. */
const FIELDS: Record<CardPersonColumn, { field: string; enumeration?: string }> = {
  name: { field: 'member.name' },
  relation: { field: 'member.relation', enumeration: 'relation' },
  sex: { field: 'member.sex', enumeration: 'sex' },
  age: { field: 'member.age' },
  idNo: { field: 'member.idNo' },
  townshipName: { field: 'household.townshipName' },
  villageName: { field: 'household.villageName' },
  householdNo: { field: 'household.householdNo' },
  headName: { field: 'household.headName' },
  poorAttribute: { field: 'household.poorAttribute', enumeration: 'poor_attribute' },
  health: { field: 'member.health', enumeration: 'health' },
  labourSkill: { field: 'member.labourSkill', enumeration: 'labour_skill' },
  phone: { field: 'member.phone' },
  decreaseReason: { field: 'member.decreaseReason', enumeration: 'decrease_reason' },
}

function exportColumn(facts: PackFacts, column: CardPersonColumn): ExportColumn<CardPersonRow> {
  const { field, enumeration } = FIELDS[column]
  const found = facts.fieldOf(field)
  const label = (code: string) => (enumeration ? facts.labelOf(enumeration, code) : code)
  return {
    header: found?.short ?? found?.zh ?? column,
    kind: column === 'age' ? 'number' : 'text',
    width: 18,
    value: (row) => {
      const value = row[column]
      if (Array.isArray(value)) return value.map(label).join('、')
      return typeof value === 'string' ? label(value) : value
    },
  }
}

/** 档卡人员: the people on the cards within reach, to be found and counted; the card is where they are changed. */
export const personsService = (means: HouseholdMeans) => ({
  persons: async (actor: Actor, query: CardPersonListQuery): Promise<CardPersonPage> => {
    const moment = momentOf(query.asOf, means.clock)
    const read = async (tx: Tx): Promise<CardPersonPage> => {
      const shown = cardMeans(means, actor, moment)
      const selection = await selectPersons(tx, shown, query)
      const total = await countSelectedPersons(tx, selection)
      const page = await readPersons(tx, shown, selection, query)
      return { ...page, total, search: selection.search, ...readAsOf(moment) }
    }
    return means.db.asReader(actor, 'households.view', read, moment)
  },

  /** Sends the list as a file; who took it is written down before the first row leaves. */
  exportPersons: async (
    actor: Actor,
    query: CardPersonExportQuery,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const { format, columns = CardPersonColumn.options, ...filters } = query
    const { db, clock, vault, facts } = means
    const moment = momentOf(filters.asOf, clock)
    // Refused before anything is written down.
    await db.asReader(actor, 'households.export', async () => undefined, moment)
    await db.asActor(actor, 'households.export', async (tx) => {
      if (filters.search) await getSearch(tx, vault, filters.search)
      await recordAudit(tx, clock, actor, {
        action: 'household.persons_exported',
        recordType: 'household',
        areaCode: filters.area ?? null,
        after: { ...filters, columns, format },
      })
    })
    const shown = cardMeans(means, actor, moment)
    const send = async (tx: Tx): Promise<void> => {
      const selection = await selectPersons(tx, shown, filters)
      await sendList(reply, {
        format,
        name: `档卡人员-${shown.today}`,
        columns: columns.map((column) => exportColumn(facts, column)),
        readPage: (after) => readPersons(tx, shown, selection, { limit: EXPORT_PAGE, after }),
      })
    }
    await db.asReader(actor, 'households.export', send, moment)
    return reply
  },
})
