import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import { type NewPerson, PersonPoliticalStatus, PersonSex } from '@tiejun/contract/organisation/persons.ts'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/index.ts'
import { FormGrid } from '../../ui/index.ts'
import { useChoices } from './choices.ts'
import { DeedDialog } from './DeedDialog.tsx'

/** The fields of a person; names are those of the contract. */
export function PersonFields() {
  const { t } = useTranslation('organisation')
  const { unitsWithinReach } = useChoices()
  return (
    <FormGrid>
      <Form.Item
        name="name"
        label={t('form.name')}
        rules={[{ required: true, whitespace: true, min: 2, max: 30 }]}
      >
        <Input autoComplete="off" maxLength={30} />
      </Form.Item>
      <Form.Item name="sex" label={t('form.sex')}>
        <Select
          allowClear
          options={PersonSex.options.map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="homeUnitId" label={t('form.homeUnit')} rules={[{ required: true }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={unitsWithinReach} />
      </Form.Item>
      <Form.Item name="staffTitle" label={t('form.staffTitle')}>
        <Input autoComplete="off" maxLength={40} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t('form.phone')}
        extra={t('form.phoneHint')}
        rules={[{ pattern: /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/, message: t('fields.invalid_format') }]}
        validateTrigger="onBlur"
      >
        <Input autoComplete="off" inputMode="tel" maxLength={13} />
      </Form.Item>
      <Form.Item name="politicalStatus" label={t('form.politicalStatus')}>
        <Select
          allowClear
          options={PersonPoliticalStatus.options.map((value) => ({
            value,
            label: t(`politicalStatus.${value}`),
          }))}
        />
      </Form.Item>
    </FormGrid>
  )
}

/** Adds an official to a unit. */
export function AddPersonDialog(props: { homeUnitId?: string; onClose: () => void }) {
  const { t } = useTranslation('organisation')
  return (
    <DeedDialog<NewPerson>
      title={t('addPerson')}
      okText={t('addPerson')}
      done="added"
      initialValues={{ homeUnitId: props.homeUnitId }}
      send={(person) => call(organisationEndpoints.addPerson, { body: person })}
      onClose={props.onClose}
    >
      <PersonFields />
    </DeedDialog>
  )
}
