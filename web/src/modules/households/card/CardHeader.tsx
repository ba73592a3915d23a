import type { HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { withAsOf } from '../../../ui/AsOf.tsx'
import { Tag } from '../../../ui/Facts.tsx'
import { formatInstant } from '../../../ui/format.ts'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { StatusTag } from '../StatusTag.tsx'

/** Which household this is, and the way between the card and its history. */
export function CardHeader({ card, actions }: { card: HouseholdCard; actions?: ReactNode }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const { values } = card.identity
  const { poorAttribute, povertyStatus } = card.status.values
  const place = [values.countyName, values.townshipName, values.villageName].join(' ')
  return (
    <>
      <PageHeader
        title={t('cardOf', { name: values.headName ?? t('noHead'), number: values.householdNo })}
        extra={
          <>
            {poorAttribute === null ? null : <Tag>{words.codeLabel('poor_attribute', poorAttribute)}</Tag>}
            <StatusTag code={povertyStatus} />
          </>
        }
        actions={actions}
        lead={t('cardLead', { place, count: values.memberCount, at: formatInstant(card.changedAt) })}
      />
      <nav className="hh-tabs" aria-label={t('tabs')}>
        <NavLink to={withAsOf(`/households/${card.id}`, card.asOf)} end>
          {t('card')}
        </NavLink>
        <NavLink to={`/households/${card.id}/history`}>{t('history.title')}</NavLink>
        <NavLink to={`/households/${card.id}/comparison`}>{t('comparison.title')}</NavLink>
      </nav>
    </>
  )
}
