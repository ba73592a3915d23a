import type {
  Person,
  PersonDetail,
  PersonExportQuery,
  PersonListQuery,
} from '@tiejun/contract/organisation/persons.ts'
import type {
  OrganisationChart,
  OrganisationChoices,
  UnitDetail,
} from '@tiejun/contract/organisation/units.ts'
import { postLabel } from '@tiejun/contract/organisation/post-label.ts'
import type { FastifyReply } from 'fastify'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { EXPORT_PAGE, type ExportColumn, sendList } from '../../platform/lists/export.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { readChart, readChoices, readUnit } from './chart.views.ts'
import { countPersons, readPerson, readPersonPage } from './persons.views.ts'

const VIEW = 'organisation.view'

const SEX: Record<NonNullable<Person['sex']>, string> = { male: '男', female: '女' }
const textColumn = (header: string, width: number, value: (person: Person) => string | null) => ({
  header,
  width,
  kind: 'text' as const,
  value,
})
const postLines = (person: Person): string =>
  person.posts.map((post) => postLabel(post.unitName, post.postTitle)).join('；')
const firstDay = (person: Person): string | null =>
  person.posts.map((post) => post.heldFrom).sort()[0] ?? null

/** The columns of the list page, in its order. */
const COLUMNS: ExportColumn<Person>[] = [
  textColumn('姓名', 12, (person) => person.name),
  textColumn('性别', 6, (person) => (person.sex === null ? null : SEX[person.sex])),
  textColumn('所在单位', 24, (person) => person.homeUnitName),
  textColumn('职务', 18, (person) => person.staffTitle),
  textColumn('岗位', 40, postLines),
  { header: '任职起', width: 12, kind: 'date', value: firstDay },
  textColumn('电话', 14, (person) => person.phone),
]

/** Everything that is read of the organisation; the directory is open to all who have organisation.view. */
export function directoryService(db: Database, clock: Clock) {
  return {
    chart: (actor: Actor): Promise<OrganisationChart> =>
      db.asReader(actor, VIEW, async (tx) => ({ units: await readChart(tx) })),

    choices: (actor: Actor): Promise<OrganisationChoices> =>
      db.asReader(actor, VIEW, (tx) => readChoices(tx, actor)),

    unit: (actor: Actor, id: string): Promise<UnitDetail> =>
      db.asReader(actor, VIEW, (tx) => readUnit(tx, actor, id)),

    persons: (actor: Actor, { limit, ...query }: PersonListQuery) =>
      db.asReader(actor, VIEW, async (tx) => {
        const { after: _after, sort: _sort, ...filters } = query
        const total = await countPersons(tx, filters)
        return { ...(await readPersonPage(tx, actor, query, limit)), total }
      }),

    person: (actor: Actor, id: string): Promise<PersonDetail> =>
      db.asReader(actor, VIEW, (tx) => readPerson(tx, actor, id)),

    /** Sends the list as a file; who took it is written down before the first row leaves. */
    exportPersons: async (
      actor: Actor,
      query: PersonExportQuery,
      reply: FastifyReply,
    ): Promise<FastifyReply> => {
      const { format, ...asked } = query
      await db.asActor(actor, VIEW, (tx) =>
        recordAudit(tx, clock, actor, {
          action: 'persons.exported',
          recordType: 'person',
          after: { ...query },
        }),
      )
      await db.asReader(actor, VIEW, (tx) =>
        sendList(reply, {
          format,
          name: '人员',
          columns: COLUMNS,
          readPage: (after) => readPersonPage(tx, actor, { ...asked, after }, EXPORT_PAGE),
        }),
      )
      return reply
    },
  }
}

export type DirectoryService = ReturnType<typeof directoryService>
