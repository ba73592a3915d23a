import { useQuery } from '@tanstack/react-query'
import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { Post, PostHolding, UnitDetail } from '@tiejun/contract/organisation/units.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { read } from '../../api/index.ts'
import { Card, type Column, DataTable, Facts, Icon, PageHeader, QueryView, Tag } from '../../ui/index.ts'
import { usePostTitle } from './choices.ts'
import { AddPersonDialog } from './PersonFields.tsx'
import { GivePostDialog, HoldingActions } from './PostDialogs.tsx'
import './organisation.css'

function Holders({ post }: { post: Post }) {
  const { t } = useTranslation('organisation')
  if (post.holders.length === 0) return <span className="tj-muted">{t('vacant')}</span>
  return post.holders.map((holding) => (
    <div key={holding.id} className="tj-holder">
      <Link to={`/organisation/persons/${holding.personId}`}>{holding.personName}</Link>
      <span className="tj-muted tj-number">{t('since', { day: holding.heldFrom })}</span>
      <span className="tj-row">
        <HoldingActions holding={holding} />
      </span>
    </div>
  ))
}

function Posts({ posts }: { posts: readonly Post[] }) {
  const { t } = useTranslation('organisation')
  const titleOf = usePostTitle()
  const [giving, setGiving] = useState<Post>()
  const columns: Column<Post>[] = [
    {
      key: 'post',
      title: t('columns.post'),
      render: (post) => (
        <span className="tj-row">
          {titleOf(post)}
          {post.holdersMaximum === null ? null : <Tag>{t('atMost', { count: post.holdersMaximum })}</Tag>}
        </span>
      ),
    },
    { key: 'holder', title: t('columns.holder'), isWrapped: true, render: (post) => <Holders post={post} /> },
    { key: 'basis', title: t('columns.basis'), isWrapped: true, render: (post) => post.basis },
  ]
  const isAnyGiven = posts.some((post) => post.allowedActions.includes('give'))
  const giveButton = (post: Post) =>
    post.allowedActions.includes('give') ? (
      <Button
        size="small"
        aria-label={t('giveThisFor', { post: titleOf(post) })}
        onClick={() => setGiving(post)}
      >
        {t('giveThis')}
      </Button>
    ) : null
  if (posts.length === 0) return <p className="tj-muted">{t('noPosts')}</p>
  return (
    <>
      <DataTable
        label={t('posts')}
        rows={posts}
        rowKey={(post) => post.id}
        columns={columns}
        actions={isAnyGiven ? giveButton : undefined}
      />
      {giving === undefined ? null : <GivePostDialog post={giving} onClose={() => setGiving(undefined)} />}
    </>
  )
}

function Past({ holdings }: { holdings: readonly PostHolding[] }) {
  const { t } = useTranslation('organisation')
  const titleOf = usePostTitle()
  const columns: Column<PostHolding>[] = [
    { key: 'name', title: t('columns.name'), render: (held) => held.personName },
    {
      key: 'post',
      title: t('columns.post'),
      render: (held) => titleOf({ title: held.postTitle, titleEn: held.postTitleEn }),
    },
    { key: 'heldFrom', title: t('columns.heldFrom'), render: (held) => held.heldFrom },
    { key: 'heldUntil', title: t('columns.heldUntil'), render: (held) => held.heldUntil },
    { key: 'endReason', title: t('columns.endReason'), isWrapped: true, render: (held) => held.endReason },
  ]
  if (holdings.length === 0) return <p className="tj-muted">{t('noPast')}</p>
  return (
    <DataTable
      label={t('past')}
      rows={holdings}
      rowKey={(held) => held.id}
      columns={columns}
      to={(held) => `/organisation/persons/${held.personId}`}
    />
  )
}

function Unit({ detail }: { detail: UnitDetail }) {
  const { t, i18n } = useTranslation('organisation')
  const [isAdding, setAdding] = useState(false)
  const { unit } = detail
  // Who works in the office and its groups is on the staff of another unit.
  const hasStaff = unit.kind !== 'leading_group' && unit.kind !== 'office' && unit.kind !== 'working_group'
  const counts = [
    t('holders', { count: unit.holders }),
    ...(hasStaff ? [t('staff', { count: unit.staff })] : []),
  ].join(' · ')
  const facts = [
    { label: t('facts.parent'), value: detail.parentName },
    { label: t('columns.sector'), value: unit.sector },
    { label: t('facts.duties'), value: detail.duties },
  ].filter((fact) => fact.value !== null)
  return (
    <>
      <PageHeader
        title={i18n.language === 'en' ? (unit.nameEn ?? unit.name) : unit.name}
        lead={counts}
        actions={
          detail.allowedActions.includes('add_person') ? (
            <Button icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
              {t('addPerson')}
            </Button>
          ) : undefined
        }
      />
      {facts.length === 0 ? null : (
        <Card>
          <Facts facts={facts} />
        </Card>
      )}
      <Card
        title={t('posts')}
        extra={<Link to={`/organisation/persons?unit=${unit.id}`}>{t('personsOfUnit')}</Link>}
      >
        <Posts posts={detail.posts} />
      </Card>
      <Card title={t('past')}>
        <Past holdings={detail.past} />
      </Card>
      {isAdding ? <AddPersonDialog homeUnitId={unit.id} onClose={() => setAdding(false)} /> : null}
    </>
  )
}

/** One unit: its posts, who holds them since when, who did before. */
export function UnitPage() {
  const { id = '' } = useParams()
  const detail = useQuery(read(organisationEndpoints.unit, { params: { id } }))
  return <QueryView query={detail}>{(found) => <Unit detail={found} />}</QueryView>
}
