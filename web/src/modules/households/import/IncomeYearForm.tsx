import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import type { HouseholdImportDetail } from '@tiejun/contract/households/import.ts'
import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { Card, FaultBox } from '../../../ui/index.ts'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { isYearMissing } from './steps.rules.ts'
import { useImportCommand } from './use-import.ts'

/** A year given for the whole file counts for nothing where each row has its own. */
const hasYearColumn = ({ columns }: HouseholdImportDetail) =>
  columns.some(({ field, use }) => field === 'incomeYear.year' && use === 'imported')

/** Asks for the year of the incomes of a flat table that does not tell it; lets one put right a year that was read wrongly. */
export function IncomeYearForm({ found }: { found: HouseholdImportDetail }) {
  const { t } = useTranslation('import')
  const id = useId()
  const words = useCardWords()
  const [year, setYear] = useState(found.incomeYear)
  const check = useImportCommand(found.id, (incomeYear: number) =>
    call(importEndpoints.check, { params: { id: found.id }, body: { incomeYear } }),
  )
  const isMissing = isYearMissing(found)
  const isKnown = found.layout === 'flat' && found.incomeYear !== null && !hasYearColumn(found)
  if (!found.allowedActions.includes('check') || !(isMissing || isKnown)) return null
  const years = words.povertyLines.map((line) => line.year).toSorted((one, other) => other - one)
  return (
    <Card title={t(isMissing ? 'incomeYear.title' : 'facts.incomeYear')}>
      <div className="tj-stack">
        <p>{t(isMissing ? 'incomeYear.text' : 'incomeYear.change')}</p>
        {check.error === null ? null : <FaultBox error={check.error} />}
        <div className="tj-row">
          <label htmlFor={id}>{t('incomeYear.label')}</label>
          <Select
            id={id}
            className="tj-import-year"
            value={year}
            options={years.map((value) => ({ value, label: t('incomeYear.year', { year: value }) }))}
            onChange={setYear}
          />
          <Button
            type={isMissing ? 'primary' : 'default'}
            disabled={year === null || year === found.incomeYear}
            loading={check.isPending}
            onClick={() => (year === null ? undefined : check.mutate(year))}
          >
            {t('incomeYear.ok')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
