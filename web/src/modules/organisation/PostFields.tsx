import { useQuery } from '@tanstack/react-query'
import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/index.ts'
import { DayInput, isDayOrEmpty } from '../../ui/index.ts'
import { useChoices, usePostTitle } from './choices.ts'

const NO_UNIT = '00000000-0000-0000-0000-000000000000'

/** A unit, then one of its posts that may be given now. */
export function PostChoice() {
  const { t } = useTranslation('organisation')
  const titleOf = usePostTitle()
  const { units } = useChoices()
  const form = Form.useFormInstance()
  const unitId: string | undefined = Form.useWatch('unitId', form)
  const unit = useQuery({
    ...read(organisationEndpoints.unit, { params: { id: unitId ?? NO_UNIT } }),
    enabled: unitId !== undefined,
  })
  const posts = (unit.data?.posts ?? []).filter((post) => post.allowedActions.includes('give'))
  const isNone = unit.data !== undefined && posts.length === 0
  return (
    <>
      <Form.Item name="unitId" label={t('form.unit')} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={units}
          onChange={() => form.setFieldValue('postId', undefined)}
        />
      </Form.Item>
      <Form.Item
        name="postId"
        label={t('form.post')}
        rules={[{ required: true }]}
        extra={isNone ? t('form.noPost') : undefined}
      >
        <Select
          loading={unit.isFetching}
          disabled={unitId === undefined || isNone}
          options={posts.map((post) => ({ value: post.id, label: titleOf(post) }))}
        />
      </Form.Item>
    </>
  )
}

/** A person of any unit, found by name. */
export function PersonChoice() {
  const { t } = useTranslation('organisation')
  const [name, setName] = useState('')
  const found = useQuery({
    ...read(organisationEndpoints.persons, { query: { name, limit: 20 } }),
    enabled: name !== '',
  })
  const options = (found.data?.rows ?? [])
    .filter((person) => person.allowedActions.includes('give_post'))
    .map((person) => ({
      value: person.id,
      label: [person.name, person.homeUnitName, person.staffTitle].filter(Boolean).join(' · '),
    }))
  return (
    <Form.Item name="personId" label={t('form.person')} rules={[{ required: true }]}>
      <Select
        showSearch={{ filterOption: false, onSearch: (typed) => setName(typed.trim()) }}
        placeholder={t('form.personHint')}
        loading={found.isFetching}
        options={options}
        notFoundContent={name === '' || found.isFetching ? t('form.personHint') : t('form.noPerson')}
      />
    </Form.Item>
  )
}

/** Refuses what is no day, in words. */
export function useDayRule() {
  const { t } = useTranslation('ui')
  return {
    validator: (_rule: unknown, value: unknown) =>
      isDayOrEmpty(value) ? Promise.resolve() : Promise.reject(new Error(t('form.day'))),
  }
}

/** A day that must be given. */
export function DayField(props: { name: string; label: string; extra?: string }) {
  const dayRule = useDayRule()
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      extra={props.extra}
      validateTrigger="onBlur"
      rules={[{ required: true }, dayRule]}
    >
      <DayInput />
    </Form.Item>
  )
}

/** The document a change rests on, or the reason for it. */
export function BasisField(props: { name: string; label: string; hint?: string }) {
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      rules={[{ required: true, whitespace: true, min: 2, max: 200 }]}
    >
      <Input maxLength={200} placeholder={props.hint} autoComplete="off" />
    </Form.Item>
  )
}
