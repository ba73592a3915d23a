import type { CardMeasure, HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { DataTable } from '../../../ui/list/DataTable.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import type { Values } from '../fields/field-values.ts'
import { useTakeCard } from './card-query.ts'
import { useOneEditor } from './one-editor.tsx'
import { RowEditorDrawer } from './RowEditorDrawer.tsx'
import { fieldColumns } from './row-columns.tsx'
import { AddButton, RowsCard } from './RowsCard.tsx'

const NOTHING: Values = {}

function MeasureEditor({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const { active } = useOneEditor()
  const take = useTakeCard(card.id)
  const params = { id: card.id }
  if (active === 'measures:new') {
    return (
      <RowEditorDrawer
        section="measures"
        title={t('measures.add')}
        values={NOTHING}
        version={null}
        isNew
        send={async ({ values, reason }) => {
          const body = { values: { category: '', ...values }, reason }
          take(await call(householdEditEndpoints.addMeasure, { params, body }))
        }}
      />
    )
  }
  const measure = card.measures.find(({ id }) => active === `measures:${id}`)
  if (measure === undefined) return null
  return (
    <RowEditorDrawer
      key={measure.id}
      section="measures"
      title={t('measures.edit', { name: words.codeLabel('measure_category', measure.category) })}
      values={measure}
      version={measure.version}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: Number(version), reason }
        const request = { params: { ...params, rowId: measure.id }, body }
        take(await call(householdEditEndpoints.changeMeasure, request))
      }}
    />
  )
}

function EditMeasureButton({ measure }: { measure: CardMeasure }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const name = words.codeLabel('measure_category', measure.category)
  return (
    <Button
      type="link"
      size="small"
      aria-label={t('measures.edit', { name })}
      onClick={() => editor.open(`measures:${measure.id}`)}
    >
      {t('ui:edit')}
    </Button>
  )
}

/** 帮扶措施: what was done for the household, the latest first. */
export function MeasuresSection({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const mayEdit = card.allowedActions.includes('edit')
  return (
    <RowsCard
      section="measures"
      title={t('sections.measures')}
      emptyText={t('measures.none')}
      isEmpty={card.measures.length === 0}
      buttons={
        mayEdit ? <AddButton label={t('measures.add')} onClick={() => editor.open('measures:new')} /> : null
      }
    >
      {card.measures.length === 0 ? null : (
        <DataTable
          label={t('sections.measures')}
          rows={card.measures}
          rowKey={(measure) => measure.id}
          columns={fieldColumns<CardMeasure>(words, 'measures')}
          actions={mayEdit ? (row) => <EditMeasureButton measure={row} /> : undefined}
        />
      )}
      <MeasureEditor card={card} />
    </RowsCard>
  )
}
