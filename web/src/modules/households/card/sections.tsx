import type { HouseholdCard, VillageProfilePage } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints, villageProfileEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { CardSection } from '@tiejun/contract/households/fields.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, keyOf } from '../../../api/index.ts'
import { SectionForm, type Version } from '../../../ui/form/SectionForm.tsx'
import { FieldFacts } from '../fields/FieldFacts.tsx'
import { FieldItems, ReasonItem } from '../fields/FieldItems.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import type { Values } from '../fields/field-values.ts'
import { useTakeCard } from './card-query.ts'
import { useOneEditor } from './one-editor.tsx'
import { editable, useRecordEditor, type Edit } from './record-editor.ts'

interface PlainSectionProps {
  section: CardSection
  values: Values
  version: Version
  mayEdit: boolean
  send: (edit: Edit) => Promise<unknown>
}

/** A section that stands once on the card: reads as facts, is edited in place. */
function PlainSection({ section, values, version, mayEdit, send }: PlainSectionProps) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const groups = words.groupsOf(section)
  const fields = editable(words.fieldsOf(section))
  const form = useRecordEditor({ title: t(`sections.${section}`), fields, values, version, send })
  return (
    <div id={`section-${section}`} className="hh-section">
      <SectionForm<Values>
        {...form}
        mayEdit={mayEdit}
        isEditing={editor.active === section}
        onEditing={(isEditing) => (isEditing ? editor.open(section) : editor.closeAtOnce())}
        view={<FieldFacts groups={groups} values={values} />}
      >
        <FieldItems groups={groups} />
        <ReasonItem />
      </SectionForm>
    </div>
  )
}

/** The version a change must carry; a section that was entered always has one. */
const versionOf = (version: Version): number => Number(version)

export function IdentitySection({ card }: { card: HouseholdCard }) {
  const take = useTakeCard(card.id)
  const params = { id: card.id }
  return (
    <PlainSection
      section="identity"
      {...card.identity}
      mayEdit={card.allowedActions.includes('edit')}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: versionOf(version), reason }
        take(await call(householdEditEndpoints.changeIdentity, { params, body }))
      }}
    />
  )
}

export function StatusSection({ card }: { card: HouseholdCard }) {
  const take = useTakeCard(card.id)
  const params = { id: card.id }
  return (
    <PlainSection
      section="status"
      {...card.status}
      mayEdit={card.allowedActions.includes('edit')}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: versionOf(version), reason }
        take(await call(householdEditEndpoints.changeStatus, { params, body }))
      }}
    />
  )
}

const orNull = (version: Version): number | null => (version === null ? null : Number(version))

export function LivingConditionsSection({ card }: { card: HouseholdCard }) {
  const take = useTakeCard(card.id)
  const params = { id: card.id }
  return (
    <PlainSection
      section="livingConditions"
      {...card.livingConditions}
      mayEdit={card.allowedActions.includes('edit')}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: orNull(version), reason }
        take(await call(householdEditEndpoints.changeLivingConditions, { params, body }))
      }}
    />
  )
}

export function VillageSection({ profile }: { profile: VillageProfilePage }) {
  const queries = useQueryClient()
  const params = { code: profile.villageCode }
  return (
    <PlainSection
      section="villageProfile"
      values={profile.values}
      version={profile.version}
      mayEdit={profile.allowedActions.includes('edit')}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: orNull(version), reason }
        const page = await call(villageProfileEndpoints.changeProfile, { params, body })
        queries.setQueryData(keyOf(villageProfileEndpoints.profile, { params }), page)
      }}
    />
  )
}
