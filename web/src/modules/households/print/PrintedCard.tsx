import type { HouseholdCard, VillageProfilePage } from '@tiejun/contract/households/card-page.ts'
import type { CardSection } from '@tiejun/contract/households/fields.ts'
import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant, formatYuan } from '../../../ui/format.ts'
import { useUnmasking } from '../card/unmasking.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import type { CardWords } from '../fields/card-words.ts'
import type { Values } from '../fields/field-values.ts'

/** Label and value side by side, this many pairs in a row. */
const PAIRS = 2

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const rows: Item[][] = []
  for (let start = 0; start < items.length; start += size) rows.push(items.slice(start, start + size))
  return rows
}

function usePrintedValue() {
  const words = useCardWords()
  const { clearValue } = useUnmasking()
  return (field: CardFieldInfo, value: unknown, memberId?: string) =>
    clearValue(field.key, memberId) ?? words.showWithUnit(field, value)
}

const isLong = (field: CardFieldInfo) => (field.maxLength ?? 0) > 200

/** The paper card has money in 万元 in one place; what is printed here is in yuan, so its label is that of the screen. */
const boxLabel = (words: CardWords, field: CardFieldInfo) =>
  field.type === 'money' ? words.label(field) : words.printedLabel(field)

/** The boxes of the paper card: a label, then room for what is entered. */
function Boxes({ section, values }: { section: CardSection; values: Values }) {
  const words = useCardWords()
  const printed = usePrintedValue()
  const fields = words.fieldsOf(section)
  const short = chunks(
    fields.filter((field) => !isLong(field)),
    PAIRS,
  )
  return (
    <table className="hh-print-boxes">
      <tbody>
        {short.map((row) => (
          <tr key={row[0]?.key}>
            {row.flatMap((field, index) => [
              <th key={field.key} scope="row">
                {boxLabel(words, field)}
              </th>,
              <td key={`${field.key}-value`} colSpan={index === 0 && row.length === 1 ? 3 : 1}>
                {printed(field, values[field.name])}
              </td>,
            ])}
          </tr>
        ))}
        {fields.filter(isLong).map((field) => (
          <tr key={field.key}>
            <th scope="row">{boxLabel(words, field)}</th>
            <td colSpan={PAIRS * 2 - 1}>{printed(field, values[field.name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface RowsProps {
  section: CardSection
  rows: readonly (Values & { id: string })[]
  names: readonly string[]
}

/** Rows of the paper card, one line each, with the columns that fit its width. */
function Rows({ section, rows, names }: RowsProps) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const printed = usePrintedValue()
  const fields = names.flatMap((name) => words.fieldsOf(section).find((field) => field.name === name) ?? [])
  return (
    <table className="hh-print-rows">
      <thead>
        <tr>
          <th scope="col" className="hh-print-number">
            {t('print.number')}
          </th>
          {fields.map((field) => (
            <th key={field.key} scope="col">
              {words.label(field)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.id}>
            <td className="hh-print-number">{index + 1}</td>
            {fields.map((field) => (
              <td key={field.key} className={field.masked === null ? undefined : 'hh-print-whole'}>
                {printed(field, row[field.name], row.id)}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={fields.length + 1}>{t('print.none')}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  )
}

function Income({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const years = card.incomeYears.toSorted((one, other) => one.year - other.year)
  const valueOf = (year: Values, field: CardFieldInfo) => words.show(field, year[field.name])
  return (
    <table className="hh-print-rows hh-print-income">
      <thead>
        <tr>
          <th scope="col">{t('print.incomeItem')}</th>
          {years.map(({ year }) => (
            <th key={year} scope="col">
              {t('yearOption', { year })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {words
          .fieldsOf('incomeYears')
          .filter((field) => field.name !== 'year')
          .map((field) => (
            <tr key={field.key} className={field.origin === 'derived' ? 'hh-print-sum' : undefined}>
              <th scope="row">{words.label(field)}</th>
              {years.map((year) => (
                <td key={year.id}>{valueOf(year, field)}</td>
              ))}
            </tr>
          ))}
        <tr className="hh-print-sum">
          <th scope="row">{t('income.line')}</th>
          {years.map((year) => (
            <td key={year.id}>{formatYuan(year.povertyLineFen)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t('income.againstLine')}</th>
          {years.map((year) => (
            <td key={year.id}>{year.againstLine === null ? '' : t(`income.${year.againstLine}`)}</td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function PrintedSection({ section, children }: { section: CardSection; children: ReactNode }) {
  const { t } = useTranslation('households')
  const id = useId()
  return (
    <section className={`hh-print-section hh-print-${section}`} aria-labelledby={id}>
      <h2 id={id}>{t(`sections.${section}`)}</h2>
      {children}
    </section>
  )
}

/** The margins of every sheet: whose card it is, when it was printed, which page of how many. */
function Margins({ card, printedAt }: { card: HouseholdCard; printedAt: string }) {
  const { t } = useTranslation('households')
  const quote = (text: string) => `" ${text.replace(/["\\\n]/g, ' ')} "`
  const { householdNo, headName } = card.identity.values
  const at = formatInstant(printedAt).slice(0, 16)
  const css = `@page {
    size: A4; margin: 20mm 14mm 16mm;
    @top-left { content: ${quote(t('print.household', { number: householdNo, name: headName ?? '' }))}; font-size: 9pt; }
    @top-right { content: ${quote(t('print.at', { at }))}; font-size: 9pt; }
    @bottom-center { content: ${quote(t('print.page'))} counter(page) ${quote(t('print.of'))} counter(pages) ${quote(t('print.pages'))}; font-size: 9pt; }
  }`
  return <style>{css}</style>
}

const MEMBER_COLUMNS = [
  ['name', 'relation', 'sex', 'age', 'idNo', 'ethnicity', 'politicalStatus', 'phone'],
  [
    'name',
    'education',
    'schoolStatus',
    'health',
    'disabilityType',
    'disabilityGrade',
    'labourSkill',
    'workArea',
  ],
  ['name', 'employer', 'workMonths', 'publicPostType', 'hasResidentMedicalInsurance', 'hasResidentPension'],
  [
    'name',
    'hasSeriousIllnessInsurance',
    'hasCommercialMedicalInsurance',
    'hasDibao',
    'isTekun',
    'canSpeakMandarin',
  ],
]

const HELPER_COLUMNS = ['helperName', 'unit', 'unitLevel', 'post', 'phone', 'startedOn', 'endedOn']
const MEASURE_COLUMNS = ['category', 'unit', 'content', 'costFen', 'providedOn', 'needs', 'plan', 'effect']

interface PrintedCardProps {
  card: HouseholdCard
  village: VillageProfilePage | undefined
  printedAt: string
}

/** The card as it is printed: black on white, in the order and with the labels of the paper card. */
export function PrintedCard({ card, village, printedAt }: PrintedCardProps) {
  const { t } = useTranslation('households')
  const present = card.members.filter((member) => !member.hasLeft)
  return (
    <article className="hh-print" lang="zh-CN">
      <Margins card={card} printedAt={printedAt} />
      <h1>{t('print.title')}</h1>
      <p className="hh-print-lead">{t('print.lead')}</p>
      <PrintedSection section="identity">
        <Boxes section="identity" values={card.identity.values} />
      </PrintedSection>
      <PrintedSection section="status">
        <Boxes section="status" values={card.status.values} />
      </PrintedSection>
      <PrintedSection section="members">
        {MEMBER_COLUMNS.map((names) => (
          <Rows key={names.join()} section="members" rows={present} names={names} />
        ))}
      </PrintedSection>
      <PrintedSection section="livingConditions">
        <Boxes section="livingConditions" values={card.livingConditions.values} />
      </PrintedSection>
      <PrintedSection section="incomeYears">
        <Income card={card} />
      </PrintedSection>
      <PrintedSection section="helpers">
        <Rows section="helpers" rows={card.helpers} names={HELPER_COLUMNS} />
      </PrintedSection>
      <PrintedSection section="measures">
        <Rows section="measures" rows={card.measures} names={MEASURE_COLUMNS} />
      </PrintedSection>
      {village === undefined ? null : (
        <PrintedSection section="villageProfile">
          <Boxes section="villageProfile" values={village.values} />
        </PrintedSection>
      )}
    </article>
  )
}
