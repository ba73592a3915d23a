import type { CardMember, HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { Tag } from '../../../ui/Facts.tsx'
import { DataTable, type Column } from '../../../ui/list/DataTable.tsx'
import type { CardWords } from '../fields/card-words.ts'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { FieldValue } from '../fields/FieldFacts.tsx'
import type { Values } from '../fields/field-values.ts'
import { useTakeCard } from './card-query.ts'
import { ChangeHeadDialog } from './ChangeHeadDialog.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { MemberDrawer } from './MemberDrawer.tsx'
import { useOneEditor } from './one-editor.tsx'
import { RowEditorDrawer } from './RowEditorDrawer.tsx'
import { AddButton, RowsCard } from './RowsCard.tsx'

/** What the paper card prints of a member in its table; all the rest is in the drawer. */
const SHOWN = ['relation', 'sex', 'age', 'idNo', 'education', 'health', 'labourSkill', 'phone'] as const

function memberColumns(words: CardWords, onOpen: (member: CardMember) => void): Column<CardMember>[] {
  const nameField = words.findField('member.name')
  const rest = SHOWN.flatMap((name): Column<CardMember>[] => {
    const field = words.findField(`member.${name}`)
    if (field === undefined) return []
    return [
      {
        key: name,
        title: words.label(field),
        align: name === 'age' ? 'right' : 'left',
        render: (member) =>
          words.show(field, member[name]) === '' ? (
            '—'
          ) : (
            <FieldValue field={field} value={member[name]} memberId={member.id} />
          ),
      },
    ]
  })
  return [
    {
      key: 'name',
      title: nameField === undefined ? '' : words.label(nameField),
      render: (member) => (
        <button type="button" className="tj-text-button hh-name" onClick={() => onOpen(member)}>
          {member.name}
        </button>
      ),
    },
    ...rest,
  ]
}

const NEW_MEMBER: Values = { idType: 'resident_id' }

function MemberEditor({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const { active } = useOneEditor()
  const take = useTakeCard(card.id)
  const params = { id: card.id }
  if (active === 'members:new') {
    return (
      <RowEditorDrawer
        section="members"
        title={t('members.add')}
        values={NEW_MEMBER}
        version={null}
        isNew
        omit={['decreaseReason']}
        send={async ({ values, reason }) => {
          const entered = { relation: '', name: '', idType: '', ...values }
          take(await call(householdEditEndpoints.addMember, { params, body: { values: entered, reason } }))
        }}
      />
    )
  }
  const member = card.members.find(({ id }) => active === `members:${id}`)
  if (member === undefined) return null
  return (
    <RowEditorDrawer
      key={member.id}
      section="members"
      title={t('members.edit', { name: member.name })}
      values={member}
      version={member.version}
      omit={member.hasLeft ? [] : ['decreaseReason']}
      send={async ({ values, version, reason }) => {
        const body = { values, expectedVersion: Number(version), reason }
        const request = { params: { ...params, rowId: member.id }, body }
        take(await call(householdEditEndpoints.changeMember, request))
      }}
    />
  )
}

function MemberActions(props: { member: CardMember; onLeave: () => void }) {
  const { t } = useTranslation('households')
  const editor = useOneEditor()
  const { member } = props
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-label={t('members.edit', { name: member.name })}
        onClick={() => editor.open(`members:${member.id}`)}
      >
        {t('ui:edit')}
      </Button>
      {member.hasLeft ? (
        <Tag>{t('members.left')}</Tag>
      ) : (
        <Button
          type="link"
          size="small"
          aria-label={t('members.leaveOf', { name: member.name })}
          onClick={props.onLeave}
        >
          {t('members.leave')}
        </Button>
      )}
    </>
  )
}

interface MembersTableProps {
  card: HouseholdCard
  members: readonly CardMember[]
  label: string
  onOpen: (member: CardMember) => void
  onLeave: (member: CardMember) => void
}

function MembersTable({ card, members, label, onOpen, onLeave }: MembersTableProps) {
  const words = useCardWords()
  const mayEdit = card.allowedActions.includes('edit')
  return (
    <DataTable
      label={label}
      rows={members}
      rowKey={(member) => member.id}
      columns={memberColumns(words, onOpen)}
      actions={
        mayEdit ? (member) => <MemberActions member={member} onLeave={() => onLeave(member)} /> : undefined
      }
    />
  )
}

/** 家庭成员: the table of the paper card; who left stays below it for history. */
export function MembersSection({ card }: { card: HouseholdCard }) {
  const { t } = useTranslation('households')
  const editor = useOneEditor()
  const [viewedId, setViewedId] = useState<string>()
  const [leaving, setLeaving] = useState<CardMember>()
  const [isChangingHead, setChangingHead] = useState(false)
  const present = card.members.filter((member) => !member.hasLeft)
  const left = card.members.filter((member) => member.hasLeft)
  const viewed = card.members.find(({ id }) => id === viewedId)
  const mayEdit = card.allowedActions.includes('edit')
  const table = { card, onOpen: (member: CardMember) => setViewedId(member.id), onLeave: setLeaving }
  const buttons = mayEdit ? (
    <>
      {present.length > 0 ? (
        <Button size="small" onClick={() => setChangingHead(true)}>
          {t('head.change')}
        </Button>
      ) : null}
      <AddButton label={t('members.add')} onClick={() => editor.open('members:new')} />
    </>
  ) : null
  return (
    <RowsCard
      section="members"
      title={t('sections.members')}
      emptyText={t('members.none')}
      isEmpty={card.members.length === 0}
      buttons={buttons}
    >
      {present.length === 0 ? null : (
        <MembersTable {...table} members={present} label={t('sections.members')} />
      )}
      {left.length === 0 ? null : (
        <details className="hh-left">
          <summary>{t('members.leftCount', { count: left.length })}</summary>
          <MembersTable {...table} members={left} label={t('members.leftTitle')} />
        </details>
      )}
      {viewed === undefined ? null : (
        <MemberDrawer member={viewed} mayEdit={mayEdit} onClose={() => setViewedId(undefined)} />
      )}
      {leaving === undefined ? null : (
        <LeaveDialog householdId={card.id} member={leaving} onClose={() => setLeaving(undefined)} />
      )}
      {isChangingHead ? <ChangeHeadDialog card={card} onClose={() => setChangingHead(false)} /> : null}
      <MemberEditor card={card} />
    </RowsCard>
  )
}
