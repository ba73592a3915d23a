import type { CardIncomeYear, HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { Button, Select } from 'antd'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { formatYuan } from '../../../ui/format.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Tag } from '../../../ui/Facts.tsx'
import type { FieldGroup } from '../fields/card-words.ts'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { HintsContext } from '../fields/FieldFacts.tsx'
import type { Values } from '../fields/field-values.ts'
import { useTakeCard } from './card-query.ts'
import { useOneEditor } from './one-editor.tsx'
import { RowEditorDrawer } from './RowEditorDrawer.tsx'
import { RowsCard } from './RowsCard.tsx'

/** The years the register was kept; the pack's lines say which they are. */
function YearChoice({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const entered = new Set(card.incomeYears.map(({ year }) => year))
  const years = words.povertyLines
    .map(({ year }) => year)
    .filter((year) => !entered.has(year))
    .toSorted((one, other) => other - one)
  return (
    <Select
      size="small"
      className="hh-year-choice"
      aria-label={t('income.add')}
      placeholder={t('income.add')}
      value={null}
      options={years.map((year) => ({ value: year, label: t('yearOption', { year }) }))}
      onChange={(year: number | null) => (year === null ? undefined : editor.open(`incomeYears:${year}`))}
    />
  )
}

function AgainstLine({ year }: { year: CardIncomeYear }) {
  const { t } = useTranslation('households')
  if (year.againstLine === null) return '—'
  return (
    <Tag tone={year.againstLine === 'above' ? 'success' : 'danger'}>{t(`income.${year.againstLine}`)}</Tag>
  )
}

interface RowProps {
  field: CardFieldInfo
  years: readonly CardIncomeYear[]
}

function IncomeRow({ field, years }: RowProps) {
  const words = useCardWords()
  const isExplained = useContext(HintsContext)
  const valueOf = (year: Values) => words.show(field, year[field.name])
  return (
    <tr className={field.origin === 'derived' ? 'hh-sum' : undefined}>
      <th scope="row" title={words.hint(field)}>
        {words.label(field)}
        {isExplained ? <span className="hh-hint">{words.hint(field)}</span> : null}
      </th>
      {years.map((year) => (
        <td key={year.id} className="tj-right">
          {valueOf(year) || '—'}
        </td>
      ))}
    </tr>
  )
}

function IncomeRows({ group, years }: { group: FieldGroup; years: readonly CardIncomeYear[] }) {
  return (
    <tbody>
      <tr className="hh-group-row">
        <th scope="rowgroup" colSpan={years.length + 1}>
          {group.name}
        </th>
      </tr>
      {group.fields
        .filter((field) => field.name !== 'year')
        .map((field) => (
          <IncomeRow key={field.key} field={field} years={years} />
        ))}
    </tbody>
  )
}

function LineRows({ years }: { years: readonly CardIncomeYear[] }) {
  const { t } = useTranslation('households')
  return (
    <tbody>
      <tr className="hh-sum">
        <th scope="row">{t('income.line')}</th>
        {years.map((year) => (
          <td key={year.id} className="tj-right">
            {formatYuan(year.povertyLineFen) || '—'}
          </td>
        ))}
      </tr>
      <tr>
        <th scope="row">{t('income.againstLine')}</th>
        {years.map((year) => (
          <td key={year.id} className="tj-right">
            <AgainstLine year={year} />
          </td>
        ))}
      </tr>
    </tbody>
  )
}

/** One row per item and one column per year, as the card prints it. */
function IncomeTable({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const mayEdit = card.allowedActions.includes('edit')
  return (
    // A box that scrolls must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="tj-table-box" aria-label={t('sections.incomeYears')} tabIndex={0}>
      <table className="tj-table tj-grid hh-income">
        <thead>
          <tr>
            <th scope="col">{t('income.item')}</th>
            {card.incomeYears.map(({ year }) => (
              <th key={year} scope="col" className="tj-right">
                {t('yearOption', { year })}
                {mayEdit ? (
                  <Button
                    type="text"
                    size="small"
                    icon={<Icon name="edit" size={14} />}
                    aria-label={t('income.edit', { year })}
                    onClick={() => editor.open(`incomeYears:${year}`)}
                  />
                ) : null}
              </th>
            ))}
          </tr>
        </thead>
        {words.groupsOf('incomeYears').map((group) => (
          <IncomeRows key={group.id} group={group} years={card.incomeYears} />
        ))}
        <LineRows years={card.incomeYears} />
      </table>
    </section>
  )
}

function IncomeEditor({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const { active } = useOneEditor()
  const take = useTakeCard(card.id)
  const year = Number(/^incomeYears:(\d{4})$/.exec(active ?? '')?.[1])
  if (!(year > 0)) return null
  const standing = card.incomeYears.find((one) => one.year === year)
  const proposal: Values = { yearMemberCount: card.identity.values.memberCount || null }
  return (
    <RowEditorDrawer
      key={year}
      section="incomeYears"
      title={t('income.edit', { year })}
      values={standing ?? proposal}
      version={standing?.version ?? null}
      isNew={standing === undefined}
      omit={['year']}
      send={async ({ values, version, reason }) => {
        const expectedVersion = version === null ? null : Number(version)
        const params = { id: card.id, year }
        const body = { values, expectedVersion, reason }
        take(await call(householdEditEndpoints.changeIncomeYear, { params, body }))
      }}
    />
  )
}

/** 收入: by year the four kinds, costs, net and per head, against the poverty line of that year. */
export function IncomeSection({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  return (
    <RowsCard
      section="incomeYears"
      title={t('sections.incomeYears')}
      emptyText={t('income.none')}
      isEmpty={card.incomeYears.length === 0}
      buttons={card.allowedActions.includes('edit') ? <YearChoice card={card} /> : null}
    >
      {card.incomeYears.length === 0 ? null : <IncomeTable card={card} />}
      <IncomeEditor card={card} />
    </RowsCard>
  )
}
