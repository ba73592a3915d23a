import type { CardComparison, ComparisonQuery } from '@tiejun/contract/households/comparison.ts'
import { CARD_SECTIONS, type CardEntity, type CardSection } from '@tiejun/contract/households/fields.ts'
import { type Moment, momentOf } from '../../platform/clock/moment.ts'
import { AppError } from '../../platform/http/errors.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { type CardRow, columnFieldsOf, maskedValues, valuesOf } from './card-values.ts'
import { type CardRows, findCardRows } from './card.views.ts'
import { type CardPart, differencesOf } from './comparison.rules.ts'
import type { HouseholdMeans } from './means.ts'

type Label = (values: Record<string, unknown>, means: HouseholdMeans) => string

const memberLabel: Label = ({ name }) => String(name)
const yearLabel: Label = ({ year }) => String(year)
const helperLabel: Label = ({ helperName }) => String(helperName)
const measureLabel: Label = ({ category }, { facts }) => facts.labelOf('measure_category', String(category))

/** The parts a card consists of at one moment; none when it was not known then. */
function partsOf(means: HouseholdMeans, rows: CardRows | undefined): CardPart[] {
  if (!rows) return []
  const whole = (entity: CardEntity, section: CardSection, row: CardRow): CardPart => {
    const values = valuesOf(means.vault, row, columnFieldsOf(entity, section))
    return { entity, section, rowId: null, rowLabel: null, values }
  }
  const each = (entity: CardEntity, section: CardSection, of: CardRow[], label: Label): CardPart[] =>
    of.map((row) => {
      const part = whole(entity, section, row)
      return { ...part, rowId: String(row['id']), rowLabel: label(part.values, means) }
    })
  const living = rows.household['living']
  const livingRow = typeof living === 'object' && living !== null ? { ...living } : undefined
  return [
    whole('household', 'identity', rows.household),
    whole('household', 'status', rows.household),
    ...(livingRow ? [whole('livingConditions', 'livingConditions', livingRow)] : []),
    ...each('member', 'members', rows.members, memberLabel),
    ...each('incomeYear', 'incomeYears', rows.incomeYears, yearLabel),
    ...each('helper', 'helpers', rows.helpers, helperLabel),
    ...each('measure', 'measures', rows.measures, measureLabel),
  ]
}

/** 户卡对比: one card as it was known at two moments. */
export const comparisonService = (means: HouseholdMeans) => {
  const { db, clock } = means
  const readAt = (actor: Actor, id: string, moment: Moment | undefined) =>
    db.asReader(actor, 'households.view', (tx) => findCardRows(tx, id), moment)

  return {
    /** Throws `not_found` when the card is known at neither moment, `invalid_fields` when they are not in order. */
    compare: async (actor: Actor, id: string, query: ComparisonQuery): Promise<CardComparison> => {
      const from = momentOf(query.from, clock)
      const to = momentOf(query.to, clock)
      const [earliest, latest] = [from?.at ?? clock.now(), to?.at ?? clock.now()]
      if (earliest > latest) {
        throw new AppError('invalid_fields', undefined, [{ path: 'from', code: 'moments_not_in_order' }])
      }
      const before = await readAt(actor, id, from)
      const after = await readAt(actor, id, to)
      const known = after ?? before
      if (!known) throw new AppError('not_found')
      const differences = differencesOf(partsOf(means, before), partsOf(means, after), maskedValues)
      return {
        householdId: id,
        householdNo: String(known.household['household_no']),
        from: earliest.toISOString(),
        to: latest.toISOString(),
        wasKnownAtFrom: before !== undefined,
        wasKnownAtTo: after !== undefined,
        differences: differences.toSorted(
          (a, b) =>
            CARD_SECTIONS.indexOf(a.section) - CARD_SECTIONS.indexOf(b.section) ||
            (a.rowLabel ?? '').localeCompare(b.rowLabel ?? '', 'zh'),
        ),
      }
    },
  }
}
