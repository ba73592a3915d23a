import { useMutation } from '@tanstack/react-query'
import type { CardMember, HouseholdCard } from '@tiejun/contract/households/card-page.ts'
import { householdEditEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, hasCode } from '../../../api/index.ts'
import { FaultBox } from '../../../ui/FaultBox.tsx'
import { useNotices } from '../../../ui/Notices.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { useRefreshCard, useTakeCard } from './card-query.ts'
import { FaultsList } from './FaultsList.tsx'

interface ChangeHeadDialogProps {
  card: HouseholdCard
  onClose: () => void
}

function useChangeHead({ card, onClose }: ChangeHeadDialogProps) {
  const { t } = useTranslation('households')
  const take = useTakeCard(card.id)
  const refresh = useRefreshCard()
  const notices = useNotices()
  return useMutation({
    mutationFn: (relations: { memberId: string; relation: string }[]) =>
      call(householdEditEndpoints.changeHead, {
        params: { id: card.id },
        body: { expectedVersion: card.version, relations },
      }),
    onSuccess: (next) => {
      take(next)
      notices.done(t('head.changed'))
      onClose()
    },
    onError: (error) => (hasCode(error, 'changed_meanwhile') ? refresh() : undefined),
  })
}

interface RelationFieldProps {
  member: CardMember
  value: string | undefined
  isMissing: boolean
  onChange: (relation: string) => void
}

function RelationField({ member, value, isMissing, onChange }: RelationFieldProps) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const id = useId()
  return (
    <div className="tj-field">
      <label htmlFor={id}>{t('head.relationOf', { name: member.name })}</label>
      <Select
        id={id}
        value={value}
        placeholder={t('choose')}
        status={isMissing ? 'error' : undefined}
        options={words.options('relation')}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={onChange}
      />
      {isMissing ? <p className="tj-field-fault">{t('head.relationMissing')}</p> : null}
    </div>
  )
}

/** 变更户主: every relation on the card is to the head, so all of them are given anew together. */
export function ChangeHeadDialog(props: ChangeHeadDialogProps) {
  const { t } = useTranslation('households')
  const present = props.card.members.filter((member) => !member.hasLeft)
  const [relations, setRelations] = useState<Record<string, string | undefined>>(() =>
    Object.fromEntries(present.map((member) => [member.id, member.relation])),
  )
  const [isAsked, setAsked] = useState(false)
  const change = useChangeHead(props)
  // Whoever is made head was something to the old one: those relations have to be thought about again.
  const choose = (memberId: string, relation: string) =>
    setRelations((before) =>
      relation === 'head'
        ? { ...Object.fromEntries(present.map(({ id }) => [id, undefined])), [memberId]: relation }
        : { ...before, [memberId]: relation },
    )
  const submit = () => {
    setAsked(true)
    const complete = present.flatMap(({ id }) => {
      const relation = relations[id]
      return relation === undefined ? [] : [{ memberId: id, relation }]
    })
    if (complete.length === present.length) change.mutate(complete)
  }
  return (
    <Modal
      open
      title={t('head.change')}
      okText={t('head.ok')}
      okButtonProps={{ loading: change.isPending }}
      onOk={submit}
      onCancel={props.onClose}
    >
      <div className="tj-stack">
        <p>{t('head.text')}</p>
        {change.error === null ? null : <FaultBox error={change.error} />}
        <FaultsList error={change.error} />
        {present.map((member) => (
          <RelationField
            key={member.id}
            member={member}
            value={relations[member.id]}
            isMissing={isAsked && relations[member.id] === undefined}
            onChange={(relation) => choose(member.id, relation)}
          />
        ))}
      </div>
    </Modal>
  )
}
