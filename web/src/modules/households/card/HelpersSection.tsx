import type { CardHelper, HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { Tag } from '../../../ui/Facts.tsx'
import { DataTable, type Column } from '../../../ui/list/DataTable.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import type { Values } from '../fields/field-values.ts'
import { useTakeCard } from './card-query.ts'
import { EndHelperDialog } from './EndHelperDialog.tsx'
import { useOneEditor } from './one-editor.tsx'
import { RowEditorDrawer } from './RowEditorDrawer.tsx'
import { fieldColumns } from './row-columns.tsx'
import { AddButton, RowsCard } from './RowsCard.tsx'

const NOTHING: Values = {}

function HelperEditor({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const { active } = useOneEditor()
  const take = useTakeCard(card.id)
  const params = { id: card.id }
  if (active === 'helpers:new') {
    return (
      <RowEditorDrawer
        section="helpers"
        title={t('helpers.add')}
        values={NOTHING}
        version={null}
        isNew
        send={async ({ values, reason }) => {
          const body = { values: { helperName: '', ...values }, reason }
          take(await call(householdEditEndpoints.addHelper, { params, body }))
        }}
      />
    )
  }
  const helper = card.helpers.find(({ id }) => active === `helpers:${id}`)
  if (helper === undefined) return null
  return (
    <RowEditorDrawer
      key={helper.id}
      section="helpers"
      title={t('helpers.edit', { name: helper.helperName })}
      values={helper}
      version={helper.version}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: Number(version), reason }
        const request = { params: { ...params, rowId: helper.id }, body }
        take(await call(householdEditEndpoints.changeHelper, request))
      }}
    />
  )
}

function HelperActions({ helper, onEnd }: { helper: CardHelper; onEnd: () => void }) {
  const { t } = useTranslation('households')
  const editor = useOneEditor()
  const name = helper.helperName
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-label={t('helpers.edit', { name })}
        onClick={() => editor.open(`helpers:${helper.id}`)}
      >
        {t('ui:edit')}
      </Button>
      {helper.endedOn === null ? (
        <Button type="link" size="small" aria-label={t('helpers.endOf', { name })} onClick={onEnd}>
          {t('helpers.end')}
        </Button>
      ) : null}
    </>
  )
}

/** 帮扶责任人: who answers for the household, and who did before. */
export function HelpersSection({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const [ending, setEnding] = useState<CardHelper>()
  const mayEdit = card.allowedActions.includes('edit')
  const state: Column<CardHelper> = {
    key: 'isCurrent',
    title: t('helpers.state'),
    render: (helper) =>
      helper.isCurrent ? <Tag tone="success">{t('helpers.current')}</Tag> : <Tag>{t('helpers.past')}</Tag>,
  }
  return (
    <RowsCard
      section="helpers"
      title={t('sections.helpers')}
      emptyText={t('helpers.none')}
      isEmpty={card.helpers.length === 0}
      buttons={
        mayEdit ? <AddButton label={t('helpers.add')} onClick={() => editor.open('helpers:new')} /> : null
      }
    >
      {card.helpers.length === 0 ? null : (
        <DataTable
          label={t('sections.helpers')}
          rows={card.helpers}
          rowKey={(helper) => helper.id}
          columns={[...fieldColumns<CardHelper>(words, 'helpers'), state]}
          actions={mayEdit ? (row) => <HelperActions helper={row} onEnd={() => setEnding(row)} /> : undefined}
        />
      )}
      {ending === undefined ? null : (
        <EndHelperDialog householdId={card.id} helper={ending} onClose={() => setEnding(undefined)} />
      )}
      <HelperEditor card={card} />
    </RowsCard>
  )
}
