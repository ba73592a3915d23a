import { useQuery, useQueryClient } from '@tanstack/react-query'
import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { Person, PersonDetail } from '@tiejun/contract/organisation/persons.ts'
import type { PostHolding } from '@tiejun/contract/organisation/units.ts'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { call, read } from '../../api/index.ts'
import {
  Card,
  type Column,
  DataTable,
  DayInput,
  Facts,
  type FieldInfo,
  Icon,
  PageHeader,
  QueryView,
  SectionForm,
  Tag,
} from '../../ui/index.ts'
import { useChoices, usePostTitle } from './choices.ts'
import { PersonFields } from './PersonFields.tsx'
import { GivePostDialog, HoldingActions } from './PostDialogs.tsx'
import { useDayRule } from './PostFields.tsx'

const valuesOf = ({ name, sex, phone, politicalStatus, homeUnitId, staffTitle, leftOn }: Person) => ({
  name,
  sex,
  phone,
  politicalStatus,
  homeUnitId,
  staffTitle,
  leftOn,
})
type Values = ReturnType<typeof valuesOf>

function useFields(): FieldInfo[] {
  const { t } = useTranslation('organisation')
  const { units } = useChoices()
  const wordingOf = {
    sex: (value: unknown) => t(`sex.${String(value)}`),
    politicalStatus: (value: unknown) => t(`politicalStatus.${String(value)}`),
    homeUnitId: (value: unknown) => units.find((unit) => unit.value === value)?.label ?? '',
  }
  const plain = (path: string, label: string) => ({ path, label })
  return [
    plain('name', t('form.name')),
    { ...plain('sex', t('form.sex')), show: (value) => (value === null ? '' : wordingOf.sex(value)) },
    plain('phone', t('form.phone')),
    {
      ...plain('politicalStatus', t('form.politicalStatus')),
      show: (value) => (value === null ? '' : wordingOf.politicalStatus(value)),
    },
    { ...plain('homeUnitId', t('form.homeUnit')), show: wordingOf.homeUnitId },
    plain('staffTitle', t('form.staffTitle')),
    plain('leftOn', t('form.leftOn')),
  ]
}

function Particulars({ person }: { person: Person }) {
  const { t } = useTranslation('organisation')
  return (
    <Facts
      facts={[
        { label: t('columns.name'), value: person.name },
        { label: t('columns.sex'), value: person.sex === null ? null : t(`sex.${person.sex}`) },
        { label: t('columns.homeUnit'), value: person.homeUnitName },
        { label: t('columns.staffTitle'), value: person.staffTitle },
        { label: t('columns.phone'), value: person.phone },
        {
          label: t('facts.politicalStatus'),
          value: person.politicalStatus === null ? null : t(`politicalStatus.${person.politicalStatus}`),
        },
        ...(person.leftOn === null ? [] : [{ label: t('facts.leftOn'), value: person.leftOn }]),
      ]}
    />
  )
}

const orNull = <Value,>(value: Value | null | undefined | ''): Value | null =>
  value === undefined || value === '' ? null : value

function PersonSection({ person }: { person: Person }) {
  const { t } = useTranslation('organisation')
  const queries = useQueryClient()
  const dayRule = useDayRule()
  const params = { id: person.id }
  const save = async (values: Values, version: string | number | null) => {
    const body = {
      name: values.name,
      homeUnitId: values.homeUnitId,
      sex: orNull(values.sex),
      phone: orNull(values.phone),
      politicalStatus: orNull(values.politicalStatus),
      staffTitle: orNull(values.staffTitle),
      leftOn: orNull(values.leftOn),
      version: Number(version),
    }
    await call(organisationEndpoints.changePerson, { params, body })
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/organisation/'),
    })
  }
  return (
    <SectionForm
      title={t('basicFacts')}
      namespace="organisation"
      values={valuesOf(person)}
      version={person.version}
      mayEdit={person.allowedActions.includes('edit')}
      fields={useFields()}
      view={<Particulars person={person} />}
      onSave={save}
      loadCurrent={async () => {
        const now = await call(organisationEndpoints.person, { params })
        return { values: valuesOf(now.person), version: now.person.version }
      }}
    >
      <PersonFields />
      <Form.Item
        name="leftOn"
        label={t('form.leftOn')}
        extra={t('form.leftOnHint')}
        validateTrigger="onBlur"
        rules={[dayRule]}
      >
        <DayInput />
      </Form.Item>
    </SectionForm>
  )
}

function Holdings({ holdings }: { holdings: readonly PostHolding[] }) {
  const { t } = useTranslation('organisation')
  const titleOf = usePostTitle()
  const columns: Column<PostHolding>[] = [
    { key: 'unit', title: t('columns.unit'), render: (held) => held.unitName },
    {
      key: 'post',
      title: t('columns.post'),
      render: (held) => titleOf({ title: held.postTitle, titleEn: held.postTitleEn }),
    },
    { key: 'heldFrom', title: t('columns.heldFrom'), render: (held) => held.heldFrom },
    { key: 'heldUntil', title: t('columns.heldUntil'), render: (held) => held.heldUntil ?? '' },
    { key: 'basis', title: t('columns.basis'), isWrapped: true, render: (held) => held.basis },
    { key: 'endReason', title: t('columns.endReason'), isWrapped: true, render: (held) => held.endReason },
  ]
  const isAnyChanged = holdings.some((held) => held.allowedActions.length > 0)
  if (holdings.length === 0) return <p className="tj-muted">{t('noHoldings')}</p>
  return (
    <DataTable
      label={t('holdings')}
      rows={holdings}
      rowKey={(held) => held.id}
      columns={columns}
      to={(held) => `/organisation/units/${held.unitId}`}
      actions={isAnyChanged ? (held) => <HoldingActions holding={held} /> : undefined}
    />
  )
}

function PersonView({ detail }: { detail: PersonDetail }) {
  const { t } = useTranslation('organisation')
  const [isGiving, setGiving] = useState(false)
  const { person, holdings } = detail
  return (
    <>
      <PageHeader
        title={person.name}
        extra={person.leftOn === null ? undefined : <Tag>{t('left')}</Tag>}
        actions={
          person.allowedActions.includes('give_post') ? (
            <Button icon={<Icon name="plus" />} onClick={() => setGiving(true)}>
              {t('givePost')}
            </Button>
          ) : undefined
        }
      />
      <PersonSection person={person} />
      <Card title={t('holdings')}>
        <Holdings holdings={holdings} />
      </Card>
      {isGiving ? <GivePostDialog personId={person.id} onClose={() => setGiving(false)} /> : null}
    </>
  )
}

/** One official: particulars, and every post held with its history. */
export function PersonPage() {
  const { id = '' } = useParams()
  const detail = useQuery(read(organisationEndpoints.person, { params: { id } }))
  return <QueryView query={detail}>{(found) => <PersonView detail={found} />}</QueryView>
}
