import type { HouseholdCard, VillageProfilePage } from '@tiejun/contract/households/card-page.ts'
import type { CardSection } from '@tiejun/contract/households/fields.ts'
import { Button, Switch } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { AsOfBar, useAsOf } from '../../ui/AsOf.tsx'
import { Card } from '../../ui/Facts.tsx'
import { QueryView } from '../../ui/states.tsx'
import { CardHeader } from './card/CardHeader.tsx'
import { useCard, useVillageProfile } from './card/card-query.ts'
import { HelpersSection } from './card/HelpersSection.tsx'
import { IncomeSection } from './card/IncomeSection.tsx'
import { MeasuresSection } from './card/MeasuresSection.tsx'
import { MembersSection } from './card/MembersSection.tsx'
import { OneEditorProvider } from './card/one-editor.tsx'
import { IdentitySection, LivingConditionsSection, StatusSection, VillageSection } from './card/sections.tsx'
import { UnmaskingProvider } from './card/unmasking.tsx'
import { CardWordsProvider } from './fields/CardWordsProvider.tsx'
import { HintsContext } from './fields/FieldFacts.tsx'
import { usePrinting } from './print/printing.ts'
import { PrintedCard } from './print/PrintedCard.tsx'
import './households.css'

/** As on the paper card: the people before what they live from. */
const SECTIONS: readonly CardSection[] = [
  'identity',
  'status',
  'members',
  'livingConditions',
  'incomeYears',
  'helpers',
  'measures',
  'villageProfile',
]

/** The sections in the order of the paper card, to jump to. */
function SectionNav() {
  const { t } = useTranslation('households')
  return (
    <nav className="hh-section-nav" aria-label={t('sectionNav')}>
      {SECTIONS.map((section) => (
        <a key={section} href={`#section-${section}`}>
          {t(`sections.${section}`)}
        </a>
      ))}
    </nav>
  )
}

/** 村情 has a refusal of its own: the card stays readable without it. */
function VillagePart({ query }: { query: ReturnType<typeof useVillageProfile> }) {
  const { t } = useTranslation('households')
  if (query.data !== undefined) return <VillageSection profile={query.data} />
  return (
    <Card title={t('sections.villageProfile')}>
      <QueryView query={query} lines={2}>
        {() => null}
      </QueryView>
    </Card>
  )
}

function Sections({ card, village }: { card: HouseholdCard; village: ReactNode }) {
  return (
    <div className="hh-sections">
      <IdentitySection card={card} />
      <StatusSection card={card} />
      <MembersSection card={card} />
      <LivingConditionsSection card={card} />
      <IncomeSection card={card} />
      <HelpersSection card={card} />
      <MeasuresSection card={card} />
      {village}
    </div>
  )
}

function HintsSwitch({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const { t } = useTranslation('households')
  const id = useId()
  return (
    <span className="tj-row">
      <Switch id={id} size="small" checked={isOn} onChange={onChange} />
      <label htmlFor={id}>{t('hints')}</label>
    </span>
  )
}

function PrintableCard({ card, village }: { card: HouseholdCard; village: VillageProfilePage | undefined }) {
  const { printedAt } = usePrinting()
  return printedAt === undefined ? null : <PrintedCard card={card} village={village} printedAt={printedAt} />
}

function ShownCard({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const village = useVillageProfile(card.identity.values.villageCode, useAsOf().asOf)
  const [isExplained, setExplained] = useState(false)
  const { print } = usePrinting()
  const mayPrint = card.allowedActions.includes('print')
  return (
    <UnmaskingProvider card={card}>
      <OneEditorProvider>
        <HintsContext value={isExplained}>
          <div className="hh-card hh-screen">
            <CardHeader
              card={card}
              actions={
                <>
                  <HintsSwitch isOn={isExplained} onChange={setExplained} />
                  {mayPrint ? <Button onClick={print}>{t('print.button')}</Button> : null}
                </>
              }
            />
            <SectionNav />
            <Sections card={card} village={<VillagePart query={village} />} />
          </div>
          <PrintableCard card={card} village={village.data} />
        </HintsContext>
      </OneEditorProvider>
    </UnmaskingProvider>
  )
}

function LoadedCard({ id }: { id: string }) {
  const { asOf } = useAsOf()
  const card = useCard(id, asOf)
  return (
    <>
      <div className="hh-screen">
        <AsOfBar />
      </div>
      <QueryView query={card} lines={14}>
        {(data) => <ShownCard key={`${data.id} ${data.asOf ?? ''}`} card={data} />}
      </QueryView>
    </>
  )
}

/** 户卡: reads like the paper card, is edited section by section, prints on A4. */
export function HouseholdCardPage() {
  const { id = '' } = useParams()
  return (
    <CardWordsProvider>
      <LoadedCard id={id} />
    </CardWordsProvider>
  )
}
