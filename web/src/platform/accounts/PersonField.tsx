import { useQuery } from '@tanstack/react-query'
import { accountEndpoints, type PersonWithoutAccount } from '@tiejun/contract/platform/sign-in.ts'
import { Form, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/index.ts'

/** Asked by POST, so that no name stands in an address; kept apart from lists that change. */
const usePersons = (text: string) =>
  useQuery({
    queryKey: [accountEndpoints.findPersons.path, text],
    queryFn: () => call(accountEndpoints.findPersons, { body: { text } }),
    enabled: text !== '',
  })

/** 对应人员: whose account it is; the posts of that person decide what it may do. */
export function PersonField({ onPicked }: { onPicked: (person: PersonWithoutAccount) => void }) {
  const { t } = useTranslation('accounts')
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const { data, isFetching } = usePersons(text)
  const persons = text === '' ? [] : (data?.persons ?? [])
  return (
    <Form.Item name="personId" label={t('form.person')} extra={t('form.personHint')}>
      <Select
        allowClear
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={isFetching}
        placeholder={t('form.personPlaceholder')}
        notFoundContent={
          text === ''
            ? t('form.personPlaceholder')
            : isFetching
              ? t('form.personSearching')
              : t('form.personNone')
        }
        options={persons.map((person) => ({
          value: person.id,
          label: `${person.name}（${person.posts[0] ?? person.unitName}）`,
        }))}
        onSelect={(id: string) => {
          const person = persons.find((one) => one.id === id)
          if (person) onPicked(person)
        }}
      />
    </Form.Item>
  )
}
