import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { EndPost, MovePost } from '@tiejun/contract/organisation/persons.ts'
import { postLabel } from '@tiejun/contract/organisation/post-label.ts'
import type { Post, PostHolding } from '@tiejun/contract/organisation/units.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/index.ts'
import { todayInCounty, usePostTitle } from './choices.ts'
import { DeedDialog } from './DeedDialog.tsx'
import { BasisField, DayField, PersonChoice, PostChoice } from './PostFields.tsx'

interface Giving {
  personId: string
  postId: string
  heldFrom: string
  basis: string
}

/** Gives a post: the person, the post, or both are still to be chosen. */
export function GivePostDialog(props: { personId?: string; post?: Post; onClose: () => void }) {
  const { t } = useTranslation('organisation')
  const titleOf = usePostTitle()
  const { personId, post } = props
  return (
    <DeedDialog<Giving>
      title={post === undefined ? t('givePost') : t('giveThisFor', { post: titleOf(post) })}
      okText={t('giveThis')}
      done="given"
      initialValues={{ heldFrom: todayInCounty() }}
      send={(values) =>
        call(organisationEndpoints.givePost, {
          params: { id: personId ?? values.personId },
          body: { postId: post?.id ?? values.postId, heldFrom: values.heldFrom, basis: values.basis },
        })
      }
      onClose={props.onClose}
    >
      {personId === undefined ? <PersonChoice /> : null}
      {post === undefined ? <PostChoice /> : null}
      <DayField name="heldFrom" label={t('form.heldFrom')} />
      <BasisField name="basis" label={t('form.basis')} hint={t('form.basisHint')} />
    </DeedDialog>
  )
}

const wordsOf = (holding: PostHolding) => ({
  person: holding.personName,
  post: postLabel(holding.unitName, holding.postTitle),
})

function EndPostDialog({ holding, onClose }: { holding: PostHolding; onClose: () => void }) {
  const { t } = useTranslation('organisation')
  return (
    <DeedDialog<EndPost>
      title={t('endFor', wordsOf(holding))}
      okText={t('end')}
      done="ended"
      initialValues={{ on: todayInCounty() }}
      send={(body) => call(organisationEndpoints.endPost, { params: { id: holding.id }, body })}
      onClose={onClose}
    >
      <DayField name="on" label={t('form.on')} extra={t('form.endHint')} />
      <BasisField name="reason" label={t('form.reason')} />
    </DeedDialog>
  )
}

function MovePostDialog({ holding, onClose }: { holding: PostHolding; onClose: () => void }) {
  const { t } = useTranslation('organisation')
  return (
    <DeedDialog<MovePost>
      title={t('moveFor', wordsOf(holding))}
      okText={t('move')}
      done="moved"
      initialValues={{ on: todayInCounty() }}
      send={({ postId, on, basis }) =>
        call(organisationEndpoints.movePost, { params: { id: holding.id }, body: { postId, on, basis } })
      }
      onClose={onClose}
    >
      <PostChoice />
      <DayField name="on" label={t('form.on')} extra={t('form.moveHint')} />
      <BasisField name="basis" label={t('form.basis')} hint={t('form.basisHint')} />
    </DeedDialog>
  )
}

const DIALOGS = { end: EndPostDialog, move: MovePostDialog }

/** What the server allows on a holding: to end it, to move its holder to another post. */
export function HoldingActions({ holding }: { holding: PostHolding }) {
  const { t } = useTranslation('organisation')
  const [asked, setAsked] = useState<keyof typeof DIALOGS>()
  const Dialog = asked === undefined ? undefined : DIALOGS[asked]
  return (
    <>
      {holding.allowedActions.map((action) => (
        <Button
          key={action}
          size="small"
          aria-label={t(action === 'end' ? 'endFor' : 'moveFor', wordsOf(holding))}
          onClick={() => setAsked(action)}
        >
          {t(action)}
        </Button>
      ))}
      {Dialog === undefined ? null : <Dialog holding={holding} onClose={() => setAsked(undefined)} />}
    </>
  )
}
